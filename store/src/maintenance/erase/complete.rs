//! The end of a request: counted to zero, scrubbed, counted once more.

use std::time::Instant;

use domain::{
    audit::{ActorKind, Deed},
    id::RequestId,
};

use super::{Claimed, EraseStep, Maintenance, Order, subjects::left};
use crate::{
    Error,
    console::Change,
    engine::{args, statements},
    maintenance::scrub,
};

statements! {
    OTHERS_RUNNING = "SELECT COUNT(*) FROM deletion_requests WHERE account_id = $1 AND id <> $2 AND state = 'running'";
    PURGES_RUNNING = "SELECT COUNT(*) FROM environments WHERE account_id = $1 AND deleted_at IS NOT NULL AND purged_at IS NULL";
    SUBJECTS_FORGET = "DELETE FROM deletion_subjects WHERE request_id = $1";
    REQUEST_SCRUBBED = "UPDATE deletion_requests SET scrubbed = $2 WHERE id = $1";
    REQUEST_COMPLETE = "UPDATE deletion_requests SET state = 'complete', completed_at = $2 WHERE id = $1";
}

impl Maintenance {
    /// A count over every table of the catalogue. What it finds is erased from the beginning.
    pub(super) async fn verify_erased(&self, claimed: &Claimed, request: RequestId) -> Result<(), Error> {
        let mut tx = self.db.read().await?;
        let order = Order::read(&mut tx, request).await?;
        let now = Instant::now();
        let second = (!self.chunks.are_noticed(now)).then_some(&self.db);
        let disturbance = self.chunks.disturb(now);
        let left = left(&mut tx, &order, second).await?;
        drop(disturbance);
        let (others,): (i64,) = tx.one(&OTHERS_RUNNING, args![order.account, request]).await?;
        let (purges,): (i64,) = tx.one(&PURGES_RUNNING, args![order.account]).await?;
        tx.commit().await?;
        let step = match left {
            0 if order.erased.total() == 0 && others == 0 && purges == 0 => EraseStep::Complete,
            // Also where another request, or the purge of an environment, erased the same users first and has not scrubbed yet.
            0 => EraseStep::Scrub,
            _ => EraseStep::START,
        };
        let (mut tx, now) = self.begin_chunk().await?;
        claimed.go_on(&mut tx, &order.job(step), now).await?;
        tx.commit().await
    }

    pub(super) async fn scrub_erased(&self, claimed: &mut Claimed, request: RequestId) -> Result<(), Error> {
        let scrubbed = claimed.keep_during(&self.db, &self.surroundings, scrub::scrub(&self.db, &self.chunks)).await?;
        let (mut tx, now) = self.begin_chunk().await?;
        let order = Order::read(&mut tx, request).await?;
        tx.execute(&REQUEST_SCRUBBED, args![request, scrubbed.to_string()]).await?;
        claimed.go_on(&mut tx, &order.job(EraseStep::Complete), now).await?;
        tx.commit().await
    }

    pub(super) async fn complete(&self, claimed: &Claimed, request: RequestId) -> Result<(), Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        let order = Order::read(&mut tx, request).await?;
        if left(&mut tx, &order, None).await? > 0 {
            claimed.go_on(&mut tx, &order.job(EraseStep::START), now).await?;
            return tx.commit().await;
        }
        let mut change = Change::by_machine(tx, self.surroundings.now(), order.account, ActorKind::System).await?;
        change.tx.execute(&SUBJECTS_FORGET, args![request]).await?;
        change.tx.execute(&REQUEST_COMPLETE, args![request, change.now]).await?;
        self.issue_receipt(&mut change, request).await?;
        claimed.finish(&mut change.tx).await?;
        change.commit(&Deed::DeletionCompleted { request, erased: order.erased }).await
    }
}
