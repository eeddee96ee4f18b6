//! Exports of what was collected of a user: asking for one, its archive, and the end of it.

use domain::{
    audit::{ActorKind, Deed},
    deletion::Target,
    export::{ExportState, MOST_AT_ONCE},
    id::ExportId,
    invalid::{Field, Problem},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Console, deletion_requests::resolve::resolve};
use crate::{
    Error,
    access::{DeleteUsers, Granted, View},
    engine::{Tx, args, statements},
    maintenance::jobs::{self, ExportStep, Job},
};

statements! {
    EXPORT_INSERT = "INSERT INTO exports (id, account_id, state, requested_by_kind, requested_by_name, created_at, cut_at, users_found, environments, events, bytes) VALUES ($1, $2, 'running', $3, $4, $5, $6, $7, $8, 0, 0)";
    /// What goes with its environment is not told either.
    EXPORTABLE = "SELECT id FROM environments WHERE account_id = $1 AND deleted_at IS NULL";
    EXPORTS_ALIVE = "SELECT COUNT(*) FROM exports WHERE account_id = $1 AND (state = 'running' OR (state = 'ready' AND expires_at > $2))";
    EXPORTS_LIST = "SELECT id, state, requested_by_kind, requested_by_name, created_at, users_found, environments, events, bytes, expires_at, failure FROM exports WHERE account_id = $1 ORDER BY id DESC LIMIT $2";
    EXPORT_ONE = "SELECT id, state, requested_by_kind, requested_by_name, created_at, users_found, environments, events, bytes, expires_at, failure FROM exports WHERE account_id = $1 AND id = $2";
    EXPORT_DELETE = "UPDATE exports SET state = 'deleted' WHERE account_id = $1 AND id = $2 AND state IN ('running', 'ready')";
    EXPORT_PART = "SELECT p.file, p.number, p.bytes FROM export_parts p JOIN exports x ON x.id = p.export_id WHERE x.account_id = $1 AND x.id = $2 AND x.state = 'ready' AND (p.file, p.number) > ($3, $4) ORDER BY p.file, p.number LIMIT 1";
}

/// How many exports a page shows, the newest ones.
pub const EXPORTS_SHOWN: u32 = 50;

/// An export as lists show it: never whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The export.
    pub id: ExportId,
    /// How far it is.
    pub state: ExportState,
    /// What kind of actor asked.
    pub requested_by: ActorKind,
    /// The name of who asked.
    pub requested_by_name: String,
    /// When.
    pub created_at: Millis,
    /// How many users the name led to, devices among them.
    pub users_found: u64,
    /// In how many environments.
    pub environments: u64,
    /// How many events are in it so far.
    pub events: u64,
    /// How large its archive is so far.
    pub bytes: u64,
    /// Until when it can be downloaded, once it is ready.
    pub expires_at: Option<Millis>,
    /// Why it failed.
    pub failure: Option<String>,
}

/// A piece of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportPart {
    /// Its place: pieces are asked for by that of the one before.
    pub place: PartPlace,
    /// At most 256 KiB of the archive.
    pub bytes: Vec<u8>,
}

/// Where a piece stands in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPlace {
    file: i64,
    number: i64,
}

impl PartPlace {
    /// Before the first piece.
    pub const START: Self = Self { file: -1, number: 0 };
}

#[derive(FromRow)]
struct ExportRow {
    id: Uuid,
    state: String,
    requested_by_kind: String,
    requested_by_name: String,
    created_at: i64,
    users_found: i64,
    environments: i64,
    events: i64,
    bytes: i64,
    expires_at: Option<i64>,
    failure: Option<String>,
}

/// The deeds of those who may export: whoever may erase somebody may also say what there is to erase.
#[derive(Clone, Copy)]
pub struct Exports<'a> {
    console: &'a Console,
    granted: &'a Granted<DeleteUsers>,
}

impl Console {
    /// The newest [`EXPORTS_SHOWN`], newest first.
    ///
    /// # Errors
    /// `Database`.
    pub async fn exports(&self, granted: &Granted<View>) -> Result<Vec<Export>, Error> {
        let mut tx = self.db.read().await?;
        let now = tx.received_at(&self.surroundings).await?;
        let rows: Vec<ExportRow> = tx.all(&EXPORTS_LIST, args![granted.account, EXPORTS_SHOWN]).await?;
        rows.into_iter().map(|row| row.told(now)).collect()
    }

    /// One export of the account.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn export(&self, granted: &Granted<View>, id: ExportId) -> Result<Export, Error> {
        let mut tx = self.db.read().await?;
        let now = tx.received_at(&self.surroundings).await?;
        let row: ExportRow = tx.one(&EXPORT_ONE, args![granted.account, id]).await?;
        row.told(now)
    }

    /// The handle for exporting.
    pub fn export_users<'a>(&'a self, granted: &'a Granted<DeleteUsers>) -> Exports<'a> {
        Exports { console: self, granted }
    }
}

