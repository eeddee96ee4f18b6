//! What was erased is in no file any more.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use crate::support::House;

const USERS: i64 = 24_000;
const ROUND: i64 = 3_000;

/// The keys of consecutive users are spread, as keyed hashes are: the multiplier is odd, so that no two are alike.
const INSERT: &str = "
    WITH RECURSIVE numbers (n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $2 - 1)
    INSERT INTO users (environment_id, user_key, key_hash, identity, user_id, audit_ref, received_at)
    SELECT 1, (n * 2654435761) % 4294967296, zeroblob(32), printf('user-%06d@', n) || substr('example.com/with/something/long/behind/it', 1, n % 41), NULL, zeroblob(16), n
    FROM numbers";
const DELETE: &str = "
    WITH RECURSIVE numbers (n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $2 - 1)
    DELETE FROM users WHERE environment_id = 1 AND user_key IN (SELECT (n * 2654435761) % 4294967296 FROM numbers WHERE n % 7 IN (3, 5))";
const COUNT: &str = "SELECT COUNT(*) FROM users";
const CHECK: &str = "PRAGMA integrity_check";
const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

fn is_erased(number: i64) -> bool {
    matches!(number % 7, 3 | 5)
}

/// A second server's connections, as `store` makes them.
struct Raw {
    pool: SqlitePool,
    file: PathBuf,
}

impl Raw {
    async fn beside(house: &House) -> Self {
        let file = house.folder.as_ref().unwrap().path().join("cairn.db");
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(Duration::from_secs(10))
            .pragma("secure_delete", "ON");
        Self { pool: SqlitePool::connect_with(options).await.unwrap(), file }
    }

    async fn insert(&self, numbers: std::ops::Range<i64>) {
        sqlx::query(INSERT).bind(numbers.start).bind(numbers.end).execute(&self.pool).await.unwrap();
    }

    async fn delete(&self, numbers: std::ops::Range<i64>) {
        sqlx::query(DELETE).bind(numbers.start).bind(numbers.end).execute(&self.pool).await.unwrap();
    }

    async fn count(&self) -> i64 {
        sqlx::query_scalar(COUNT).fetch_one(&self.pool).await.unwrap()
    }

    /// Users come in bursts, and of each burst some are erased when the next has come.
    async fn live_a_while(&self) {
        for round in 0..USERS / ROUND {
            let first = round * ROUND;
            for piece in (first..first + ROUND).step_by(250) {
                self.insert(piece..piece + 250).await;
            }
            if round > 0 {
                self.delete(first - ROUND..first).await;
            }
        }
        self.delete(USERS - ROUND..USERS).await;
    }

    async fn assert_sound(&self) {
        let answer: String = sqlx::query_scalar(CHECK).fetch_one(&self.pool).await.unwrap();
        assert_eq!(answer, "ok");
    }

    async fn empty_log(&self) {
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as(EMPTY_LOG).fetch_one(&self.pool).await.unwrap();
        assert_eq!(busy, 0);
    }

    /// The users whose identity stands in the database's file or log.
    fn readable(&self) -> BTreeSet<i64> {
        let mut found = BTreeSet::new();
        for file in [self.file.clone(), self.file.with_extension("db-wal")] {
            collect_numbers(&file, &mut found);
        }
        found
    }

    fn readable_though_erased(&self) -> Vec<i64> {
        self.readable().into_iter().filter(|number| *number < USERS && is_erased(*number)).collect()
    }
}

fn collect_numbers(file: &Path, found: &mut BTreeSet<i64>) {
    const PREFIX: &[u8] = b"user-";
    let bytes = std::fs::read(file).unwrap();
    let mut rest = bytes.as_slice();
    while let Some(at) = rest.iter().position(|byte| *byte == b'u') {
        rest = &rest[at..];
        let number = rest.strip_prefix(PREFIX).and_then(|rest| rest.get(..6)).and_then(|digits| std::str::from_utf8(digits).ok());
        found.extend(number.and_then(|digits| digits.parse::<i64>().ok()));
        rest = &rest[1..];
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_identity_is_readable_in_the_file_until_it_is_scrubbed() {
    let house = House::sqlite().await;
    let raw = Raw::beside(&house).await;
    raw.live_a_while().await;
    raw.empty_log().await;
    assert_ne!(raw.readable_though_erased(), [0_i64; 0], "the load leaves nothing behind, so this test proves nothing");
    let kept = raw.count().await;

    let scrubbed = house.store.maintenance.unscoped_scrub().await.unwrap();

    assert!(!scrubbed.vacuumed && scrubbed.pages_zeroed > 0, "{scrubbed:?}");
    assert_eq!(raw.readable_though_erased(), [0_i64; 0]);
    assert_eq!(raw.count().await, kept);
    assert_eq!(raw.readable().len(), usize::try_from(kept).unwrap());
    raw.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_during_a_scrub_is_kept_and_hides_nothing() {
    let house = House::sqlite().await;
    let raw = Raw::beside(&house).await;
    raw.live_a_while().await;
    let kept = raw.count().await;
    let is_over = AtomicBool::new(false);

    let writer = async {
        let mut number = USERS;
        while !is_over.load(Ordering::Relaxed) {
            raw.insert(number..number + 70).await;
            raw.delete(number..number + 70).await;
            number += 70;
        }
        (number - USERS) / 7 * 5
    };
    let scrub = async {
        let scrubbed = house.store.maintenance.unscoped_scrub().await;
        is_over.store(true, Ordering::Relaxed);
        scrubbed.unwrap().pages_zeroed
    };
    let (written, zeroed) = tokio::join!(writer, scrub);

    assert!(written > 0 && zeroed > 0, "{written} rows were written and {zeroed} pages zeroed");
    assert_eq!(raw.readable_though_erased(), [0_i64; 0]);
    assert_eq!(raw.count().await, kept + written);
    raw.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql_the_tables_of_users_are_vacuumed_and_the_rest_is_kept() {
    let house = House::postgres().await;
    let written = house
        .texts(
            "INSERT INTO users (environment_id, user_key, key_hash, identity, user_id, audit_ref, received_at)
             SELECT 1, n, '\\x00', 'user-' || n, NULL, '00000000-0000-0000-0000-000000000000', 1 FROM generate_series(1, 9) AS numbers (n)
             RETURNING identity",
        )
        .await;
    let erased = house.texts("DELETE FROM users WHERE user_key <= 4 RETURNING identity").await;
    assert_eq!((written.len(), erased.len()), (9, 4));

    let scrubbed = house.store.maintenance.unscoped_scrub().await.unwrap();

    assert!(scrubbed.vacuumed);
    assert_eq!(house.texts("SELECT identity FROM users ORDER BY user_key").await, ["user-5", "user-6", "user-7", "user-8", "user-9"]);
    let vacuumed = house
        .texts("SELECT relname::text FROM pg_stat_user_tables WHERE schemaname = current_schema() AND vacuum_count > 0 ORDER BY 1")
        .await;
    let erased_from = [
        "aliases",
        "companies",
        "company_properties",
        "deletion_subjects",
        "deletion_uploads",
        "events",
        "export_parts",
        "export_subjects",
        "user_properties",
        "users",
    ];
    assert_eq!(vacuumed, erased_from);
}
