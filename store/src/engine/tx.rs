//! A transaction on either engine.

use futures_util::{Stream, TryStreamExt};
use sqlx::{Executor, FromRow, Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction, postgres::PgRow, sqlite::SqliteRow};

use super::{Arg, Dialect, Query, Sql, arg};
use domain::time::Millis;

use crate::{Error, surroundings::Surroundings};

/// A struct that is read from a row of either engine.
pub(crate) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

// The schema's name is part of the lock, so that installations which share a database do not wait for each other.
const LOCK_EXCLUSIVE: Sql =
    Sql { name: "LOCK_EXCLUSIVE", text: "SELECT pg_advisory_xact_lock(hashtext('cairn rules'), hashtext(current_schema()))" };
const LOCK_SHARED: Sql =
    Sql { name: "LOCK_SHARED", text: "SELECT pg_advisory_xact_lock_shared(hashtext('cairn rules'), hashtext(current_schema()))" };
const JOIN_BY_SETS: Sql = Sql { name: "JOIN_BY_SETS", text: "SET LOCAL enable_nestloop = off" };
const DATABASE_CLOCK: Sql = Sql { name: "DATABASE_CLOCK", text: "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)" };

/// Text that this module put together from constants and placeholders.
fn built(text: String) -> SqlStr {
    sqlx::AssertSqlSafe(text).into_sql_str()
}

async fn first<R>(mut rows: impl Stream<Item = Result<R, sqlx::Error>> + Unpin, most: usize) -> Result<(Vec<R>, u64), Error> {
    let (mut kept, mut total) = (Vec::new(), 0);
    while let Some(row) = rows.try_next().await? {
        total += 1;
        if kept.len() < most {
            kept.push(row);
        }
    }
    Ok((kept, total))
}

