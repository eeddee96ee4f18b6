//! Reading the audit log.

use domain::{
    audit::{ActorKind, Deed},
    listing::{AuditSort, Listing, Page, REACH, Search, Window},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::Console;
use crate::{
    Error,
    access::{Granted, View},
    engine::{Tx, args, statements},
};

statements! {
    /// The numbers of an account have no gaps, so the newest is also how many there are.
    AUDIT_NEWEST = "SELECT audit_number FROM accounts WHERE id = $1";
    AUDIT_LIST = "SELECT number, at, actor_kind, actor_name, deed FROM audit_log WHERE account_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3";
    AUDIT_LIST_UP = "SELECT number, at, actor_kind, actor_name, deed FROM audit_log WHERE account_id = $1 AND number > $2 ORDER BY number LIMIT $3";
}

/// How many entries a page shows.
pub const PAGE: u32 = 50;

/// How many entries are searched at once.
const CHUNK: u32 = 1_000;

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
        below(&mut tx, granted, before.unwrap_or(i64::MAX), PAGE).await
    }

    /// The page of the log that is asked for. A search finds the entries that `shows` says it stands in, among the newest [`REACH`].
    ///
    /// # Errors
    /// `Database`.
    pub async fn audit_page(
        &self,
        granted: &Granted<View>,
        listing: &Listing<AuditSort>,
        shows: impl Fn(&Entry, &Search) -> bool + Send,
    ) -> Result<Page<Entry>, Error> {
        let mut tx = self.db.read().await?;
        let (newest,): (i64,) = tx.one(&AUDIT_NEWEST, args![granted.account]).await?;
        let total = usize::try_from(newest).unwrap_or_default();
        if listing.search.is_empty() {
            let window = Window::new(listing.page, total);
            let before = i64::try_from(window.before()).unwrap_or(i64::MAX);
            let rows = if listing.order.descending {
                below(&mut tx, granted, newest - before + 1, PAGE).await?
            } else {
                let rows: Vec<EntryRow> = tx.all(&AUDIT_LIST_UP, args![granted.account, before, PAGE]).await?;
                rows.into_iter().map(Entry::try_from).collect::<Result<_, _>>()?
            };
            return Ok(Page { rows, window, total, unsearched: 0 });
        }
        let (mut found, mut before, mut seen) = (Vec::new(), newest + 1, 0);
        while seen < REACH as usize && before > 1 {
            let chunk = below(&mut tx, granted, before, CHUNK).await?;
            let Some(last) = chunk.last() else { break };
            before = last.number;
            seen += chunk.len();
            found.extend(chunk.into_iter().filter(|entry| shows(entry, &listing.search)));
        }
        if !listing.order.descending {
            found.reverse();
        }
        Ok(Page { unsearched: total - seen.min(total), ..Page::cut(found, listing.page, total) })
    }
}

async fn below(tx: &mut Tx, granted: &Granted<View>, number: i64, most: u32) -> Result<Vec<Entry>, Error> {
    let rows: Vec<EntryRow> = tx.all(&AUDIT_LIST, args![granted.account, number, most]).await?;
    rows.into_iter().map(Entry::try_from).collect()
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
