//! Environments: definitions and reports are carried over, data is not.

use domain::{
    audit::Deed,
    id::{AccountId, EnvironmentId, ProjectId},
    invalid::{Field, Problem},
    name::EnvironmentName,
    time::Millis,
    zone::ZoneName,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Console,
    change::Change,
    projects::{self, Projects},
};
use crate::{
    Error,
    access::{Granted, View},
    engine::{Tx, args, statements},
    maintenance::jobs,
};

statements! {
    ENVIRONMENT_INSERT = "INSERT INTO environments (id, account_id, project_id, name, is_main_production, time_zone, created_at, deleted_at, purged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL) ON CONFLICT (id) DO NOTHING";
    ENVIRONMENTS_LIST = "SELECT id, project_id, name, is_main_production, time_zone, created_at FROM environments WHERE account_id = $1 AND deleted_at IS NULL ORDER BY created_at, id";
    ENVIRONMENT_ONE = "SELECT id, project_id, name, is_main_production, time_zone, created_at FROM environments WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL";
    ENVIRONMENT_OLDEST = "SELECT id, project_id, name, is_main_production, time_zone, created_at FROM environments WHERE account_id = $1 AND project_id = $2 AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1";
    ENVIRONMENT_NAME_TAKEN = "SELECT id FROM environments WHERE project_id = $1 AND name = $2 AND deleted_at IS NULL";
    ENVIRONMENTS_LEFT = "SELECT COUNT(*) FROM environments WHERE project_id = $1 AND deleted_at IS NULL";
    ENVIRONMENT_RENAME = "UPDATE environments SET name = $3 WHERE account_id = $1 AND id = $2";
    ENVIRONMENT_ZONE = "UPDATE environments SET time_zone = $3 WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL";
    ENVIRONMENT_DELETE = "UPDATE environments SET deleted_at = $3 WHERE account_id = $1 AND id = $2";
    DEFINITIONS_CARRY = "INSERT INTO event_definitions (environment_id, key, name, event_name, version, created_at, changed_at, archived_at) SELECT $1, key, name, event_name, 1, created_at, changed_at, archived_at FROM event_definitions WHERE environment_id = $2";
    PROPERTIES_CARRY = "INSERT INTO property_definitions (environment_id, key, name, kind, raw_names, version, created_at, changed_at, archived_at) SELECT $1, key, name, kind, raw_names, 1, created_at, changed_at, archived_at FROM property_definitions WHERE environment_id = $2";
    SEGMENTS_CARRY = "INSERT INTO segments (environment_id, key, name, property_definition, property_name, comparison, value, version, created_at, changed_at, archived_at) SELECT $1, key, name, property_definition, property_name, comparison, value, 1, created_at, changed_at, archived_at FROM segments WHERE environment_id = $2";
    REPORTS_CARRY = "INSERT INTO reports (environment_id, key, name, definition_key, measure, days, segment_key, property_definition, property_name, comparison, value, version, created_at, changed_at, archived_at) SELECT $1, key, name, definition_key, measure, days, segment_key, property_definition, property_name, comparison, value, 1, created_at, changed_at, archived_at FROM reports WHERE environment_id = $2";
    /// A new environment is no less strict than its source.
    PRIVACY_CARRY = "INSERT INTO privacy_settings (environment_id, version, stored_address, location, user_agent, privacy_control, target_text, hosts, event_properties, user_properties, capture, pages, retention_days) SELECT $1, 1, stored_address, location, user_agent, privacy_control, target_text, hosts, event_properties, user_properties, capture, pages, retention_days FROM privacy_settings WHERE environment_id = $2";
    DATA_EVENTS = "SELECT COUNT(*) FROM events WHERE environment_id = $1";
    DATA_LAST = "SELECT last_received_at FROM environments WHERE id = $1";
    DATA_USERS = "SELECT COUNT(*) FROM users WHERE environment_id = $1";
    RULES_RAISE = "UPDATE installation SET rules_version = rules_version + 1 WHERE id = 1 RETURNING rules_version";
    RULES_OF_ACCOUNT = "UPDATE accounts SET rules_version = $2 WHERE id = $1";
}

/// An environment as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// The environment; clients send it as `app_id`.
    pub id: EnvironmentId,
    /// Its project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// Whether it is Main Production, which cannot be deleted.
    pub is_main_production: bool,
    /// The IANA zone of its days.
    pub time_zone: String,
    /// When it was made.
    pub created_at: Millis,
}

/// What a new environment received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The new environment.
    pub environment: EnvironmentId,
    /// Definitions of every kind carried over, archived ones too.
    pub definitions: u32,
    /// Reports carried over, archived ones too.
    pub reports: u32,
}

