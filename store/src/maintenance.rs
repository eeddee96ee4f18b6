//! What the worker asks of the database. Nothing here is scoped to an account, so every method's name says so.

mod chunks;
mod erase;
mod export;
pub mod jobs;
mod journal;
pub mod outbox;
mod purge;
pub mod rehome;
pub(crate) mod retain;
pub(crate) mod scrub;
mod tick;
mod uploads;

pub use journal::{EraseAgainError, ErasedAgain};
pub use tick::Tick;

use chunks::Chunks;

use crate::{
    Error, catalogue,
    engine::{Db, Sql},
    journal::Journal,
    keys::Keys,
    surroundings::Surroundings,
    traffic::Traffic,
};

pub(crate) const STATEMENTS: &[&[Sql]] = &[
    catalogue::PURGES,
    catalogue::BY_ENVIRONMENT,
    erase::STATEMENTS,
    erase::companies::STATEMENTS,
    erase::complete::STATEMENTS,
    erase::receipt::STATEMENTS,
    erase::roots::STATEMENTS,
    erase::subjects::STATEMENTS,
    erase::sweep::look::STATEMENTS,
    export::STATEMENTS,
    export::archives::STATEMENTS,
    export::rows::STATEMENTS,
    jobs::STATEMENTS,
    journal::STATEMENTS,
    jobs::lease::STATEMENTS,
    outbox::STATEMENTS,
    purge::STATEMENTS,
    rehome::STATEMENTS,
    retain::STATEMENTS,
    tick::STATEMENTS,
    uploads::STATEMENTS,
];

/// The facade of the worker.
#[derive(Clone)]
pub struct Maintenance {
    pub(crate) db: Db,
    pub(crate) keys: Keys,
    pub(crate) surroundings: Surroundings,
    journal: Option<Journal>,
    chunks: Chunks,
    export_rows: usize,
}

impl Maintenance {
    pub(crate) fn new(db: Db, keys: Keys, surroundings: Surroundings, traffic: Traffic) -> Self {
        Self { db, keys, surroundings, journal: None, chunks: Chunks::new(traffic), export_rows: export::ROWS }
    }

    /// The same with archives made in pieces of so many rows.
    #[doc(hidden)]
    #[must_use]
    pub fn with_small_exports(&self, rows: usize) -> Self {
        Self { export_rows: rows, ..self.clone() }
    }

    /// Lets SQLite see how its tables have grown, for its plans: to be called at start and now and then. Reads a sample, so it holds the writer for an instant.
    /// PostgreSQL sees for itself.
    ///
    /// # Errors
    /// `Database`: nothing is lost, plans stay as they are.
    pub async fn unscoped_optimize(&self) -> Result<(), Error> {
        // Tables that no query has touched yet are looked at, too (0x10000).
        const OPTIMIZE: &str = "PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002";
        if let Db::Sqlite { writer, .. } = &self.db {
            sqlx::raw_sql(OPTIMIZE).execute(writer).await?;
        }
        Ok(())
    }
}
