//! Zeroes the gaps of SQLite's pages while others write. The proof that none is missed stands in `docs/adr/0001-erasing-in-sqlite.md`.

use std::time::Instant;

use sqlx::SqlitePool;

use super::{Scrubbed, gap, side::Side};
use crate::{
    Error,
    engine::{Db, Pace, Sql, Tx, args},
    maintenance::chunks::{Chunks, Rest, Work},
};

// Not in the registry of statements, since PostgreSQL has nothing like them.
const PAGE_COUNT: Sql = Sql { name: "PAGE_COUNT", text: "PRAGMA page_count" };
const PAGES: &str = "SELECT pgno, data FROM sqlite_dbpage('main') WHERE pgno";
const PAGES_WRITE: &str = "INSERT INTO sqlite_dbpage (pgno, data)";
const REBUILD: &str = "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY";

/// Pages looked at by one statement.
const STEP: i64 = 512;
/// So many dirty pages are cleaned while the log is kept from being emptied, which they make longer by 64 MiB at most. More of them are cleaned before.
const FEW: usize = 16_384;
/// How often what was written meanwhile is cleaned in chunks before the rest is cleaned in one transaction, however much it is.
const ROUNDS: usize = 16;
/// Pages held in memory at once by the last transaction.
const MOST: usize = 512;
/// Nobody notices a transaction of so few pages.
const REST: usize = 64;

pub(super) async fn scrub(db: &Db, writer: &SqlitePool, chunks: &Chunks) -> Result<Scrubbed, Error> {
    let mut side = Side::connect(writer).await?;
    if chunks.are_noticed(Instant::now()) {
        // What is in the log now stays there until the end.
        db.fold_log(Pace::Gentle).await?;
    }
    let scrubbed = if is_supported(db).await? && side.watch().await? {
        if let Some(settled) = settle(db, chunks, &mut side, FEW).await? {
            settled
        } else {
            // The first pass does the bulk and promises nothing; the second has little to do, so that the log, which it keeps from being emptied, stays short.
            let zeroed = sweep(db, chunks).await?;
            side.try_empty_log(db, chunks).await?;
            let settled = settle(db, chunks, &mut side, usize::MAX).await?.unwrap_or_default();
            Scrubbed { pages_zeroed: zeroed + settled.pages_zeroed, ..settled }
        }
    } else {
        rebuild(writer).await?;
        Scrubbed { vacuumed: true, ..Scrubbed::default() }
    };
    chunks.rest(db, Rest::Patient).await;
    side.empty_log(db, chunks).await?;
    Ok(scrubbed)
}

/// False where this SQLite was built without `sqlite_dbpage`, or where the kinds of pages cannot be told apart.
async fn is_supported(db: &Db) -> Result<bool, Error> {
    let mut tx = db.read().await?;
    let (pages,): (i64,) = tx.one(&PAGE_COUNT, args![]).await?;
    let first = match read(&mut tx, &[1]).await {
        Ok(first) => first,
        Err(Error::Database(sqlx::Error::Database(error))) if error.message().contains("sqlite_dbpage") => return Ok(false),
        Err(error) => return Err(error),
    };
    tx.commit().await?;
    Ok(first.first().is_some_and(|(_, page)| gap::is_unambiguous(page, pages)))
}

/// Every dirty page that a walk through the file meets.
async fn sweep(db: &Db, chunks: &Chunks) -> Result<u64, Error> {
    let mut zeroed = 0;
    let mut dirty = Vec::new();
    let mut next = 1;
    loop {
        let mut tx = db.read().await?;
        let (pages,): (i64,) = tx.one(&PAGE_COUNT, args![]).await?;
        while next <= pages && dirty.len() < FEW {
            dirty.extend(dirty_of(&mut tx, next).await?);
            next += STEP;
        }
        tx.commit().await?;
        zeroed += clean_chunks(db, chunks, &dirty, Rest::Patient).await?;
        dirty.clear();
        if next > pages {
            return Ok(zeroed);
        }
    }
}

