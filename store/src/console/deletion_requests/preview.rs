//! What would be erased, before anybody asks for it.

use domain::{
    deletion::{Counts, Target},
    id::{AccountId, EnvironmentId},
    listing::Page,
    time::Millis,
};
use sqlx::FromRow;

use super::{
    Deletions, Selection, count, everything,
    quotes::{self, Identifiers, Quotes},
    reports::{self, ChangingReport},
    resolve::Found,
    selection::Kind,
    users::{self, PreviewUser},
};
use crate::{
    Error,
    access::Operator,
    catalogue,
    engine::{Tx, args, statements},
};

statements! {
    PREVIEW_ENVIRONMENT = "SELECT e.id, e.name, p.name AS project, e.deleted_at FROM environments e JOIN projects p ON p.id = e.project_id WHERE e.account_id = $1 AND e.id = $2";
    PREVIEW_ENVIRONMENTS = "SELECT e.id, e.name, p.name AS project, e.deleted_at FROM environments e JOIN projects p ON p.id = e.project_id WHERE e.account_id = $1 AND e.purged_at IS NULL ORDER BY p.is_main DESC, p.name, p.id, e.created_at, e.id";
}

/// What a request would find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// How many users were named, each once, or found by their property.
    pub targets: u32,
    /// Those of them who have data.
    pub matched: u32,
    /// Those who have none.
    pub unmatched: u32,
    /// The first 20 of them.
    pub missing: Vec<Target>,
    /// Where the users are; environments without any are left out.
    pub environments: Vec<PreviewEnvironment>,
    /// A page of them.
    pub users: Page<PreviewUser>,
    /// What names them and stays.
    pub quotes: Quotes,
    /// Saved reports that count what these users did, and may show other numbers afterwards.
    pub reports: Vec<ChangingReport>,
    /// [`Selection::seal`] of whom it is about.
    pub seal: String,
}

/// What a request would find in an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewEnvironment {
    /// The environment.
    pub id: EnvironmentId,
    /// Its name.
    pub name: String,
    /// Its project's name.
    pub project: String,
    /// Whether it is deleted, and its rows wait to be removed.
    pub is_deleted: bool,
    /// How many rows.
    pub found: Counts,
    /// How many visits their events belong to, as far as clients said so.
    pub sessions: u64,
    /// When the first of their events happened.
    pub first_seen_at: Option<Millis>,
    /// When the last of their events happened.
    pub last_seen_at: Option<Millis>,
    /// When the oldest of them was received.
    pub first_received_at: Option<Millis>,
    /// When the newest of them was received.
    pub last_received_at: Option<Millis>,
}

impl Preview {
    /// All environments together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for environment in &self.environments {
            total += environment.found;
        }
        total
    }
}

#[derive(FromRow)]
struct EnvironmentRow {
    id: i64,
    name: String,
    project: String,
    deleted_at: Option<i64>,
}

/// How many names that lead to nobody are told.
const MOST_MISSING: usize = 20;

impl Found {
    fn missing(&self, names: &[Target]) -> Vec<Target> {
        let missing = names.iter().enumerate().filter(|(place, _)| !self.matched.contains(place));
        missing.take(MOST_MISSING).map(|(_, name)| name.clone()).collect()
    }
}

impl Deletions<'_> {
    /// What a request for these users would find now, with a page of them from 1. Messages to the operator that quote them are told to an operator alone.
    ///
    /// # Errors
    /// `Database`.
    pub async fn preview(&self, selection: &Selection, page: u32, operator: Option<&Operator>) -> Result<Preview, Error> {
        let account = self.granted.account;
        let mut tx = self.console.db.read().await?;
        if selection.everything_in().is_some() {
            return everything::preview(&mut tx, account, selection, page, None).await;
        }
        let found = selection.resolve(&mut tx, &self.console.keys, account).await?;
        let environments = environments(&mut tx, account, &found).await?;
        let everybody = users::everybody(&mut tx, &environments, &found).await?;
        let identifiers = Identifiers::of(&selection.kind, &everybody)?;
        let quotes = quotes::find(&mut tx, account, &identifiers, operator.is_some()).await?;
        let users = users::page(&mut tx, &environments, everybody, page, None).await?;
        let targets = selection.count();
        let reports = reports::changing(&mut tx, &environments, &found).await?;
        let (matched, missing) = match &selection.kind {
            Kind::Named(names) => (count(found.matched.len()), found.missing(names)),
            Kind::Found { .. } | Kind::Everything { .. } => (targets, Vec::new()),
        };
        Ok(Preview {
            targets,
            matched,
            unmatched: targets - matched,
            missing,
            environments,
            users,
            quotes,
            reports,
            seal: selection.seal(),
        })
    }
}

