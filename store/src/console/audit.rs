//! Reading the audit log.

use domain::{
    audit::{ActorKind, Deed},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::Console;
use crate::{
    Error,
    access::{Granted, View},
    engine::{args, statements},
};

statements! {
    AUDIT_LIST = "SELECT number, at, actor_kind, actor_name, deed FROM audit_log WHERE account_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3";
}

/// How many entries a page shows.
pub const PAGE: u32 = 50;

/// One change: who, what, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number within the account, from 1 without gaps.
    pub number: i64,
    /// When.
    pub at: Millis,
    /// What kind of actor.
    pub actor: ActorKind,
    /// The name of a person; empty for machines.
    pub actor_name: String,
    /// What.
    pub deed: Deed,
}

#[derive(FromRow)]
struct EntryRow {
    number: i64,
    at: i64,
    actor_kind: String,
    actor_name: String,
    deed: String,
}

impl Console {
    /// [`PAGE`] entries, newest first, older than number `before` where it is given.
    ///
    /// # Errors
    /// `Database`.
    pub async fn audit_log(&self, granted: &Granted<View>, before: Option<i64>) -> Result<Vec<Entry>, Error> {
        let mut tx = self.db.read().await?;
        let rows: Vec<EntryRow> = tx.all(&AUDIT_LIST, args![granted.account, before.unwrap_or(i64::MAX), i64::from(PAGE)]).await?;
        rows.into_iter().map(Entry::try_from).collect()
    }
}

impl TryFrom<EntryRow> for Entry {
    type Error = Error;

    fn try_from(row: EntryRow) -> Result<Self, Error> {
        let inconsistent = || Error::Inconsistent { table: "audit_log" };
        Ok(Self {
            number: row.number,
            at: Millis(row.at),
            actor: ActorKind::parse(&row.actor_kind).ok_or_else(inconsistent)?,
            actor_name: row.actor_name,
            deed: serde_json::from_str(&row.deed).map_err(|_| inconsistent())?,
        })
    }
}