/// What an environment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holdings {
    /// Its events.
    pub events: u64,
    /// Its users.
    pub users: u64,
    /// When the newest event was received, to the second.
    pub last_received_at: Option<Millis>,
}

#[derive(FromRow)]
struct EnvironmentRow {
    id: i64,
    project_id: Uuid,
    name: String,
    is_main_production: bool,
    time_zone: String,
    created_at: i64,
}

impl Console {
    /// One environment of the account.
    ///
    /// # Errors
    /// `NotFound` when it is deleted, or another account's.
    pub async fn environment(&self, granted: &Granted<View>, id: EnvironmentId) -> Result<Environment, Error> {
        let mut tx = self.db.read().await?;
        one(&mut tx, granted.account, id).await
    }

    /// What an environment holds.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn holdings(&self, granted: &Granted<View>, id: EnvironmentId) -> Result<Holdings, Error> {
        let mut tx = self.db.read().await?;
        one(&mut tx, granted.account, id).await?;
        let (events,): (i64,) = tx.one(&DATA_EVENTS, args![id]).await?;
        let (last,): (Option<i64>,) = tx.one(&DATA_LAST, args![id]).await?;
        let (users,): (i64,) = tx.one(&DATA_USERS, args![id]).await?;
        Ok(Holdings { events: events.unsigned_abs(), users: users.unsigned_abs(), last_received_at: last.map(Millis) })
    }
}

impl Projects<'_> {
    /// A new environment with every definition and report of `source` (default: the project's oldest) and its privacy settings, and no data.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `name`: `Taken`; at `source`: `Missing` when it is not of this project.
    pub async fn add_environment(
        &self,
        project: ProjectId,
        name: &EnvironmentName,
        source: Option<EnvironmentId>,
        zone: &ZoneName,
    ) -> Result<Carried, Error> {
        let mut change = self.console.begin(self.granted).await?;
        let project_name = projects::name(&mut change, project).await?;
        let source = source_of(&mut change, project, source).await?;
        let environment = insert(&mut change, self.console, project, name, zone, false).await?;
        let mut definitions = 0;
        for sql in [&DEFINITIONS_CARRY, &PROPERTIES_CARRY, &SEGMENTS_CARRY] {
            definitions += change.tx.execute(sql, args![environment, source.id]).await?;
        }
        let reports = change.tx.execute(&REPORTS_CARRY, args![environment, source.id]).await?;
        change.tx.execute(&PRIVACY_CARRY, args![environment, source.id]).await?;
        super::privacy::look_for_older(&mut change, &self.console.surroundings, environment).await?;
        let carried = Carried { environment, definitions: count(definitions), reports: count(reports) };
        let deed = Deed::EnvironmentCreated {
            name: name.as_str().to_owned(),
            project: project_name,
            source: source.name,
            definitions: carried.definitions,
            reports: carried.reports,
        };
        change.commit(&deed).await?;
        Ok(carried)
    }

    /// Renames an environment.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `name`: `Taken`.
    pub async fn rename_environment(&self, id: EnvironmentId, name: &EnvironmentName) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let before = one(&mut change.tx, change.account, id).await?;
        change
            .tx
            .execute(&ENVIRONMENT_RENAME, args![change.account, id, name.as_str()])
            .await
            .map_err(|error| error.taken(Field::Name, Problem::Taken))?;
        change.commit(&Deed::EnvironmentRenamed { from: before.name, to: name.as_str().to_owned() }).await
    }

    /// Sets where the days of its reports begin, also of those that are past.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_time_zone(&self, id: EnvironmentId, zone: &ZoneName) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let before = one(&mut change.tx, change.account, id).await?;
        change.tx.execute(&ENVIRONMENT_ZONE, args![change.account, id, zone.as_str()]).await?;
        let to = zone.as_str().to_owned();
        change.commit(&Deed::TimeZoneChanged { environment: before.name, from: before.time_zone, to }).await
    }

    /// Deletes an environment other than Main Production and a project's last: invisible and refused at once, rows go by the worker.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `confirm`: `Protected`, `LastEnvironment`, or `NotConfirmed` unless `typed` is its name.
    pub async fn delete_environment(&self, id: EnvironmentId, typed: &str) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        lock_rules(&mut change.tx).await?;
        let environment = one(&mut change.tx, change.account, id).await?;
        let (left,): (i64,) = change.tx.one(&ENVIRONMENTS_LEFT, args![environment.project]).await?;
        let problem = if environment.is_main_production {
            Some(Problem::Protected)
        } else if left <= 1 {
            Some(Problem::LastEnvironment)
        } else if typed.trim() != environment.name {
            Some(Problem::NotConfirmed)
        } else {
            None
        };
        if let Some(problem) = problem {
            return Err(Error::mistake(Field::Confirm, problem));
        }
        let project = projects::name(&mut change, environment.project).await?;
        mark_deleted(&mut change, self.console, id.get()).await?;
        rules_changed(&mut change.tx, change.account).await?;
        change.commit(&Deed::EnvironmentDeleted { name: environment.name, project }).await
    }
}

