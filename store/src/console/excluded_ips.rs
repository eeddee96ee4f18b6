//! Lists of addresses whose data is refused, one for the account and one for each environment.

pub(super) mod decision;
pub(super) mod edit;
pub(super) mod page;

use domain::{
    id::{AccountId, EnvironmentId},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::{Console, environments};
use crate::{
    Error,
    access::{Granted, View},
    engine::{Tx, args, statements},
};

pub use decision::{Decision, Verdict};
pub use edit::{Edit, Edited};
pub use page::{ExcludedIpsPage, Meeting, PAGE, PagedLine};

statements! {
    LIST_VERSION = "SELECT version FROM excluded_ip_lists WHERE account_id = $1 AND environment_id = $2";
    LINES = "SELECT x.pattern, x.note, p.name AS added_by, x.added_at FROM excluded_ips x JOIN people p ON p.id = x.added_by WHERE x.account_id = $1 AND x.environment_id = $2 ORDER BY x.position";
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
    added_by: String,
    added_at: i64,
}

impl Console {
    /// All of the list of the account, or of one of its environments.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn excluded_ips(&self, granted: &Granted<View>, environment: Option<EnvironmentId>) -> Result<ExcludedIps, Error> {
        let mut tx = self.db.read().await?;
        let scope = scope_in(&mut tx, granted.account, environment).await?;
        let version = version(&mut tx, granted.account, scope).await?;
        let rows: Vec<LineRow> = tx.all(&LINES, args![granted.account, scope]).await?;
        Ok(ExcludedIps { version, lines: rows.into_iter().map(ExcludedIp::from).collect() })
    }
}

/// 0 before the first save.
async fn version(tx: &mut Tx, account: AccountId, scope: i64) -> Result<i64, Error> {
    let found: Option<(i64,)> = tx.opt(&LIST_VERSION, args![account, scope]).await?;
    Ok(found.map_or(0, |(version,)| version))
}

/// The `environment_id` of a list, once it is known that the environment is the account's.
async fn scope_in(tx: &mut Tx, account: AccountId, environment: Option<EnvironmentId>) -> Result<i64, Error> {
    if let Some(id) = environment {
        environments::one(tx, account, id).await?;
    }
    Ok(scope(environment))
}

fn scope(environment: Option<EnvironmentId>) -> i64 {
    environment.map_or(ALL_ENVIRONMENTS, EnvironmentId::get)
}

fn count(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX)
}

impl From<LineRow> for ExcludedIp {
    fn from(row: LineRow) -> Self {
        Self { pattern: row.pattern, note: row.note, added_by: row.added_by, added_at: Millis(row.added_at) }
    }
}
