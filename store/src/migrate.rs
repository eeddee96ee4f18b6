//! Migrations only go forward.

use std::{borrow::Cow, fs::File, path::Path};

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{
    OpenError,
    engine::{Db, Dialect},
};

const TEXTS: &[(i64, &str, &str)] = &[(1, "first", include_str!("../migrations/0001_first.sql"))];

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

/// Brings the schema up to date. Two processes that start at once wait for each other: on PostgreSQL by an advisory lock, on SQLite by a file beside the database.
pub(crate) async fn run(db: &Db, file: Option<&Path>) -> Result<(), OpenError> {
    let migrator = migrator(db.dialect());
    match db {
        Db::Postgres(pool) => migrator.run(pool).await?,
        Db::Sqlite { writer, .. } => {
            let lock = file.map(|file| lock_beside(file.to_owned()));
            let _held = match lock {
                Some(lock) => Some(lock.await?),
                None => None,
            };
            migrator.run(writer).await?;
        }
    }
    Ok(())
}

async fn lock_beside(file: std::path::PathBuf) -> Result<File, OpenError> {
    let task = tokio::task::spawn_blocking(move || {
        let lock = File::options().create(true).append(true).open(file.with_extension("lock"))?;
        lock.lock()?;
        Ok::<_, std::io::Error>(lock)
    });
    Ok(task.await.map_err(std::io::Error::other)??)
}
