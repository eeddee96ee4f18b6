//! Makes what was erased unreadable in the database's files, too. Why that takes more than deleting: `docs/adr/0001-erasing-in-sqlite.md`.

mod gap;
mod side;
mod sqlite;

use std::{fmt, time::Instant};

use sqlx::PgPool;

use super::chunks::{Chunks, Rest};
use crate::{Error, Maintenance, engine::Db};

/// What a scrub did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scrubbed {
    /// How many pages SQLite's file has.
    pub pages_scanned: u64,
    /// How many of them were rewritten.
    pub pages_zeroed: u64,
    /// Whether tables were rewritten or cleaned as a whole.
    pub vacuumed: bool,
}

/// As receipts tell it.
impl fmt::Display for Scrubbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.vacuumed {
            return f.write_str("The tables were vacuumed.");
        }
        write!(f, "The log was folded into the file; of {} pages {} were written over. ", self.pages_scanned, self.pages_zeroed)?;
        f.write_str("Erased rows were overwritten as they went.")
    }
}

/// For every table of the catalogue that a deletion request erases from. One at a time, since `VACUUM` may take many tables only where none is distributed.
const VACUUMS: [&str; 10] = [
    "VACUUM events",
    "VACUUM user_properties",
    "VACUUM users",
    "VACUUM aliases",
    "VACUUM deletion_subjects",
    "VACUUM deletion_uploads",
    "VACUUM export_parts",
    "VACUUM export_subjects",
    "VACUUM companies",
    "VACUUM company_properties",
];

/// To be called when the transaction that erased the last row and target has been committed. Collecting goes on meanwhile.
///
/// What was erased before the call is in no page of SQLite's file or log when this returns `Ok`. After an error, such as a reader that would not
/// end, nothing is lost and the whole may be tried again.
pub(super) async fn scrub(db: &Db, chunks: &Chunks) -> Result<Scrubbed, Error> {
    match db {
        Db::Sqlite { writer, .. } => sqlite::scrub(db, writer, chunks).await,
        Db::Postgres(pool) => vacuum(db, pool, chunks).await,
    }
}

/// Pauses between pages as PostgreSQL's own cleaning does, and takes one processor, where somebody would notice; a later one of the same connection says so anew.
const GENTLY: &str = "SET vacuum_cost_delay = '5ms'; SET max_parallel_maintenance_workers = 0";
const AT_ONCE: &str = "RESET vacuum_cost_delay; RESET max_parallel_maintenance_workers";

async fn vacuum(db: &Db, pool: &PgPool, chunks: &Chunks) -> Result<Scrubbed, Error> {
    let mut connection = pool.acquire().await?;
    for text in VACUUMS {
        chunks.rest(db, Rest::Patient).await;
        let began = Instant::now();
        let _disturbance = chunks.disturb(began);
        sqlx::raw_sql(if chunks.are_noticed(began) { GENTLY } else { AT_ONCE }).execute(&mut *connection).await?;
        sqlx::raw_sql(text).execute(&mut *connection).await?;
    }
    Ok(Scrubbed { vacuumed: true, ..Scrubbed::default() })
}

impl Maintenance {
    /// Scrubs at once, for tests and for the operator's command line.
    #[doc(hidden)]
    pub async fn unscoped_scrub(&self) -> Result<Scrubbed, Error> {
        scrub(&self.db, &self.chunks).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Holds, TABLES};

    #[test]
    fn every_table_that_a_deletion_request_erases_from_is_vacuumed() {
        let erased = TABLES.iter().filter(|table| !matches!(table.holds, Holds::None { .. }) || table.name.starts_with("compan"));
        let expected: Vec<String> = erased.map(|table| format!("VACUUM {}", table.name)).collect();
        assert_eq!(VACUUMS.as_slice(), expected);
    }
}
