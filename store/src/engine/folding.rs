//! Keeps SQLite's write-ahead log short, beside those who write.
//!
//! SQLite folds the log into its file by itself where a commit makes it long, and syncs the file with the writer held: after 50,000 pages every batch waits some 100 ms. Here pages are copied and
//! the file is synced while others write, and the writer is held for the few pages that came meanwhile. Only then does SQLite begin the log anew; its own folding remains for when this does not get on.
//!
//! A disk that gets thousands of pages at once keeps commits waiting, too, since each of them waits until the disk has all that it was given. So while others write the pages go there some at a time.

use std::{
    fs::File,
    io,
    ops::Range,
    path::{Path, PathBuf},
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sqlx::{Executor, Sqlite, SqlitePool};
use tokio::sync;

use super::Log;
use crate::Error;

/// Pages that are written again and again go into the file once each time.
const EVERY: Duration = Duration::from_secs(1);
/// 120 MiB. The longer the log, the more often a page was written that is copied once.
const LONG: i64 = 30_000;
/// What is copied and synced in about a millisecond.
const FEW: i64 = 64;
/// How often what came meanwhile is copied before the writer is held for it, however much it is.
const ROUNDS: usize = 8;
/// A quarter of a megabyte, each followed by a pause: some 60 MB a second, of which a commit notices little.
const PIECE: u64 = 64 * 4_096;
const PAUSE: Duration = Duration::from_millis(4);

// NOOP only counts; PASSIVE copies what it can without keeping anybody waiting.
const COUNT: &str = "PRAGMA wal_checkpoint(NOOP)";
const COPY: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// How fast pages go to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Some at a time, as long as this keeps up with those who write.
    Gentle,
    /// As fast as the disk takes them.
    Full,
}

/// What is known of the log of one database.
#[derive(Debug)]
pub(crate) struct Folding {
    /// Kept for as long as the pools are: closing any handle of a file drops all locks that the process holds on it (POSIX), and SQLite relies on them.
    file: Arc<File>,
    turn: sync::Mutex<()>,
    looked: Mutex<Instant>,
    log: Arc<Mutex<Log>>,
}

/// Frames of the log, and how many of them stand in the file, too.
struct Frames {
    all: i64,
    copied: i64,
}

