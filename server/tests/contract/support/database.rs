//! A fresh place for an installation: a folder, or a schema of its own.

use std::{
    env,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use store::{InstanceKey, Options, Store, surroundings::Surroundings};
use tempfile::TempDir;

/// Where an installation's data is.
pub(crate) struct Database {
    folder: TempDir,
    /// `sqlite://...` or `postgres://...`.
    pub(crate) url: String,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("cairn.db").display());
        Self { folder, url }
    }

    pub(crate) async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let base = postgres_url();
        let schema = format!("server{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&base).await.unwrap();
        connection.execute(sql(format!("CREATE SCHEMA {schema}"))).await.unwrap();
        let joint = if base.contains('?') { '&' } else { '?' };
        Self { folder: tempfile::tempdir().unwrap(), url: format!("{base}{joint}options=-csearch_path%3D{schema}") }
    }

    /// The data directory.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn secret_file(&self) -> PathBuf {
        self.folder().join("secret")
    }

    /// Opened beside whatever runs on it.
    pub(crate) async fn store(&self) -> Store {
        let key = std::fs::read(self.secret_file()).unwrap().try_into().unwrap();
        let options = Options { database: self.url.parse().unwrap(), key: InstanceKey::new(key), surroundings: Surroundings::system() };
        store::open(options).await.unwrap()
    }

    /// The names of all stored events, as the database's own driver sees them.
    pub(crate) async fn event_names(&self) -> Vec<String> {
        self.texts("SELECT name FROM events").await
    }

    /// The only column, text, of a query over what is stored.
    pub(crate) async fn texts(&self, sql: &'static str) -> Vec<String> {
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        }
    }

    /// The only number of a query over what is stored.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        if self.url.starts_with("sqlite") {
            sqlx::query_scalar(sql).fetch_one(&mut SqliteConnection::connect(&self.url).await.unwrap()).await.unwrap()
        } else {
            sqlx::query_scalar(sql).fetch_one(&mut PgConnection::connect(&self.url).await.unwrap()).await.unwrap()
        }
    }

    /// Runs a statement for what no facade does.
    pub(crate) async fn run(&self, sql: &'static str) {
        if self.url.starts_with("sqlite") {
            SqliteConnection::connect(&self.url).await.unwrap().execute(sql).await.unwrap();
        } else {
            PgConnection::connect(&self.url).await.unwrap().execute(sql).await.unwrap();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are told by a variable where PostgreSQL is")]
fn postgres_url() -> String {
    env::var("CAIRN_TEST_POSTGRES").expect("CAIRN_TEST_POSTGRES names a PostgreSQL to test on; cargo xtask test starts one")
}

#[expect(clippy::disallowed_types, reason = "the name of a schema cannot be bound")]
fn sql(text: String) -> sqlx::AssertSqlSafe<String> {
    sqlx::AssertSqlSafe(text)
}
