//! The floor: the same rows through nothing but sqlx, with the settings that the store uses.

use std::{fmt::Write, str::FromStr, time::Instant};

use domain::id::RequestId;
use sqlx::{
    Executor, Pool, Postgres, Sqlite, SqlitePool,
    postgres::PgPool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use store::DatabaseUrl;

use crate::{
    Took,
    world::{self, BATCH, NAMES, World, place, scatter},
};

const PIECE: u64 = 128;
const COLUMNS: [&str; 8] = ["environment_id", "user_key", "event_id", "occurred_at", "received_at", "name_key", "name", "properties"];

macro_rules! on_either {
    ($bare:expr, |$pool:ident| $work:expr) => {
        match $bare {
            Bare::Sqlite($pool) => $work,
            Bare::Postgres($pool) => $work,
        }
    };
}

/// Either pool.
pub(crate) enum Bare {
    Sqlite(Pool<Sqlite>),
    Postgres(Pool<Postgres>),
}

impl Bare {
    pub(crate) async fn open(world: &World) -> Self {
        match &world.database {
            DatabaseUrl::Sqlite(file) => {
                let options = SqliteConnectOptions::from_str("sqlite:")
                    .unwrap()
                    .filename(file)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .pragma("secure_delete", "ON")
                    .pragma("temp_store", "MEMORY")
                    .pragma("cache_size", "-16384")
                    .pragma("mmap_size", "1073741824")
                    .pragma("wal_autocheckpoint", "150000");
                let pool: SqlitePool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
                Self::Sqlite(pool)
            }
            DatabaseUrl::Postgres(url) => Self::Postgres(PgPool::connect(url).await.unwrap()),
        }
    }
}

/// Inserts events as the collector would, without users, rules, hashes or parsing.
pub(crate) async fn fill(world: &World, events: u64, users: u64) {
    let bare = Bare::open(world).await;
    let insert = insert_text();
    let environment = world.environment.get();
    on_either!(&bare, |pool| {
        for batch in 0..events / BATCH {
            let mut tx = pool.begin().await.unwrap();
            let mut rows: Vec<u64> = (batch * BATCH..(batch + 1) * BATCH).collect();
            rows.sort_by_key(|number| user_key(scatter(*number) % users));
            for piece in rows.chunks(usize::try_from(PIECE).unwrap()) {
                if piece.len() < usize::try_from(PIECE).unwrap() {
                    continue;
                }
                let mut query = sqlx::query(sqlx::AssertSqlSafe(insert.clone()));
                for number in piece {
                    let name = NAMES[place(*number, 10)];
                    let properties = format!(r#"{{"amount":{},"path":"/articles/{}","plan":"professional"}}"#, number % 100, number % 997);
                    let at = 1_767_225_600_000 + i64::try_from(*number).unwrap();
                    query = query
                        .bind(environment)
                        .bind(user_key(scatter(*number) % users))
                        .bind(i64::try_from(scatter(*number) >> 1).unwrap())
                        .bind(at)
                        .bind(at)
                        .bind(i64::try_from(number % 10).unwrap())
                        .bind(name)
                        .bind(properties);
                }
                tx.execute(query).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        pool.close().await;
    });
}

impl Bare {
    /// What the only job is at.
    pub(crate) async fn job(&self) -> Option<String> {
        on_either!(self, |pool| sqlx::query_scalar("SELECT payload FROM jobs").fetch_optional(pool).await.unwrap())
    }
}

/// As PostgreSQL does by itself some time after so many inserts: what nobody deleted is known to be there, and the planner knows how much it is.
pub(crate) async fn settle(world: &World) {
    if let Bare::Postgres(pool) = Bare::open(world).await {
        for table in ["events", "user_properties", "users", "aliases"] {
            pool.execute(sqlx::AssertSqlSafe(format!("VACUUM (ANALYZE) {table}"))).await.unwrap();
        }
        pool.close().await;
    }
}

/// Deletes what a request has to erase, which nobody has begun to carry out: the same rows of the same tables, a hundred users a transaction.
pub(crate) async fn erase(world: &World, request: RequestId) -> Took {
    const SUBJECTS: &str = "SELECT user_key FROM deletion_subjects WHERE request_id = $1 ORDER BY user_key";
    let bare = Bare::open(world).await;
    let environment = world.environment.get();
    let keys: Vec<i64> = on_either!(&bare, |pool| sqlx::query_scalar(SUBJECTS).bind(request.0).fetch_all(pool).await.unwrap());
    let start = Instant::now();
    let mut rows = 0;
    on_either!(&bare, |pool| {
        for group in keys.chunks(100) {
            let mut tx = pool.begin().await.unwrap();
            for table in ["events", "users"] {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(delete_text(table, group.len()))).bind(environment);
                for key in group {
                    query = query.bind(key);
                }
                rows += tx.execute(query).await.unwrap().rows_affected();
            }
            tx.commit().await.unwrap();
        }
        pool.close().await;
    });
    Took { rows: world::number(rows), seconds: start.elapsed().as_secs_f64() }
}

fn delete_text(table: &str, keys: usize) -> String {
    let places: Vec<String> = (2..keys + 2).map(|place| format!("${place}")).collect();
    format!("DELETE FROM {table} WHERE environment_id = $1 AND user_key IN ({})", places.join(", "))
}

fn user_key(user: u64) -> i64 {
    i64::try_from(scatter(user + 1) >> 1).unwrap()
}

fn insert_text() -> String {
    let mut text = format!("INSERT INTO events ({}) VALUES ", COLUMNS.join(", "));
    let mut place = 0;
    for row in 0..PIECE {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..COLUMNS.len() {
            place += 1;
            let _ = write!(text, "{}${place}", if column == 0 { "" } else { ", " });
        }
        text.push(')');
    }
    text.push_str(" ON CONFLICT DO NOTHING");
    text
}