impl Folding {
    /// Of the database in this file, which the pools have opened.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        Ok(Self {
            file: Arc::new(File::open(path)?),
            turn: sync::Mutex::default(),
            looked: Mutex::new(Instant::now()),
            log: Arc::new(Mutex::new(Log::new(PathBuf::from(log)))),
        })
    }

    /// Whether to look at the log again, which whoever asks then has to do.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = now.saturating_duration_since(*looked) >= EVERY;
        if is_due {
            *looked = now;
        }
        is_due
    }

    /// Where the log is long and nobody else is at it.
    pub(super) async fn fold_if_long(&self, writer: &SqlitePool, readers: &SqlitePool, pace: Pace) -> Result<(), Error> {
        let Ok(_turn) = self.turn.try_lock() else { return Ok(()) };
        if frames(readers, COUNT).await?.all < LONG {
            return Ok(());
        }
        self.copy_and_begin_anew(writer, readers, pace).await
    }

    pub(super) async fn fold(&self, writer: &SqlitePool, readers: &SqlitePool, pace: Pace) -> Result<(), Error> {
        let _turn = self.turn.lock().await;
        self.copy_and_begin_anew(writer, readers, pace).await
    }

    async fn copy_and_begin_anew(&self, writer: &SqlitePool, readers: &SqlitePool, mut pace: Pace) -> Result<(), Error> {
        if cfg!(not(target_os = "linux")) {
            // There is nobody to advise.
            pace = Pace::Full;
        }
        let (mut before, mut came) = (0, i64::MAX);
        for _ in 0..ROUNDS {
            let now = match pace {
                Pace::Gentle => self.copy_gently(readers).await?,
                Pace::Full => self.copy(readers).await?,
            };
            if now.copied < now.all || now.all < 0 {
                // Somebody reads the past, so it could not begin anew; or somebody else folds it just now.
                return Ok(());
            }
            if now.all - before <= FEW {
                break;
            }
            if now.all - before > came / 2 {
                // It would never end.
                pace = Pace::Full;
            }
            (before, came) = (now.all, now.all - before);
        }
        let mut held = writer.acquire().await?;
        frames(&mut *held, COPY).await?;
        Ok(())
    }

    /// Copies everything, and has it on the disk when this returns. What was copied goes there all the while: a disk that gets everything at once keeps the log of commits waiting.
    async fn copy(&self, readers: &SqlitePool) -> Result<Frames, Error> {
        // Before the file is synced again and again: all readers may be busy for long.
        let mut reader = readers.acquire().await?;
        let mut copying = pin!(frames(&mut *reader, COPY));
        let copied = loop {
            tokio::select! {
                copied = &mut copying => break copied?,
                synced = self.sync() => synced?,
            }
        };
        self.sync().await?;
        Ok(copied)
    }

    /// The same, and what was copied goes to the disk some at a time.
    async fn copy_gently(&self, readers: &SqlitePool) -> Result<Frames, Error> {
        let log = Arc::clone(&self.log);
        let generation = blocking(move || known(&log).generation()).await?;
        let copied = frames(readers, COPY).await?;
        let Ok(until) = u64::try_from(copied.copied) else { return Ok(copied) };
        if frames(readers, COUNT).await?.all == copied.all {
            // Nobody has written meanwhile, so SQLite has synced the file.
            return Ok(copied);
        }
        let log = Arc::clone(&self.log);
        for piece in pieces(blocking(move || known(&log).places(generation, until)).await?) {
            if readers.is_closed() {
                break;
            }
            let file = Arc::clone(&self.file);
            blocking(move || {
                for place in piece {
                    begin_writing(&file, place);
                }
                Ok(())
            })
            .await?;
            tokio::time::sleep(PAUSE).await;
        }
        self.sync().await?;
        Ok(copied)
    }

    /// SQLite itself does this only where the whole log was copied and nobody has written meanwhile.
    async fn sync(&self) -> Result<(), Error> {
        let file = Arc::clone(&self.file);
        blocking(move || file.sync_data()).await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(io::Error::other).flatten().map_err(sqlx::Error::Io)?)
}

fn known(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The same bytes, some at a time.
fn pieces(places: Vec<Range<u64>>) -> Vec<Vec<Range<u64>>> {
    let mut pieces: Vec<Vec<Range<u64>>> = Vec::new();
    let mut room = 0;
    for Range { mut start, end } in places {
        while start < end {
            if room == 0 {
                pieces.push(Vec::new());
                room = PIECE;
            }
            let part = start..end.min(start + room);
            room -= part.end - part.start;
            start = part.end;
            pieces.last_mut().into_iter().for_each(|piece| piece.push(part.clone()));
        }
    }
    pieces
}

/// Has the system write what it holds of these pages, without waiting for it. Linux begins to write dirty pages when it is told that they are not needed; those that are clean and not mapped it
/// forgets, which costs who needs them a read.
#[cfg(target_os = "linux")]
fn begin_writing(file: &File, place: Range<u64>) {
    let length = std::num::NonZeroU64::new(place.end - place.start);
    if let Err(error) = rustix::fs::fadvise(file, place.start, length, rustix::fs::Advice::DontNeed) {
        tracing::debug!(%error, "pages are not written before the file is synced");
    }
}

#[cfg(not(target_os = "linux"))]
fn begin_writing(_: &File, _: Range<u64>) {}

async fn frames<'c>(connection: impl Executor<'c, Database = Sqlite>, text: &'static str) -> Result<Frames, Error> {
    let (_, all, copied): (i64, i64, i64) = sqlx::query_as(text).fetch_one(connection).await?;
    Ok(Frames { all, copied })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]
mod tests {
    use super::*;
    use crate::engine::{Db, Sql, args};

