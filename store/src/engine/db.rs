//! Connections.

use std::{
    path::Path,
    str::FromStr,
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::{
    PgPool, Postgres, SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    Dialect, Tx,
    folding::{Folding, Pace},
};
use crate::Error;

const ACQUIRE: Duration = Duration::from_secs(30);
const READERS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 16;

/// The pools of one database.
#[derive(Debug, Clone)]
pub(crate) enum Db {
    /// SQLite has one writer; asking for it through a pool of one keeps the queue fair and in this process.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        folding: Arc<Folding>,
    },
    Postgres(PgPool),
}

impl Db {
    pub(crate) async fn sqlite(file: &Path) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            // What is erased is overwritten, in the file and in its free pages.
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            // What was not written lately is read from the mapped file. In a file of less than 1 GiB SQLite walks through its whole cache at the end of each transaction that has split a page.
            .pragma("cache_size", "-16384")
            .pragma("mmap_size", "1073741824")
            // Folding has failed long before, see there.
            .pragma("wal_autocheckpoint", "150000")
            .statement_cache_capacity(512);
        let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE).connect_with(options.clone()).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(options.pragma("query_only", "ON"));
        let folding = Arc::new(Folding::new(file).map_err(sqlx::Error::Io)?);
        Ok(Self::Sqlite { writer, readers, folding })
    }

    pub(crate) async fn postgres(url: &str) -> Result<Self, sqlx::Error> {
        let options = PgConnectOptions::from_str(url)?.application_name("cairn").statement_cache_capacity(512);
        let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(ACQUIRE).connect_with(options).await?;
        Ok(Self::Postgres(pool))
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite { .. } => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// A transaction that only reads.
    pub(crate) async fn read(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(begin_whole(pool, "BEGIN READ ONLY").await?),
        })
    }

    /// A transaction that writes. On SQLite it holds the only writer from its start, so it never fails half-way for a lock.
    pub(crate) async fn write(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(begin_whole(pool, "BEGIN").await?),
        })
    }

    /// Copies what is in SQLite's log into the file, as far as nobody reads what was there before, and begins it anew. Hardly anybody waits for it. PostgreSQL looks after its log by itself.
    pub(crate) async fn fold_log(&self, pace: Pace) -> Result<(), Error> {
        if let Self::Sqlite { writer, readers, folding } = self {
            folding.fold(writer, readers, pace).await?;
        }
        Ok(())
    }

    /// The same in a task of its own, now and then and where the log is long. For whoever has written much, and does not wait for it.
    pub(crate) fn keep_log_short(&self, pace: Pace) {
        let Self::Sqlite { writer, readers, folding } = self else { return };
        if !folding.is_due(Instant::now()) {
            return;
        }
        let (writer, readers, folding) = (writer.clone(), readers.clone(), Arc::clone(folding));
        tokio::spawn(async move {
            if let Err(error) = folding.fold_if_long(&writer, &readers, pace).await {
                // Nothing is lost, and SQLite folds by itself when the log is longer still.
                tracing::debug!(%error, "the log was not folded");
            }
        });
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Begins in a task of its own. Who gives up while `BEGIN` is under way, as a browser does that leaves a page, would otherwise leave the pool a connection whose transaction is
/// open and which sqlx takes for a clean one (`transaction_depth` is raised after the answer, sqlx-postgres 0.9).
async fn begin_whole(pool: &PgPool, begin: &'static str) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let pool = pool.clone();
    tokio::spawn(async move { pool.begin_with(begin).await }).await.map_err(|_| sqlx::Error::WorkerCrashed)?
}