/// Leaves no gap as it was when this was called, or nothing done where more than `most` pages are dirty.
async fn settle(db: &Db, chunks: &Chunks, side: &mut Side, most: usize) -> Result<Option<Scrubbed>, Error> {
    side.watch().await?;
    // While this transaction reads, the log is not begun anew, so it tells of every page that is written after the snapshot.
    let mut snapshot = db.read().await?;
    let (pages,): (i64,) = snapshot.one(&PAGE_COUNT, args![]).await?;
    let mut suspects = Vec::new();
    let mut next = 1;
    let disturbance = chunks.disturb(Instant::now());
    while next <= pages {
        suspects.extend(dirty_of(&mut snapshot, next).await?);
        if suspects.len() > most {
            return Ok(None);
        }
        next += STEP;
    }
    drop(disturbance);
    let mut pages_zeroed = 0;
    for _ in 0..ROUNDS {
        if suspects.len() <= REST {
            break;
        }
        pages_zeroed += clean_chunks(db, chunks, &suspects, Rest::Brief).await?;
        suspects = side.written().await?;
    }
    chunks.rest(db, Rest::Brief).await;
    let mut tx = db.write().await?;
    let chunk = chunks.begin(Work::Pages, Instant::now());
    // Nobody else writes any more: no dirty gap can have moved to a page that is not among these.
    suspects.extend(side.written().await?);
    suspects.sort_unstable();
    suspects.dedup();
    for some in suspects.chunks(MOST) {
        pages_zeroed += clean(&mut tx, some).await?;
    }
    tx.commit().await?;
    chunk.end(suspects.len() as u64, Instant::now());
    snapshot.commit().await?;
    Ok(Some(Scrubbed { pages_scanned: u64::try_from(pages).unwrap_or_default(), pages_zeroed, vacuumed: false }))
}

async fn clean_chunks(db: &Db, chunks: &Chunks, mut numbers: &[i64], rest: Rest) -> Result<u64, Error> {
    let mut zeroed = 0;
    while !numbers.is_empty() {
        chunks.rest(db, rest).await;
        let mut tx = db.write().await?;
        let chunk = chunks.begin(Work::Pages, Instant::now());
        let (some, others) = numbers.split_at(numbers.len().min(chunk.size as usize));
        zeroed += clean(&mut tx, some).await?;
        tx.commit().await?;
        chunk.end(some.len() as u64, Instant::now());
        numbers = others;
    }
    Ok(zeroed)
}

/// Zeroes the gaps of these pages as they are now, which need not be as they were when somebody found them dirty.
async fn clean(tx: &mut Tx, numbers: &[i64]) -> Result<u64, Error> {
    let mut zeroed = Vec::new();
    for (number, mut page) in read(tx, numbers).await? {
        if let Some(gap) = gap::dirty(number, &page) {
            page[gap].fill(0);
            zeroed.push(args![number, page]);
        }
    }
    let count = zeroed.len() as u64;
    tx.insert(PAGES_WRITE, zeroed, "").await?;
    Ok(count)
}

async fn dirty_of(tx: &mut Tx, first: i64) -> Result<Vec<i64>, Error> {
    let numbers: Vec<i64> = (first..first + STEP).collect();
    let pages = read(tx, &numbers).await?;
    Ok(pages.into_iter().filter(|(number, page)| gap::dirty(*number, page).is_some()).map(|(number, _)| number).collect())
}

/// Pages through SQLite, with what stands in the log only. Numbers beyond the end are passed over.
async fn read(tx: &mut Tx, numbers: &[i64]) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    tx.all_in(PAGES, &[], numbers, "").await
}

/// Writes the database anew, without gaps' past. Keeps everybody waiting, so it is the last resort.
async fn rebuild(writer: &SqlitePool) -> Result<(), Error> {
    // Its copy would not fit into memory.
    sqlx::raw_sql(REBUILD).execute(writer).await?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]
mod tests {
    use sqlx::sqlite::SqliteConnectOptions;

    use super::*;

    #[tokio::test]
    async fn a_file_whose_pages_cannot_be_told_apart_is_rebuilt() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cairn.db");
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true).pragma("auto_vacuum", "FULL");
        let made = SqlitePool::connect_with(options).await.unwrap();
        sqlx::raw_sql("CREATE TABLE notes (note TEXT); INSERT INTO notes VALUES ('a note')").execute(&made).await.unwrap();
        made.close().await;

        let db = Db::sqlite(&file).await.unwrap();
        let Db::Sqlite { writer, .. } = &db else { unreachable!() };
        let scrubbed = scrub(&db, writer, &Chunks::default()).await.unwrap();

        assert_eq!(scrubbed, Scrubbed { vacuumed: true, ..Scrubbed::default() });
        let note: String = sqlx::query_scalar("SELECT note FROM notes").fetch_one(writer).await.unwrap();
        assert_eq!(note, "a note");
    }
}