    const COUNT_NOTES: Sql = Sql { name: "COUNT_NOTES", text: "SELECT COUNT(*) FROM notes" };

    async fn notes() -> (tempfile::TempDir, Db, SqlitePool, SqlitePool) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::sqlite(&folder.path().join("cairn.db")).await.unwrap();
        let Db::Sqlite { writer, readers, .. } = db.clone() else { unreachable!() };
        sqlx::query("CREATE TABLE notes (note TEXT)").execute(&writer).await.unwrap();
        write(&writer).await;
        (folder, db, writer, readers)
    }

    async fn write(writer: &SqlitePool) {
        sqlx::query("INSERT INTO notes VALUES ('a note')").execute(writer).await.unwrap();
    }

    #[tokio::test]
    async fn what_is_written_after_the_log_was_folded_begins_it_anew() {
        for pace in [Pace::Full, Pace::Gentle] {
            let (_folder, db, writer, readers) = notes().await;
            let before = frames(&readers, COUNT).await.unwrap();
            assert!(before.all > 1 && before.copied == 0);
            db.fold_log(pace).await.unwrap();
            write(&writer).await;
            assert_eq!(frames(&readers, COUNT).await.unwrap().all, 1);
        }
    }

    #[test]
    fn every_page_is_in_one_piece_and_no_piece_is_long() {
        let page = |number: u64| number * 4_096..(number + 1) * 4_096;
        let scattered: Vec<_> = (0..1_000).map(|number| page(2 * number)).collect();
        let long = 0..PIECE * 2 + 7;
        let parts = vec![0..PIECE, PIECE..PIECE * 2, PIECE * 2..long.end];
        for (places, parts) in [(scattered.clone(), scattered), (vec![long], parts)] {
            let pieces = pieces(places);
            assert!(pieces.iter().all(|piece| piece.iter().map(|part| part.end - part.start).sum::<u64>() <= PIECE));
            assert_eq!(pieces.concat(), parts);
        }
        assert!(pieces(Vec::new()).is_empty());
    }

    #[tokio::test]
    async fn a_log_that_somebody_reads_the_past_of_is_folded_so_far_and_goes_on() {
        let (_folder, db, writer, readers) = notes().await;
        let mut reader = db.read().await.unwrap();
        let _: (i64,) = reader.one(&COUNT_NOTES, args![]).await.unwrap();
        write(&writer).await;
        db.fold_log(Pace::Full).await.unwrap();
        let now = frames(&readers, COUNT).await.unwrap();
        assert_eq!(now.copied, now.all - 1);
        reader.commit().await.unwrap();
        db.fold_log(Pace::Full).await.unwrap();
        write(&writer).await;
        assert_eq!(frames(&readers, COUNT).await.unwrap().all, 1);
    }

    #[tokio::test]
    async fn the_log_is_copied_while_the_writer_is_busy() {
        let (_folder, db, _writer, readers) = notes().await;
        let busy = db.write().await.unwrap();
        let watching = async {
            loop {
                let now = frames(&readers, COUNT).await.unwrap();
                if now.copied == now.all {
                    return busy.commit().await.unwrap();
                }
                tokio::task::yield_now().await;
            }
        };
        let (folded, ()) = tokio::join!(db.fold_log(Pace::Full), watching);
        folded.unwrap();
    }

    #[tokio::test]
    async fn a_short_log_is_left_alone() {
        let (_folder, db, writer, readers) = notes().await;
        let Db::Sqlite { folding, .. } = &db else { unreachable!() };
        folding.fold_if_long(&writer, &readers, Pace::Gentle).await.unwrap();
        assert_eq!(frames(&readers, COUNT).await.unwrap().copied, 0);
    }

    #[tokio::test]
    async fn the_log_is_looked_at_once_in_a_while() {
        let (_folder, db, ..) = notes().await;
        let Db::Sqlite { folding, .. } = &db else { unreachable!() };
        let later = Instant::now() + EVERY;
        assert!(folding.is_due(later));
        assert!(!folding.is_due(later));
        assert!(folding.is_due(later + EVERY));
    }
}