impl Exports<'_> {
    /// Orders an archive of everything that was received of this user up to now, in all environments of the account: of whomever a deletion request of the same name would erase.
    /// The name itself is kept nowhere.
    ///
    /// # Errors
    /// `Invalid` at `targets`: `Missing` where nobody is found; at `form`: `TooMany` where there are [`MOST_AT_ONCE`] archives.
    pub async fn ask(&self, target: &Target) -> Result<ExportId, Error> {
        let Console { keys, surroundings, .. } = self.console;
        let mut change = self.console.begin(self.granted).await?;
        let cut = change.tx.received_at(surroundings).await?;
        let (alive,): (i64,) = change.tx.one(&EXPORTS_ALIVE, args![change.account, cut]).await?;
        if alive >= i64::from(MOST_AT_ONCE) {
            return Err(Error::mistake(Field::Whole, Problem::TooMany { max: MOST_AT_ONCE }));
        }
        let mut found = resolve(&mut change.tx, keys, change.account, std::slice::from_ref(target)).await?.users;
        let living: Vec<(i64,)> = change.tx.all(&EXPORTABLE, args![change.account]).await?;
        found.retain(|environment, _| living.contains(&(*environment,)));
        if found.is_empty() {
            return Err(Error::mistake(Field::Targets, Problem::Missing));
        }
        let users = u32::try_from(found.values().map(std::collections::BTreeSet::len).sum::<usize>()).unwrap_or(u32::MAX);
        let environments = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let id = ExportId(surroundings.uuid());
        let (kind, name) = (self.granted.actor.kind().as_str(), self.granted.actor.label());
        let args = args![id, change.account, kind, name, change.now, cut, users, environments];
        change.tx.execute(&EXPORT_INSERT, args).await?;
        let places = found.iter().flat_map(|(environment, keys)| keys.iter().map(|key| args![id, *environment, *key]));
        change.tx.insert("INSERT INTO export_subjects (export_id, environment_id, user_key)", places.collect(), "").await?;
        jobs::enqueue(&mut change.tx, surroundings, &Job::Export { export: id, step: ExportStep::default() }, cut).await?;
        change.commit(&Deed::ExportAsked { export: id, users }).await?;
        Ok(id)
    }

    /// Begins a download, which the audit log tells of: who handed personal data out has to be known, and afterwards nobody could tell. The archive itself comes by
    /// [`Exports::part`].
    ///
    /// # Errors
    /// `NotFound`, also for an archive that is not ready, or whose time is over.
    pub async fn download(&self, id: ExportId) -> Result<Export, Error> {
        let mut change = self.console.begin(self.granted).await?;
        let export = self.one(&mut change.tx, id).await?;
        if export.state != ExportState::Ready {
            return Err(Error::NotFound);
        }
        change.commit(&Deed::ExportDownloaded { export: id }).await?;
        Ok(export)
    }

    /// The piece of an archive that comes after a place; nothing after the last one. What was deleted on the way has none any more.
    ///
    /// # Errors
    /// `Database`.
    pub async fn part(&self, id: ExportId, after: PartPlace) -> Result<Option<ExportPart>, Error> {
        let args = args![self.granted.account, id, after.file, after.number];
        let row: Option<(i64, i64, Vec<u8>)> = self.console.db.read().await?.opt(&EXPORT_PART, args).await?;
        Ok(row.map(|(file, number, bytes)| ExportPart { place: PartPlace { file, number }, bytes }))
    }

    /// Deletes an archive before its time, or keeps it from being made. It cannot be downloaded from here on; its parts go by the worker.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `form`: `TooLate` where there is none any more.
    pub async fn delete(&self, id: ExportId) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        self.one(&mut change.tx, id).await?;
        if change.tx.execute(&EXPORT_DELETE, args![change.account, id]).await? == 0 {
            return Err(Error::mistake(Field::Whole, Problem::TooLate));
        }
        let now = change.tx.received_at(&self.console.surroundings).await?;
        jobs::enqueue(&mut change.tx, &self.console.surroundings, &Job::ForgetExport { export: id }, now).await?;
        change.commit(&Deed::ExportDeleted { export: id }).await
    }

    async fn one(&self, tx: &mut Tx, id: ExportId) -> Result<Export, Error> {
        let now = tx.received_at(&self.console.surroundings).await?;
        let row: ExportRow = tx.one(&EXPORT_ONE, args![self.granted.account, id]).await?;
        row.told(now)
    }
}

impl ExportRow {
    /// An archive whose time is over may not have been erased yet.
    fn told(self, now: Millis) -> Result<Export, Error> {
        let inconsistent = || Error::Inconsistent { table: "exports" };
        let expires_at = self.expires_at.map(Millis);
        let state = match ExportState::parse(&self.state).ok_or_else(inconsistent)? {
            ExportState::Ready if expires_at.is_none_or(|at| at <= now) => ExportState::Expired,
            state => state,
        };
        Ok(Export {
            id: ExportId(self.id),
            state,
            requested_by: ActorKind::parse(&self.requested_by_kind).ok_or_else(inconsistent)?,
            requested_by_name: self.requested_by_name,
            created_at: Millis(self.created_at),
            users_found: self.users_found.unsigned_abs(),
            environments: self.environments.unsigned_abs(),
            events: self.events.unsigned_abs(),
            bytes: self.bytes.unsigned_abs(),
            expires_at,
            failure: self.failure,
        })
    }
}
