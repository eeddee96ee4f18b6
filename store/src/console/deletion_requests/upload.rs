//! Files of users to erase, between their upload and the request.

use domain::{
    deletion::{Target, TargetFile},
    id::{AccountId, UploadId},
    invalid::{Field, Problem},
    user::{Identity, UserId},
};
use serde::{Deserialize, Serialize};

use super::{Deletions, Selection, selection::Kind};
use crate::{
    Error,
    engine::{Tx, args, statements},
    maintenance::jobs::{self, Job},
};

statements! {
    UPLOAD_INSERT = "INSERT INTO deletion_uploads (id, account_id, created_at, repeated, names) VALUES ($1, $2, $3, $4, $5)";
    UPLOAD_ONE = "SELECT repeated, names FROM deletion_uploads WHERE account_id = $1 AND id = $2 AND created_at > $3";
    UPLOAD_FORGET = "DELETE FROM deletion_uploads WHERE account_id = $1 AND id = $2";
}

/// How long a file is kept of which nobody makes a request.
pub const UPLOAD_KEPT_MINUTES: i64 = 60;

/// A file that named users.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) id: UploadId,
    pub(super) repeated: u32,
}

/// As it is stored: the names alone, in the payload of one row.
#[derive(Serialize, Deserialize, Default)]
struct Names {
    identities: Vec<String>,
    user_ids: Vec<u64>,
}

impl Deletions<'_> {
    /// Keeps a file for the pages between its upload and the request, for [`UPLOAD_KEPT_MINUTES`] at most. It changes nothing of the account, so the audit log does not tell of it.
    ///
    /// # Errors
    /// `Database`.
    pub async fn upload(&self, file: &TargetFile) -> Result<UploadId, Error> {
        let names = serde_json::to_string(&Names::of(&file.targets)).map_err(|_| Error::Inconsistent { table: "deletion_uploads" })?;
        let (surroundings, id) = (&self.console.surroundings, UploadId(self.console.surroundings.uuid()));
        let mut tx = self.console.db.write().await?;
        let now = tx.received_at(surroundings).await?;
        tx.execute(&UPLOAD_INSERT, args![id.0, self.granted.account, now, file.repeated, names]).await?;
        jobs::enqueue(&mut tx, surroundings, &Job::ForgetUploads, now.plus_minutes(UPLOAD_KEPT_MINUTES).plus_millis(1)).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub(super) async fn uploaded(&self, id: UploadId) -> Result<Selection, Error> {
        let mut tx = self.console.db.read().await?;
        let since = tx.received_at(&self.console.surroundings).await?.plus_minutes(-UPLOAD_KEPT_MINUTES);
        let row: Option<(i64, String)> = tx.opt(&UPLOAD_ONE, args![self.granted.account, id.0, since]).await?;
        let Some((repeated, names)) = row else { return Err(Error::mistake(Field::File, Problem::Forgotten)) };
        let names: Names = serde_json::from_str(&names).map_err(|_| Error::Inconsistent { table: "deletion_uploads" })?;
        let upload = Upload { id, repeated: u32::try_from(repeated).unwrap_or(u32::MAX) };
        Ok(Selection { kind: Kind::Named(names.targets()), upload: Some(upload) })
    }

    /// Those whom a file names and of whom no environment of the account has data.
    ///
    /// # Errors
    /// As [`Deletions::select`].
    pub async fn unmatched(&self, id: UploadId) -> Result<Vec<Target>, Error> {
        let selection = self.uploaded(id).await?;
        let mut tx = self.console.db.read().await?;
        let found = selection.resolve(&mut tx, &self.console.keys, self.granted.account).await?;
        Ok(selection.names().iter().enumerate().filter(|(place, _)| !found.matched.contains(place)).map(|(_, name)| name.clone()).collect())
    }
}

/// In the transaction that makes the request.
pub(super) async fn forget(tx: &mut Tx, account: AccountId, upload: UploadId) -> Result<(), Error> {
    tx.execute(&UPLOAD_FORGET, args![account, upload.0]).await?;
    Ok(())
}

impl Names {
    fn of(targets: &[Target]) -> Self {
        let mut names = Self::default();
        for target in targets {
            match target {
                Target::Identity(identity) => names.identities.push(identity.as_str().to_owned()),
                Target::UserId(id) => names.user_ids.push(id.get()),
            }
        }
        names
    }

    fn targets(self) -> Vec<Target> {
        let identities = self.identities.iter().filter_map(|text| Identity::parse(text).ok()).map(Target::Identity);
        identities.chain(self.user_ids.into_iter().filter_map(UserId::new).map(Target::UserId)).collect()
    }
}
