//! Zeroes the gaps of SQLite's pages while others write. The proof that none is missed stands in `docs/adr/0001-erasing-in-sqlite.md`.

use sqlx::SqlitePool;

use super::{Scrubbed, gap, side::Side};
use crate::{
    Error,
    engine::{Db, Sql, Tx, args},
};

// Not in the registry of statements, since PostgreSQL has nothing like them.
const PAGE_COUNT: Sql = Sql { name: "PAGE_COUNT", text: "PRAGMA page_count" };
const PAGES: &str = "SELECT pgno, data FROM sqlite_dbpage('main') WHERE pgno";
const PAGE_WRITE: Sql = Sql { name: "PAGE_WRITE", text: "UPDATE sqlite_dbpage SET data = $1 WHERE pgno = $2" };
const REBUILD: &str = "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY";

/// Pages read and written at once: the writer is held for some milliseconds.
const CHUNK: usize = 512;
const STEP: i64 = 512;
/// How often what was written meanwhile is cleaned in chunks before the rest is cleaned in one transaction, however much it is.
const ROUNDS: usize = 16;

pub(super) async fn scrub(db: &Db, writer: &SqlitePool) -> Result<Scrubbed, Error> {
    let mut side = Side::connect(writer).await?;
    let scrubbed = if is_supported(db).await? && side.watch().await? {
        // The first pass does the bulk and promises nothing; the second has little to do, so that the log, which it keeps from being emptied, stays short.
        let zeroed = sweep(db).await?;
        side.try_empty_log().await?;
        let (pages_scanned, rest) = settle(db, &mut side).await?;
        Scrubbed { pages_scanned, pages_zeroed: zeroed + rest, vacuumed: false }
    } else {
        rebuild(writer).await?;
        Scrubbed { vacuumed: true, ..Scrubbed::default() }
    };
    side.empty_log().await?;
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
async fn sweep(db: &Db) -> Result<u64, Error> {
    let mut zeroed = 0;
    let mut dirty = Vec::new();
    let mut next = 1;
    loop {
        let mut tx = db.read().await?;
        let (pages,): (i64,) = tx.one(&PAGE_COUNT, args![]).await?;
        while next <= pages && dirty.len() < CHUNK {
            dirty.extend(dirty_of(&mut tx, next).await?);
            next += STEP;
        }
        tx.commit().await?;
        zeroed += clean_chunks(db, &dirty).await?;
        dirty.clear();
        if next > pages {
            return Ok(zeroed);
        }
    }
}

/// Leaves no gap as it was when this was called. Answers how many pages it read and how many it wrote.
async fn settle(db: &Db, side: &mut Side) -> Result<(u64, u64), Error> {
    side.watch().await?;
    // While this transaction reads, the log is not begun anew, so it tells of every page that is written after the snapshot.
    let mut snapshot = db.read().await?;
    let (pages,): (i64,) = snapshot.one(&PAGE_COUNT, args![]).await?;
    let mut suspects = Vec::new();
    let mut next = 1;
    while next <= pages {
        suspects.extend(dirty_of(&mut snapshot, next).await?);
        next += STEP;
    }
    let mut zeroed = 0;
    for _ in 0..ROUNDS {
        if suspects.len() <= CHUNK {
            break;
        }
        zeroed += clean_chunks(db, &suspects).await?;
        suspects = side.written().await?;
    }
    let mut tx = db.write().await?;
    // Nobody else writes any more: no dirty gap can have moved to a page that is not among these.
    suspects.extend(side.written().await?);
    suspects.sort_unstable();
    suspects.dedup();
    for chunk in suspects.chunks(CHUNK) {
        zeroed += clean(&mut tx, chunk).await?;
    }
    tx.commit().await?;
    snapshot.commit().await?;
    Ok((u64::try_from(pages).unwrap_or_default(), zeroed))
}

async fn clean_chunks(db: &Db, numbers: &[i64]) -> Result<u64, Error> {
    let mut zeroed = 0;
    for chunk in numbers.chunks(CHUNK) {
        let mut tx = db.write().await?;
        zeroed += clean(&mut tx, chunk).await?;
        tx.commit().await?;
    }
    Ok(zeroed)
}

/// Zeroes the gaps of these pages as they are now, which need not be as they were when somebody found them dirty.
async fn clean(tx: &mut Tx, numbers: &[i64]) -> Result<u64, Error> {
    let mut zeroed = 0;
    for (number, mut page) in read(tx, numbers).await? {
        if let Some(gap) = gap::dirty(number, &page) {
            page[gap].fill(0);
            tx.execute(&PAGE_WRITE, args![page, number]).await?;
            zeroed += 1;
        }
    }
    Ok(zeroed)
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
        let scrubbed = scrub(&db, writer).await.unwrap();

        assert_eq!(scrubbed, Scrubbed { vacuumed: true, ..Scrubbed::default() });
        let note: String = sqlx::query_scalar("SELECT note FROM notes").fetch_one(writer).await.unwrap();
        assert_eq!(note, "a note");
    }
}
