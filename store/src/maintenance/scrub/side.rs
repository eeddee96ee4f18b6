//! A connection beside the pools, for what must neither occupy the writer nor wait long for a reader.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use sqlx::{Connection, SqliteConnection, SqlitePool};

use crate::{
    Error,
    engine::{Db, Log, Pace},
    maintenance::chunks::Chunks,
};

/// How long writers are held up by one attempt to empty the log. A reader that takes longer is waited for outside of it.
const ATTEMPT: Duration = Duration::from_millis(200);
const PAUSE: Duration = Duration::from_secs(1);
const ATTEMPTS: u32 = 60;
/// Who waits for the writer gets it before the log is shortened further.
const MOMENT: Duration = Duration::from_millis(10);

// NOOP only counts. TRUNCATE keeps everybody waiting, so little should be left to it.
const COUNT: &str = "PRAGMA wal_checkpoint(NOOP)";
const EMPTY: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// The log and a connection that can ask about it at any time.
pub(super) struct Side {
    connection: SqliteConnection,
    log: Log,
}

impl Side {
    pub(super) async fn connect(pool: &SqlitePool) -> Result<Self, Error> {
        let options = (*pool.connect_options()).clone().busy_timeout(ATTEMPT).pragma("cache_size", "-1024");
        let mut log = options.get_filename().as_os_str().to_owned();
        log.push("-wal");
        Ok(Self { connection: SqliteConnection::connect_with(&options).await?, log: Log::new(PathBuf::from(log)) })
    }

