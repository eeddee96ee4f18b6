//! Making the archive of an export.
//!
//! The export knows its users by their keys: they were found when it was asked for. Their rows are read by a reader, a piece at a time; each piece is compressed and
//! stored with the place that it ends at in one transaction, so that a worker may die at any point.

mod archive;
pub(super) mod archives;
pub(super) mod rows;
mod walk;
mod zip;

use std::time::Instant;

use domain::{
    audit::{ActorKind, Deed},
    export::{ExportFile, KEPT_HOURS, Pieces},
    id::{AccountId, ExportId},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Maintenance,
    chunks::Work,
    jobs::{self, ExportPlace, ExportStep, Job, lease::Claimed},
};
use crate::{
    Error,
    console::Change,
    engine::{Tx, args, statements},
};
use archive::Parts;

statements! {
    EXPORT_ORDER = "SELECT x.account_id, x.created_at, x.cut_at, a.name AS account_name FROM exports x JOIN accounts a ON a.id = x.account_id WHERE x.id = $1 AND x.state = 'running'";
    /// Locks the row: what is withdrawn or deleted before this gets no further part.
    EXPORT_GOES_ON = "UPDATE exports SET events = $2, bytes = $3 WHERE id = $1 AND state = 'running'";
    EXPORT_READY = "UPDATE exports SET state = 'ready', expires_at = $2 WHERE id = $1";
    EXPORT_FAILED = "UPDATE exports SET state = 'failed', failure = $2 WHERE id = $1 AND state = 'running'";
}

/// The most rows of a piece.
pub(super) const ROWS: usize = 2_000;
/// What a file and an archive can tell of their sizes and places, without the extension that not everything can read.
const MOST_BYTES: u64 = u32::MAX as u64 - (1 << 20);
const TOO_LARGE: &str = "It is larger than 4 GiB, which is the most that an archive holds.";

/// An export that is being made.
#[derive(FromRow)]
struct Order {
    account_id: Uuid,
    created_at: i64,
    cut_at: i64,
    account_name: String,
}

impl Order {
    /// Nothing where it was withdrawn or deleted, or its account is gone.
    async fn read(tx: &mut Tx, id: ExportId) -> Result<Option<Self>, Error> {
        tx.opt(&EXPORT_ORDER, args![id]).await
    }
}

impl Maintenance {
    /// The next piece of an archive.
    pub(super) async fn export(&self, claimed: &mut Claimed, export: ExportId, mut step: ExportStep) -> Result<(), Error> {
        // The newest events of somebody with millions are not found in an instant.
        let reading = self.read_piece(export, &mut step);
        let Some((order, pieces)) = claimed.keep_during(&self.db, &self.surroundings, reading).await? else {
            return self.end_export(claimed).await;
        };
        let is_last = step.place == ExportPlace::End;
        let mut parts = Parts::default();
        for (file, at) in step.files.iter_mut().zip(ExportFile::ALL) {
            parts.append(file, at, pieces.of(at), is_last)?;
        }
        if step.files.iter().any(|file| file.size > MOST_BYTES) || step.files.iter().map(|file| file.packed).sum::<u64>() > MOST_BYTES {
            return self.fail_export(claimed, export, TOO_LARGE).await;
        }
        let archive = is_last.then(|| zip::around(&step.files, Millis(order.created_at)));
        let bytes: u64 = step.files.iter().map(|file| file.packed).sum::<u64>() + archive.as_ref().map_or(0, zip::Around::len);

        let (mut tx, now) = self.begin_chunk().await?;
        let chunk = self.chunks.begin(Work::Pages, Instant::now());
        let counts = args![export, step.rows.events.cast_signed(), bytes.cast_signed()];
        if tx.execute(&EXPORT_GOES_ON, counts).await? == 0 {
            claimed.finish(&mut tx).await?;
            return tx.commit().await;
        }
        parts.insert(&mut tx, export).await?;
        match archive {
            Some(archive) => {
                archive.insert(&mut tx, export).await?;
                let expires_at = now.plus_minutes(KEPT_HOURS * 60);
                tx.execute(&EXPORT_READY, args![export, expires_at]).await?;
                jobs::enqueue(&mut tx, &self.surroundings, &Job::ForgetExport { export }, expires_at.plus_millis(1)).await?;
                claimed.finish(&mut tx).await?;
            }
            None => claimed.go_on(&mut tx, &Job::Export { export, step }, now).await?,
        }
        tx.commit().await?;
        // Another kind of page than those of a scrub, so it tells nothing of their speed; but collection has its share of the time.
        chunk.end(0, Instant::now());
        Ok(())
    }

    async fn read_piece(&self, export: ExportId, step: &mut ExportStep) -> Result<Option<(Order, Pieces)>, Error> {
        let mut tx = self.db.read().await?;
        let Some(order) = Order::read(&mut tx, export).await? else { return Ok(None) };
        let pieces = walk::next(&mut tx, &order, export, step, self.export_rows).await?;
        tx.commit().await?;
        Ok(Some((order, pieces)))
    }

    /// Nobody waits for it any more. What was written of it is forgotten by who ended it.
    async fn end_export(&self, claimed: &Claimed) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        claimed.finish(&mut tx).await?;
        tx.commit().await
    }

    /// The export failed for good: it says why, and what was written of it goes. Somebody has to ask anew, since the name is kept nowhere.
    pub(super) async fn fail_export(&self, claimed: &Claimed, export: ExportId, reason: &str) -> Result<(), Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        let Some(order) = Order::read(&mut tx, export).await? else {
            claimed.finish(&mut tx).await?;
            return tx.commit().await;
        };
        // The account's row is locked before that of the export, as by who deletes one.
        let mut change = Change::by_machine(tx, self.surroundings.now(), AccountId(order.account_id), ActorKind::System).await?;
        claimed.finish(&mut change.tx).await?;
        if change.tx.execute(&EXPORT_FAILED, args![export, reason]).await? == 0 {
            // Deleted in this instant. The next worker finds nothing to do.
            return Err(Error::Conflict);
        }
        jobs::enqueue(&mut change.tx, &self.surroundings, &Job::ForgetExport { export }, now).await?;
        change.commit(&Deed::ExportFailed { export }).await
    }
}