/// Rolled back when it is dropped.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs a statement and counts the rows that it touched.
    pub(crate) async fn execute(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<u64, Error> {
        self.execute_text(sql.text.into_sql_str(), args).await
    }

    /// The only row, or `NotFound`.
    pub(crate) async fn one<R: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<R, Error> {
        self.opt(sql, args).await?.ok_or(Error::NotFound)
    }

    /// The first row, if there is one.
    pub(crate) async fn opt<R: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Option<R>, Error> {
        Ok(match self {
            Self::Sqlite(tx) => sqlx::query_as_with(sql.text, arg::sqlite(args)?).fetch_optional(&mut **tx).await?,
            Self::Postgres(tx) => sqlx::query_as_with(sql.text, arg::postgres(args)?).fetch_optional(&mut **tx).await?,
        })
    }

    /// All rows.
    pub(crate) async fn all<R: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Vec<R>, Error> {
        self.all_text(sql.text.into_sql_str(), args).await
    }

    /// All rows of a statement that was put together.
    pub(crate) async fn all_of<R: Row>(&mut self, query: Query) -> Result<Vec<R>, Error> {
        self.all_text(built(query.text), query.args).await
    }

    /// The first `most` rows of a statement that was put together, and how many there are. Rows come one by one, and what is not kept is only counted, so that no answer is too long.
    pub(crate) async fn first_of<R: Row>(&mut self, query: Query, most: usize) -> Result<(Vec<R>, u64), Error> {
        let text = built(query.text);
        match self {
            Self::Sqlite(tx) => first(sqlx::query_as_with(text, arg::sqlite(query.args)?).fetch(&mut **tx), most).await,
            Self::Postgres(tx) => first(sqlx::query_as_with(text, arg::postgres(query.args)?).fetch(&mut **tx), most).await,
        }
    }

    /// A statement with one list of rows: `{head} VALUES (..), (..) {tail}`, in as many pieces as the engine's limit of bound values needs.
    /// Rows are counted as the engine counts them; use [`Tx::insert_returning`] where conflicts are ignored.
    pub(crate) async fn insert(&mut self, head: &'static str, rows: Vec<Vec<Arg>>, tail: &'static str) -> Result<u64, Error> {
        let mut count = 0;
        for (text, args) in self.dialect().values(head, rows, tail) {
            count += self.execute_text(built(text), args).await?;
        }
        Ok(count)
    }

    /// The same, with the rows of `RETURNING`, in no order.
    pub(crate) async fn insert_returning<R: Row>(
        &mut self,
        head: &'static str,
        rows: Vec<Vec<Arg>>,
        tail: &'static str,
    ) -> Result<Vec<R>, Error> {
        let mut returned = Vec::new();
        for (text, args) in self.dialect().values(head, rows, tail) {
            returned.extend(self.all_text(built(text), args).await?);
        }
        Ok(returned)
    }

    /// A query with one list of numbers: `{head} IN (..) {tail}`. `first` are `$1`, `$2`, ... of `head`; `tail` has no values.
    pub(crate) async fn all_in<R: Row>(
        &mut self,
        head: &'static str,
        first: &[Arg],
        list: &[i64],
        tail: &'static str,
    ) -> Result<Vec<R>, Error> {
        if list.is_empty() {
            return Ok(Vec::new());
        }
        let (text, args) = self.dialect().in_list(head, first, list, tail);
        self.all_text(built(text), args).await
    }

    /// A statement with one list of numbers, as [`Tx::all_in`].
    pub(crate) async fn execute_in(&mut self, head: &'static str, first: &[Arg], list: &[i64], tail: &'static str) -> Result<u64, Error> {
        if list.is_empty() {
            return Ok(0);
        }
        let (text, args) = self.dialect().in_list(head, first, list, tail);
        self.execute_text(built(text), args).await
    }

    /// Waits for every batch that decided by the old rules, and keeps new ones waiting until the commit.
    /// On SQLite the one writer is lock enough.
    pub(crate) async fn lock_rules_exclusively(&mut self) -> Result<(), Error> {
        self.on_postgres(&LOCK_EXCLUSIVE).await
    }

    /// Held by each batch of the collector from its check of the rules to its commit.
    pub(crate) async fn lock_rules_shared(&mut self) -> Result<(), Error> {
        self.on_postgres(&LOCK_SHARED).await
    }

    /// For the rest of this transaction PostgreSQL joins by hashing or sorting. What it takes for a small set, for want of statistics or of insight, it would read
    /// once for each row of the other side: minutes instead of a second.
    pub(crate) async fn join_by_sets(&mut self) -> Result<(), Error> {
        self.on_postgres(&JOIN_BY_SETS).await
    }

    async fn on_postgres(&mut self, sql: &Sql) -> Result<(), Error> {
        if let Self::Postgres(tx) = self {
            sqlx::query(sql.text).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// The time by which rows are received and requests are cut. Several servers share PostgreSQL's clock; on SQLite there is one machine. Never earlier than what was
    /// answered before: a clock that is set back must not make what comes older than what was there.
    pub(crate) async fn received_at(&mut self, surroundings: &Surroundings) -> Result<Millis, Error> {
        let now = match self {
            Self::Sqlite(_) => surroundings.now(),
            Self::Postgres(tx) => {
                let (at,): (i64,) = sqlx::query_as(DATABASE_CLOCK.text).fetch_one(&mut **tx).await?;
                Millis(at)
            }
        };
        Ok(surroundings.no_earlier(now))
    }

    /// The engine's name, and what version it says it is.
    pub(crate) async fn engine(&mut self) -> Result<(&'static str, String), Error> {
        Ok(match self {
            Self::Sqlite(tx) => ("SQLite", sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut **tx).await?),
            Self::Postgres(tx) => {
                ("PostgreSQL", sqlx::query_scalar("SELECT current_setting('server_version')").fetch_one(&mut **tx).await?)
            }
        })
    }

    pub(crate) async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn prepare(&mut self, sql: &Sql) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => drop((&mut **tx).prepare(sql.text.into_sql_str()).await?),
            Self::Postgres(tx) => drop((&mut **tx).prepare(sql.text.into_sql_str()).await?),
        }
        Ok(())
    }

    async fn execute_text(&mut self, text: SqlStr, args: Vec<Arg>) -> Result<u64, Error> {
        Ok(match self {
            Self::Sqlite(tx) => sqlx::query_with(text, arg::sqlite(args)?).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => sqlx::query_with(text, arg::postgres(args)?).execute(&mut **tx).await?.rows_affected(),
        })
    }

    async fn all_text<R: Row>(&mut self, text: SqlStr, args: Vec<Arg>) -> Result<Vec<R>, Error> {
        Ok(match self {
            Self::Sqlite(tx) => sqlx::query_as_with(text, arg::sqlite(args)?).fetch_all(&mut **tx).await?,
            Self::Postgres(tx) => sqlx::query_as_with(text, arg::postgres(args)?).fetch_all(&mut **tx).await?,
        })
    }
}
