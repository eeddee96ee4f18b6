//! Waiting for the collector's batches without keeping new ones waiting.

use std::{collections::HashSet, time::Duration};

use super::{Db, Sql, args};
use crate::Error;

/// Who holds the rules shared. A transaction's virtual id is never used again while the server runs.
const HOLDERS: Sql = Sql {
    name: "HOLDERS",
    text: "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'advisory' AND granted AND mode = 'ShareLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = CAST(hashtext('cairn rules') AS oid) AND objid = CAST(hashtext(current_schema()) AS oid)",
};
const PAUSE: Duration = Duration::from_millis(5);
const LOOKS: u32 = 400;

impl Db {
    /// Whether every batch that was under way has ended; waits for them for some seconds. Later batches see what is committed now.
    /// On SQLite there is one writer, so a transaction that writes begins after them anyway.
    pub(crate) async fn earlier_batches_ended(&self) -> Result<bool, Error> {
        if let Self::Sqlite { .. } = self {
            return Ok(true);
        }
        let mut earlier = self.holders().await?;
        for _ in 0..LOOKS {
            if earlier.is_empty() {
                return Ok(true);
            }
            tokio::time::sleep(PAUSE).await;
            let now = self.holders().await?;
            earlier.retain(|holder| now.contains(holder));
        }
        Ok(false)
    }

    async fn holders(&self) -> Result<HashSet<String>, Error> {
        let rows: Vec<(String,)> = self.read().await?.all(&HOLDERS, args![]).await?;
        Ok(rows.into_iter().map(|(holder,)| holder).collect())
    }
}
