//! Lists of addresses whose data is refused, one for the account and one for each environment.

use std::collections::HashMap;

use domain::{
    audit::Deed,
    excluded_ip::Line,
    id::{AccountId, EnvironmentId},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Console, environments};
use crate::{
    Error,
    access::{Granted, ManageExcludedIps, View},
    engine::{Arg, Tx, args, statements},
};

statements! {
    LIST_VERSION = "SELECT version FROM excluded_ip_lists WHERE account_id = $1 AND environment_id = $2";
    LIST_RAISE = "INSERT INTO excluded_ip_lists (account_id, environment_id, version) VALUES ($1, $2, 1) ON CONFLICT (account_id, environment_id) DO UPDATE SET version = excluded_ip_lists.version + 1";
    LINES = "SELECT x.pattern, x.note, x.added_by, p.name AS added_by_name, x.added_at FROM excluded_ips x JOIN people p ON p.id = x.added_by WHERE x.account_id = $1 AND x.environment_id = $2 ORDER BY x.position";
    LINES_DELETE = "DELETE FROM excluded_ips WHERE account_id = $1 AND environment_id = $2";
}

/// `environment_id` of the list that counts for the whole account.
const ALL_ENVIRONMENTS: i64 = 0;

/// A list as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedIps {
    /// Raised by every save; a save names the one that it edited.
    pub version: i64,
    /// Its lines in their order.
    pub lines: Vec<ExcludedIp>,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedIp {
    /// The pattern in its canonical form.
    pub pattern: String,
    /// What its author says about it; may be empty.
    pub note: String,
    /// The name of who added it.
    pub added_by: String,
    /// When.
    pub added_at: Millis,
}

#[derive(FromRow)]
struct LineRow {
    pattern: String,
    note: String,
    added_by: Uuid,
    added_by_name: String,
    added_at: i64,
}

impl Console {
    /// The list of the account, or of one of its environments.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn excluded_ips(&self, granted: &Granted<View>, environment: Option<EnvironmentId>) -> Result<ExcludedIps, Error> {
        let mut tx = self.db.read().await?;
        if let Some(id) = environment {
            environments::one(&mut tx, granted.account, id).await?;
        }
        let scope = scope(environment);
        let version = version(&mut tx, granted.account, scope).await?;
        let rows: Vec<LineRow> = tx.all(&LINES, args![granted.account, scope]).await?;
        Ok(ExcludedIps { version, lines: rows.into_iter().map(ExcludedIp::from).collect() })
    }

    /// Saves a list whose version was `edited`. From the answer on nothing from its addresses is stored, on any server. Lines that stay keep who added them and when.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when somebody else saved meanwhile.
    pub async fn save_excluded_ips(
        &self,
        granted: &Granted<ManageExcludedIps>,
        environment: Option<EnvironmentId>,
        edited: i64,
        lines: &[Line],
    ) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        change.tx.lock_rules_exclusively().await?;
        let name = match environment {
            Some(id) => Some(environments::one(&mut change.tx, change.account, id).await?.name),
            None => None,
        };
        let scope = scope(environment);
        if version(&mut change.tx, change.account, scope).await? != edited {
            return Err(Error::Conflict);
        }
        let by = granted.actor.person().ok_or(Error::Forbidden)?;
        let before: Vec<LineRow> = change.tx.all(&LINES, args![change.account, scope]).await?;
        let mut kept: HashMap<String, LineRow> = before.into_iter().map(|row| (row.pattern.clone(), row)).collect();
        let count_before = kept.len();
        let account = change.account;
        let row = |(position, line): (i64, &Line)| {
            let pattern = line.pattern.to_string();
            let (by, at) = kept.remove(&pattern).map_or((by.0, change.now.0), |row| (row.added_by, row.added_at));
            args![account, scope, position, pattern, line.note.clone().unwrap_or_default(), by, at]
        };
        let rows: Vec<Vec<Arg>> = (0..).zip(lines).map(row).collect();
        let (removed, count_kept) = (kept.len(), count_before - kept.len());
        change.tx.execute(&LINES_DELETE, args![account, scope]).await?;
        change
            .tx
            .insert("INSERT INTO excluded_ips (account_id, environment_id, position, pattern, note, added_by, added_at)", rows, "")
            .await?;
        change.tx.execute(&LIST_RAISE, args![account, scope]).await?;
        environments::rules_changed(&mut change.tx, account).await?;
        let deed = Deed::ExcludedIpsSaved { environment: name, added: count(lines.len() - count_kept), removed: count(removed) };
        change.commit(&deed).await
    }
}

/// 0 before the first save.
async fn version(tx: &mut Tx, account: AccountId, scope: i64) -> Result<i64, Error> {
    let found: Option<(i64,)> = tx.opt(&LIST_VERSION, args![account, scope]).await?;
    Ok(found.map_or(0, |(version,)| version))
}

fn scope(environment: Option<EnvironmentId>) -> i64 {
    environment.map_or(ALL_ENVIRONMENTS, EnvironmentId::get)
}

fn count(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX)
}

impl From<LineRow> for ExcludedIp {
    fn from(row: LineRow) -> Self {
        Self { pattern: row.pattern, note: row.note, added_by: row.added_by_name, added_at: Millis(row.added_at) }
    }
}
