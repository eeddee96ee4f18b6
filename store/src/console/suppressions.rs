//! Those of whom nothing is collected again after they were erased.

use domain::{
    audit::Deed,
    collect::Who,
    deletion::Suppression,
    id::{AccountId, RequestId},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Console,
    environments::{lock_rules, rules_changed},
};
use crate::{
    Error, Maintenance,
    access::{DeleteUsers, Granted, View},
    engine::{Tx, args, statements},
    keys::Keys,
};

statements! {
    SUPPRESSIONS_LIST = "SELECT s.request_id, MIN(s.created_at) AS created_at, MIN(s.until) AS until, COUNT(*) AS hashes, d.requested_by_name FROM suppressions s JOIN deletion_requests d ON d.id = s.request_id WHERE s.account_id = $1 AND s.until > $2 GROUP BY s.request_id, d.requested_by_name ORDER BY s.request_id DESC LIMIT $3";
    SUPPRESSION_LIFT = "DELETE FROM suppressions WHERE account_id = $1 AND request_id = $2";
    SUPPRESSIONS_EXPIRED = "DELETE FROM suppressions WHERE until <= $1";
    SUPPRESSION_OF = "SELECT request_id FROM suppressions WHERE account_id = $1 AND hash = $2 AND until > $3 ORDER BY until DESC LIMIT 1";
}

/// How many requests the list shows: the newest.
pub const SUPPRESSIONS_SHOWN: u32 = 200;

/// What one request keeps out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressing {
    /// The request.
    pub request: RequestId,
    /// Who asked for it.
    pub by: String,
    /// Since when.
    pub since: Millis,
    /// Until when; [`Suppression::EVER`] where it does not end by itself.
    pub until: Millis,
    /// How many identities and user ids.
    pub hashes: u32,
}

#[derive(FromRow)]
struct Row {
    request_id: Uuid,
    created_at: i64,
    until: i64,
    hashes: i64,
    requested_by_name: String,
}

impl Console {
    /// The newest [`SUPPRESSIONS_SHOWN`] requests that keep somebody out.
    ///
    /// # Errors
    /// `Database`.
    pub async fn suppressions(&self, granted: &Granted<View>) -> Result<Vec<Suppressing>, Error> {
        let rows: Vec<Row> =
            self.db.read().await?.all(&SUPPRESSIONS_LIST, args![granted.account, self.surroundings.now(), SUPPRESSIONS_SHOWN]).await?;
        Ok(rows.into_iter().map(Suppressing::from).collect())
    }

    /// By which request somebody is kept out, if they are.
    ///
    /// # Errors
    /// `Database`.
    pub async fn suppressing(&self, granted: &Granted<DeleteUsers>, who: &Who) -> Result<Option<RequestId>, Error> {
        let hash = self.keys.suppression(granted.account, who);
        let row: Option<(Uuid,)> =
            self.db.read().await?.opt(&SUPPRESSION_OF, args![granted.account, hash, self.surroundings.now()]).await?;
        Ok(row.map(|(request,)| RequestId(request)))
    }

    /// Lets everybody in again whom a request keeps out.
    ///
    /// # Errors
    /// `NotFound` where it keeps nobody out.
    pub async fn lift_suppression(&self, granted: &Granted<DeleteUsers>, request: RequestId) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        lock_rules(&mut change.tx).await?;
        let hashes = change.tx.execute(&SUPPRESSION_LIFT, args![change.account, request]).await?;
        if hashes == 0 {
            return Err(Error::NotFound);
        }
        rules_changed(&mut change.tx, change.account).await?;
        let hashes = u32::try_from(hashes).unwrap_or(u32::MAX);
        change.commit(&Deed::SuppressionLifted { request, hashes }).await
    }
}

/// Keeps these names out from now on. To be called under the exclusive lock of the rules.
pub(super) async fn suppress(
    tx: &mut Tx,
    keys: &Keys,
    account: AccountId,
    request: RequestId,
    names: impl Iterator<Item = &Who>,
    (since, until): (Millis, Millis),
) -> Result<(), Error> {
    const HEAD: &str = "INSERT INTO suppressions (account_id, hash, request_id, created_at, until)";
    let mut hashes: Vec<i64> = names.map(|who| keys.suppression(account, who)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let rows = hashes.into_iter().map(|hash| args![account, hash, request, since, until]).collect();
    tx.insert(HEAD, rows, "").await?;
    rules_changed(tx, account).await
}

impl From<Row> for Suppressing {
    fn from(row: Row) -> Self {
        Self {
            request: RequestId(row.request_id),
            by: row.requested_by_name,
            since: Millis(row.created_at),
            until: Millis(row.until),
            hashes: u32::try_from(row.hashes).unwrap_or(u32::MAX),
        }
    }
}

impl Maintenance {
    /// Forgets those whose time is over. They count no more before that, so nothing else changes.
    ///
    /// # Errors
    /// `Database`.
    pub async fn unscoped_forget_suppressions(&self) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        tx.execute(&SUPPRESSIONS_EXPIRED, args![self.surroundings.now()]).await?;
        tx.commit().await
    }
}

/// In the transaction that takes a request back.
pub(super) async fn lift(tx: &mut Tx, account: AccountId, request: RequestId) -> Result<(), Error> {
    if tx.execute(&SUPPRESSION_LIFT, args![account, request]).await? > 0 {
        rules_changed(tx, account).await?;
    }
    Ok(())
}

/// Until when, where it ends by itself.
pub(crate) fn ends(until: Millis) -> Option<Millis> {
    (until != Suppression::EVER).then_some(until)
}
