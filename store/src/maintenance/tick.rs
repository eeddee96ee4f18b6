//! "Do one thing now": claims a job and does a chunk of it.

use domain::time::Millis;

use super::{
    Maintenance,
    chunks::Rest,
    erase,
    jobs::{
        Job,
        lease::{self, Claimed, Next},
    },
};
use crate::{
    Error,
    engine::{Tx, args, statements},
};

statements! {
    /// When erasing them, or everything around them, begins; also while an archive is made of them. Nothing where neither is so.
    SUBJECT_UNTIL = "SELECT MAX(erase_at) FROM (SELECT d.erase_at FROM deletion_subjects s JOIN deletion_requests d ON d.id = s.request_id WHERE s.environment_id = $1 AND s.user_key IN ($2, $3) UNION ALL SELECT d.erase_at FROM deletion_requests d WHERE d.environment_id = $1 AND d.state IN ('pending', 'running', 'failed') UNION ALL SELECT x.created_at FROM export_subjects s JOIN exports x ON x.id = s.export_id WHERE s.environment_id = $1 AND s.user_key IN ($2, $3) AND x.state = 'running') AS waiting";
}

/// What a tick did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// A chunk of a job. There may be more.
    Worked,
    /// Nothing is due before this instant; nothing waits at all when there is none.
    Idle(Option<Millis>),
}

const REHOME_CHUNK: u32 = 2_000;
/// How long rehoming waits for a deletion request to be completed.
const AFTER_ERASING_SECONDS: i64 = 5;
const LONGEST_WAIT_SECONDS: i64 = 600;

impl Maintenance {
    /// Claims the job that has been due for the longest time and does a chunk of it, once collection had its share of the time. Workers of several servers may call this at once.
    ///
    /// # Errors
    /// What the chunk failed of. The job stays, and is due again after a while that doubles with each failure in a row.
    pub async fn unscoped_tick(&self) -> Result<Tick, Error> {
        self.chunks.rest(&self.db, Rest::Patient).await;
        let mut claimed = match lease::claim(&self.db, &self.surroundings).await? {
            Next::Claimed(claimed) => claimed,
            Next::Idle(next) => return Ok(Tick::Idle(next)),
        };
        match self.work(&mut claimed).await {
            // The lease ended meanwhile, so the job is another worker's.
            Ok(()) | Err(Error::Conflict) => Ok(Tick::Worked),
            Err(error) => {
                match claimed.job() {
                    Ok(Job::Erase { request, .. }) if claimed.is_exhausted() => self.give_up(&claimed, request, &error).await?,
                    Ok(Job::Export { export, .. }) if claimed.is_exhausted() => {
                        self.fail_export(&claimed, export, &erase::reason(&error)).await?;
                    }
                    _ => claimed.fail(&self.db, &self.surroundings).await?,
                }
                Err(error)
            }
        }
    }

    /// Ticks until nothing is due. Answers when there will be.
    ///
    /// # Errors
    /// As [`Maintenance::unscoped_tick`].
    pub async fn unscoped_drain(&self) -> Result<Option<Millis>, Error> {
        loop {
            if let Tick::Idle(next) = self.unscoped_tick().await? {
                return Ok(next);
            }
        }
    }

    async fn work(&self, claimed: &mut Claimed) -> Result<(), Error> {
        match claimed.job()? {
            Job::PurgeEnvironment { environment } => self.purge(claimed, environment).await,
            Job::Rehome { environment, from, to } => self.rehome_unless_erased(claimed, environment, from, to).await,
            Job::Retain { environment, look } => self.retain(claimed, environment, look).await,
            Job::ForgetUploads => self.forget_uploads(claimed).await,
            Job::Erase { request, step } => self.erase(claimed, request, step).await,
            Job::Export { export, step } => self.export(claimed, export, step).await,
            Job::ForgetExport { export } => self.forget_export(claimed, export).await,
        }
    }

    /// Rehoming keeps the time at which a row was received. A user who is to be erased, and who was identified as somebody after the cut, must not leave rows with that other
    /// user, who is not to be erased; nor must somebody who was identified after the cut lose rows to a request that is for the other alone. An alias from before the cut
    /// does no harm: the request then erases both. Nor may rows move past an archive that is being made, which would leave them out or tell them twice.
    async fn rehome_unless_erased(&self, claimed: &Claimed, environment: i64, from: i64, to: i64) -> Result<(), Error> {
        let job = Job::Rehome { environment, from, to };
        let (until,): (Option<i64>,) = self.db.read().await?.one(&SUBJECT_UNTIL, args![environment, from, to]).await?;
        let more = until.is_none() && self.unscoped_rehome(environment, from, to, REHOME_CHUNK).await?;
        let (mut tx, now) = self.begin_chunk().await?;
        if let Some(until) = until {
            // A request may be cancelled long before its time.
            let later = Millis(until).clamp(now.plus_seconds(AFTER_ERASING_SECONDS), now.plus_seconds(LONGEST_WAIT_SECONDS));
            claimed.go_on(&mut tx, &job, later).await?;
        } else if more {
            claimed.go_on(&mut tx, &job, now).await?;
        } else {
            claimed.finish(&mut tx).await?;
        }
        tx.commit().await
    }

    pub(super) async fn begin_chunk(&self) -> Result<(Tx, Millis), Error> {
        let mut tx = self.db.write().await?;
        let now = tx.received_at(&self.surroundings).await?;
        Ok((tx, now))
    }
}
