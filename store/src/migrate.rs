//! Migrations only go forward.

use std::{
    borrow::Cow,
    fs::{File, TryLockError},
    path::Path,
    time::Duration,
};

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{
    OpenError,
    engine::{Db, Dialect},
};

const TEXTS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../migrations/0001_first.sql")),
    (2, "newest_cut", include_str!("../migrations/0002_newest_cut.sql")),
    (3, "last_received", include_str!("../migrations/0003_last_received.sql")),
    (4, "companies", include_str!("../migrations/0004_companies.sql")),
    (5, "mail", include_str!("../migrations/0005_mail.sql")),
    (6, "support", include_str!("../migrations/0006_support.sql")),
    (7, "definitions", include_str!("../migrations/0007_definitions.sql")),
    (8, "demo", include_str!("../migrations/0008_demo.sql")),
    (9, "first_steps", include_str!("../migrations/0009_first_steps.sql")),
    (10, "deletion_by_property", include_str!("../migrations/0010_deletion_by_property.sql")),
    (11, "api_key_names", include_str!("../migrations/0011_api_key_names.sql")),
    (12, "receipts", include_str!("../migrations/0012_receipts.sql")),
    (13, "help_answers", include_str!("../migrations/0013_help_answers.sql")),
    (14, "grace", include_str!("../migrations/0014_grace.sql")),
    (15, "whole_requests", include_str!("../migrations/0015_whole_requests.sql")),
    (16, "suppressions", include_str!("../migrations/0016_suppressions.sql")),
    (17, "privacy", include_str!("../migrations/0017_privacy.sql")),
    (18, "began", include_str!("../migrations/0018_began.sql")),
    (19, "sweeps", include_str!("../migrations/0019_sweeps.sql")),
    (20, "exports", include_str!("../migrations/0020_exports.sql")),
];

/// Version and name of every migration, oldest first.
pub fn migrations() -> impl Iterator<Item = (i64, &'static str)> {
    TEXTS.iter().map(|(version, name, _)| (*version, *name))
}

fn migrator(dialect: Dialect) -> Migrator {
    let migration = |(version, name, text): &(i64, &'static str, &'static str)| {
        let sql = sqlx::AssertSqlSafe(dialect.schema(text)).into_sql_str();
        Migration::new(*version, Cow::Borrowed(name), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(TEXTS.iter().map(migration).collect())
}

/// Brings the schema up to date. Two processes that start at once wait for each other: on PostgreSQL by the advisory lock that this takes, on SQLite by
/// [`lock_beside`].
pub(crate) async fn run(db: &Db) -> Result<(), OpenError> {
    let migrator = migrator(db.dialect());
    match db {
        Db::Postgres(pool) => migrator.run(pool).await?,
        Db::Sqlite { writer, .. } => migrator.run(writer).await?,
    }
    Ok(())
}

/// How often a lock that another process holds is asked for again.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// Waits for other processes that open the same file of SQLite for the first time. Closing the lock's file gives it back. The wait can be given up.
pub(crate) async fn lock_beside(file: &Path) -> Result<File, OpenError> {
    let lock = File::options().create(true).append(true).open(file.with_extension("lock"))?;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(LOCK_PAUSE).await,
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}