async fn source_of(change: &mut Change, project: ProjectId, source: Option<EnvironmentId>) -> Result<Environment, Error> {
    let row: Option<EnvironmentRow> = match source {
        Some(id) => change.tx.opt(&ENVIRONMENT_ONE, args![change.account, id]).await?,
        None => change.tx.opt(&ENVIRONMENT_OLDEST, args![change.account, project]).await?,
    };
    let source = row.map(Environment::try_from).transpose()?.filter(|source| source.project == project);
    source.ok_or_else(|| Error::mistake(Field::Source, Problem::Missing))
}

/// One environment of an account that is not deleted.
pub(super) async fn one(tx: &mut Tx, account: AccountId, id: EnvironmentId) -> Result<Environment, Error> {
    tx.one::<EnvironmentRow>(&ENVIRONMENT_ONE, args![account, id]).await?.try_into()
}

pub(super) async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Environment>, Error> {
    let rows: Vec<EnvironmentRow> = tx.all(&ENVIRONMENTS_LIST, args![account]).await?;
    rows.into_iter().map(Environment::try_from).collect()
}

/// Ten digits that no environment has or had.
pub(super) async fn insert(
    change: &mut Change,
    console: &Console,
    project: ProjectId,
    name: &EnvironmentName,
    zone: &ZoneName,
    is_main_production: bool,
) -> Result<EnvironmentId, Error> {
    if change.tx.opt::<(i64,)>(&ENVIRONMENT_NAME_TAKEN, args![project, name.as_str()]).await?.is_some() {
        return Err(Error::mistake(Field::Name, Problem::Taken));
    }
    loop {
        let id = random_id(console);
        let args = args![id, change.account, project, name.as_str(), is_main_production, zone.as_str(), change.now];
        if change.tx.execute(&ENVIRONMENT_INSERT, args).await? == 1 {
            rules_changed(&mut change.tx, change.account).await?;
            return Ok(id);
        }
    }
}

/// Heap's ids fit 32 bits, and clients may rely on it.
fn random_id(console: &Console) -> EnvironmentId {
    const LEAST: u32 = 1_000_000_000;
    let drawn = u32::from_be_bytes(console.surroundings.bytes()) % (u32::MAX - LEAST) + LEAST;
    EnvironmentId::new(i64::from(drawn)).unwrap_or_else(|_| unreachable!("between one and four thousand million"))
}

/// Marks, and leaves the rows to the worker.
pub(super) async fn mark_deleted(change: &mut Change, console: &Console, id: i64) -> Result<(), Error> {
    change.tx.execute(&ENVIRONMENT_DELETE, args![change.account, id, change.now]).await?;
    let job = jobs::Job::PurgeEnvironment { environment: id };
    // By the clock that says when jobs are due.
    let now = change.tx.received_at(&console.surroundings).await?;
    jobs::enqueue(&mut change.tx, &console.surroundings, &job, now).await
}

/// Waits for every batch of the collector that decided by the old rules, and keeps new ones waiting until the commit.
pub(crate) async fn lock_rules(tx: &mut Tx) -> Result<(), Error> {
    tx.lock_rules_exclusively().await
}

/// Makes every server read the rules again before it stores another batch.
pub(crate) async fn rules_changed(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    let (version,): (i64,) = tx.one(&RULES_RAISE, args![]).await?;
    tx.execute(&RULES_OF_ACCOUNT, args![account, version]).await?;
    Ok(())
}

fn count(rows: u64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

impl TryFrom<EnvironmentRow> for Environment {
    type Error = Error;

    fn try_from(row: EnvironmentRow) -> Result<Self, Error> {
        Ok(Self {
            id: EnvironmentId::new(row.id).map_err(|_| Error::Inconsistent { table: "environments" })?,
            project: ProjectId(row.project_id),
            name: row.name,
            is_main_production: row.is_main_production,
            time_zone: row.time_zone,
            created_at: Millis(row.created_at),
        })
    }
}