    /// Copies every frame into the file and empties the log. Waits for readers of the past, within reason.
    pub(super) async fn empty_log(&mut self, db: &Db, chunks: &Chunks) -> Result<(), Error> {
        for attempt in 1.. {
            if self.try_empty_log(db, chunks).await? {
                return Ok(());
            }
            if attempt == ATTEMPTS {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(Error::Database(std::io::Error::from(std::io::ErrorKind::TimedOut).into()))
    }

    /// The same, if nobody reads the past.
    pub(super) async fn try_empty_log(&mut self, db: &Db, chunks: &Chunks) -> Result<bool, Error> {
        if chunks.are_noticed(Instant::now()) {
            db.fold_log(Pace::Gentle).await?;
            self.shorten_log(db).await?;
        } else {
            db.fold_log(Pace::Full).await?;
        }
        let (busy, _) = self.checkpoint(EMPTY).await?;
        Ok(busy == 0)
    }

    /// Takes what no frame stands in any more from the log's end, some at a time: a file system takes long to free much at once, and `TRUNCATE` keeps everybody waiting meanwhile. Who holds the writer
    /// is alone with the log, and nobody reads what lies beyond its last frame.
    async fn shorten_log(&mut self, db: &Db) -> Result<(), Error> {
        loop {
            let held = db.write().await?;
            let (_, frames) = self.checkpoint(COUNT).await?;
            // Negative where SQLite does not tell.
            let Ok(frames) = u64::try_from(frames) else { return Ok(()) };
            let log = self.log.clone();
            // The writer goes along: whoever gives up waiting for this must not let others write before the file is as short as it will be.
            let shortened = tokio::task::spawn_blocking(move || (log.shorten(frames), held)).await;
            let (more, held) = shortened.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))?;
            held.commit().await?;
            if !more.map_err(sqlx::Error::Io)? {
                return Ok(());
            }
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// From now on [`Side::written`] tells. False where the database has no log.
    pub(super) async fn watch(&mut self) -> Result<bool, Error> {
        let generation = self.log.generation().map_err(sqlx::Error::Io)?;
        let (_, frames) = self.checkpoint(COUNT).await?;
        self.log.skip(generation, u64::try_from(frames).unwrap_or_default());
        Ok(frames >= 0)
    }

    /// The pages that were committed since this was asked the last time, at least.
    pub(super) async fn written(&mut self) -> Result<Vec<i64>, Error> {
        let generation = self.log.generation().map_err(sqlx::Error::Io)?;
        let (_, frames) = self.checkpoint(COUNT).await?;
        let frames = u64::try_from(frames).unwrap_or_default();
        let mut log = self.log.clone();
        let read = tokio::task::spawn_blocking(move || log.pages(generation, frames).map(|pages| (log, pages)));
        let (log, pages) = read.await.map_err(std::io::Error::other).flatten().map_err(sqlx::Error::Io)?;
        self.log = log;
        Ok(pages.into_iter().collect())
    }

    async fn checkpoint(&mut self, text: &'static str) -> Result<(i64, i64), Error> {
        let (busy, frames, _): (i64, i64, i64) = sqlx::query_as(text).fetch_one(&mut self.connection).await?;
        Ok((busy, frames))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]
mod tests {
    use super::*;
    use crate::engine::{Sql, args};

    const COUNT_NOTES: Sql = Sql { name: "COUNT_NOTES", text: "SELECT COUNT(*) FROM notes" };

    async fn notes() -> (tempfile::TempDir, Db, SqlitePool) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::sqlite(&folder.path().join("cairn.db")).await.unwrap();
        let Db::Sqlite { writer, .. } = db.clone() else { unreachable!() };
        sqlx::query("CREATE TABLE notes (note TEXT)").execute(&writer).await.unwrap();
        (folder, db, writer)
    }

    async fn write(writer: &SqlitePool) {
        sqlx::query("INSERT INTO notes VALUES ('a note')").execute(writer).await.unwrap();
    }

    #[tokio::test]
    async fn the_log_is_not_emptied_under_a_reader_of_the_past() {
        let (_folder, db, writer) = notes().await;
        let mut side = Side::connect(&writer).await.unwrap();
        let mut reader = db.read().await.unwrap();
        let _: (i64,) = reader.one(&COUNT_NOTES, args![]).await.unwrap();
        write(&writer).await;
        assert!(!side.try_empty_log(&db, &Chunks::default()).await.unwrap());
        reader.commit().await.unwrap();
        assert!(side.try_empty_log(&db, &Chunks::default()).await.unwrap());
    }

    #[tokio::test]
    async fn a_log_that_was_long_is_shortened_and_loses_nothing() {
        const NOTES: &str = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 6000) INSERT INTO notes SELECT HEX(RANDOMBLOB(1500)) FROM n";
        let (folder, db, writer) = notes().await;
        let length = || std::fs::metadata(folder.path().join("cairn.db-wal")).unwrap().len();
        sqlx::query(NOTES).execute(&writer).await.unwrap();
        let long = length();
        db.fold_log(Pace::Full).await.unwrap();
        write(&writer).await;
        let mut side = Side::connect(&writer).await.unwrap();
        side.shorten_log(&db).await.unwrap();
        assert!(length() < long, "{} of {long}", length());
        write(&writer).await;
        db.close().await;
        let reopened = Db::sqlite(&folder.path().join("cairn.db")).await.unwrap();
        let (count,): (i64,) = reopened.read().await.unwrap().one(&COUNT_NOTES, args![]).await.unwrap();
        assert_eq!(count, 6_002);
    }

    #[tokio::test]
    async fn every_page_that_is_written_after_a_snapshot_is_named_once() {
        let (_folder, db, writer) = notes().await;
        let mut side = Side::connect(&writer).await.unwrap();
        for is_empty in [false, true] {
            if is_empty {
                assert!(side.try_empty_log(&db, &Chunks::default()).await.unwrap());
            }
            assert!(side.watch().await.unwrap());
            let mut snapshot = db.read().await.unwrap();
            let _: (i64,) = snapshot.one(&COUNT_NOTES, args![]).await.unwrap();
            assert!(side.written().await.unwrap().is_empty());
            write(&writer).await;
            assert_eq!(side.written().await.unwrap(), [2], "the table has one page");
            assert!(side.written().await.unwrap().is_empty());
            snapshot.commit().await.unwrap();
        }
    }
}