pub(super) async fn environments(tx: &mut Tx, account: AccountId, found: &Found) -> Result<Vec<PreviewEnvironment>, Error> {
    let rows: Vec<EnvironmentRow> = tx.all(&PREVIEW_ENVIRONMENTS, args![account]).await?;
    let mut environments = Vec::new();
    for row in rows {
        let Some(keys) = found.users.get(&row.id) else { continue };
        let keys: Vec<i64> = keys.iter().copied().collect();
        environments.push(environment(tx, row, &keys).await?);
    }
    Ok(environments)
}

async fn environment(tx: &mut Tx, row: EnvironmentRow, keys: &[i64]) -> Result<PreviewEnvironment, Error> {
    let mut environment = PreviewEnvironment::empty(row)?;
    let found = &mut environment.found;
    let (mut first, mut last) = (None, None);
    for table in catalogue::user_tables() {
        // The first reference is the row's own user, so each row is counted once.
        let Some(reference) = table.references.first() else { continue };
        let summaries: Vec<(i64, Option<i64>, Option<i64>)> = tx.all_in(reference.summary, &args![environment.id], keys, "").await?;
        for (rows, from, until) in summaries {
            *(table.counted)(found) += rows.unsigned_abs();
            first = [first, from].into_iter().flatten().min();
            last = last.max(until);
        }
    }
    (environment.first_received_at, environment.last_received_at) = (first.map(Millis), last.map(Millis));
    visits(tx, &mut environment, keys).await?;
    Ok(environment)
}

/// When their events happened, and to how many visits they belong.
async fn visits(tx: &mut Tx, environment: &mut PreviewEnvironment, keys: &[i64]) -> Result<(), Error> {
    const SEEN: &str = "SELECT MIN(occurred_at), MAX(occurred_at) FROM events WHERE environment_id = $1 AND user_key";
    const SESSIONS: &str = "SELECT COUNT(*) FROM (SELECT DISTINCT user_key, session_id FROM events WHERE environment_id = $1 AND session_id IS NOT NULL AND user_key";
    let seen: Vec<(Option<i64>, Option<i64>)> = tx.all_in(SEEN, &args![environment.id], keys, "").await?;
    environment.first_seen_at = seen.iter().filter_map(|(first, _)| *first).min().map(Millis);
    environment.last_seen_at = seen.iter().filter_map(|(_, last)| *last).max().map(Millis);
    let sessions: Vec<(i64,)> = tx.all_in(SESSIONS, &args![environment.id], keys, ") AS sessions").await?;
    environment.sessions = sessions.into_iter().map(|(count,)| count.unsigned_abs()).sum();
    Ok(())
}

/// The same of one that is not deleted.
pub(super) async fn living(tx: &mut Tx, account: AccountId, id: EnvironmentId) -> Result<PreviewEnvironment, Error> {
    let environment = empty(tx, account, id).await?;
    if environment.is_deleted { Err(Error::NotFound) } else { Ok(environment) }
}

/// An environment of the account of which nothing is known yet.
pub(super) async fn empty(tx: &mut Tx, account: AccountId, id: EnvironmentId) -> Result<PreviewEnvironment, Error> {
    PreviewEnvironment::empty(tx.one(&PREVIEW_ENVIRONMENT, args![account, id]).await?)
}

impl PreviewEnvironment {
    fn empty(row: EnvironmentRow) -> Result<Self, Error> {
        Ok(Self {
            id: EnvironmentId::new(row.id).map_err(|_| Error::Inconsistent { table: "environments" })?,
            name: row.name,
            project: row.project,
            is_deleted: row.deleted_at.is_some(),
            found: Counts::default(),
            sessions: 0,
            first_seen_at: None,
            last_seen_at: None,
            first_received_at: None,
            last_received_at: None,
        })
    }
}

/// How many rows of users there are.
pub(super) async fn users(tx: &mut Tx, found: &Found) -> Result<u64, Error> {
    const HEAD: &str = "SELECT COUNT(*) FROM users WHERE environment_id = $1 AND user_key";
    let mut users = 0;
    for (environment, keys) in &found.users {
        let keys: Vec<i64> = keys.iter().copied().collect();
        let counts: Vec<(i64,)> = tx.all_in(HEAD, &args![*environment], &keys, "").await?;
        users += counts.into_iter().map(|(count,)| count.unsigned_abs()).sum::<u64>();
    }
    Ok(users)
}
