//! The rows of a deleted environment. Nobody sees them any more, so they go in no hurry.

use std::time::Instant;

use super::{
    Maintenance,
    chunks::Work,
    export::archives::{self, Whose},
    jobs::{Job, lease::Claimed},
    scrub,
};
use crate::{
    Error,
    catalogue::PURGES,
    engine::{args, statements},
};

statements! {
    ENVIRONMENT_PURGED = "UPDATE environments SET purged_at = $2 WHERE id = $1 AND deleted_at IS NOT NULL AND purged_at IS NULL";
    ENVIRONMENT_LIVES = "SELECT id FROM environments WHERE id = $1 AND deleted_at IS NULL";
}

impl Maintenance {
    /// Removes some rows; after the last ones makes them unreadable in the files, and says that the environment is empty.
    /// Batches that were under way when it was deleted have ended before, by the lock of the rules.
    pub(super) async fn purge(&self, claimed: &mut Claimed, environment: i64) -> Result<(), Error> {
        if self.purge_chunk(claimed, environment).await? {
            return Ok(());
        }
        claimed.keep_during(&self.db, &self.surroundings, scrub::scrub(&self.db, &self.chunks)).await?;
        let (mut tx, now) = self.begin_chunk().await?;
        tx.execute(&ENVIRONMENT_PURGED, args![environment, now]).await?;
        claimed.finish(&mut tx).await?;
        tx.commit().await
    }

    /// Whether there is more.
    async fn purge_chunk(&self, claimed: &Claimed, environment: i64) -> Result<bool, Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        let chunk = self.chunks.begin(Work::Rows, Instant::now());
        if tx.opt::<(i64,)>(&ENVIRONMENT_LIVES, args![environment]).await?.is_some() {
            return Err(Error::Inconsistent { table: "jobs" });
        }
        let archives = archives::withdraw(&mut tx, &Whose::Environment(environment)).await?;
        let mut removed = 0;
        for sql in PURGES {
            let left = u64::from(chunk.size).saturating_sub(removed).cast_signed();
            removed += tx.execute(sql, args![environment, left]).await?;
        }
        if removed == 0 && !archives {
            return Ok(false);
        }
        claimed.go_on(&mut tx, &Job::PurgeEnvironment { environment }, now).await?;
        tx.commit().await?;
        chunk.end(removed, Instant::now());
        Ok(true)
    }
}
