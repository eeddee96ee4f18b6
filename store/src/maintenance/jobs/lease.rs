//! A worker claims a job by a lease. What the worker does to the job afterwards asks for the same lease, so two workers never both do it; when a worker dies, its lease ends.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use domain::time::Millis;
use uuid::Uuid;

use super::Job;
use crate::{
    Error,
    engine::{Db, Tx, args, statements},
    surroundings::Surroundings,
};

statements! {
    JOBS_DUE = "SELECT id, leased_until FROM jobs WHERE run_at <= $1 AND leased_until <= $1 ORDER BY run_at, id LIMIT 8";
    JOBS_NEXT = "SELECT MIN(CASE WHEN run_at > leased_until THEN run_at ELSE leased_until END) FROM jobs";
    /// Attempts count the claims since the job last went on.
    JOB_CLAIM = "UPDATE jobs SET leased_until = $3, attempts = attempts + 1 WHERE id = $1 AND leased_until = $2 AND run_at <= $4 RETURNING payload, attempts";
    JOB_RENEW = "UPDATE jobs SET leased_until = $3 WHERE id = $1 AND leased_until = $2";
    JOB_GO_ON = "UPDATE jobs SET payload = $3, run_at = $4, leased_until = 0, attempts = 0 WHERE id = $1 AND leased_until = $2";
    JOB_FAIL = "UPDATE jobs SET run_at = $3, leased_until = 0 WHERE id = $1 AND leased_until = $2";
    JOB_FINISH = "DELETE FROM jobs WHERE id = $1 AND leased_until = $2";
}

const LEASE_SECONDS: i64 = 60;
/// A third of the lease, so that one failure does not lose it.
const RENEW_EVERY: Duration = Duration::from_secs(20);
/// A job that failed is tried again after 2, 4, 8 seconds and so on, up to about an hour.
const MOST_DOUBLINGS: i64 = 12;

/// What there is to do.
pub(in crate::maintenance) enum Next {
    Claimed(Claimed),
    /// Nothing before this instant, if there is anything at all.
    Idle(Option<Millis>),
}

/// A job that is this worker's until the lease ends.
#[derive(Debug)]
pub(in crate::maintenance) struct Claimed {
    id: Uuid,
    /// Also tells this lease from every other of the job, because each ends later than the one before.
    until: Millis,
    attempts: i64,
    payload: String,
}

/// Claims the job that has been due for the longest time.
pub(in crate::maintenance) async fn claim(db: &Db, surroundings: &Surroundings) -> Result<Next, Error> {
    loop {
        let mut tx = db.read().await?;
        let now = tx.received_at(surroundings).await?;
        let due: Vec<(Uuid, i64)> = tx.all(&JOBS_DUE, args![now]).await?;
        if due.is_empty() {
            let (next,): (Option<i64>,) = tx.one(&JOBS_NEXT, args![]).await?;
            return Ok(Next::Idle(next.map(Millis)));
        }
        tx.commit().await?;
        for (id, free_since) in due {
            let mut tx = db.write().await?;
            let until = now.plus_seconds(LEASE_SECONDS);
            let claimed: Option<(String, i64)> = tx.opt(&JOB_CLAIM, args![id, free_since, until, now]).await?;
            if let Some((payload, attempts)) = claimed {
                tx.commit().await?;
                return Ok(Next::Claimed(Claimed { id, until, attempts, payload }));
            }
        }
        // Other workers took all of these.
    }
}

impl Claimed {
    pub(in crate::maintenance) fn job(&self) -> Result<Job, Error> {
        serde_json::from_str(&self.payload).map_err(|_| Error::Inconsistent { table: "jobs" })
    }

    /// Tried so often in a row that trying on would only hide it: after some two hours.
    pub(in crate::maintenance) const fn is_exhausted(&self) -> bool {
        self.attempts >= MOST_DOUBLINGS
    }

    /// Leaves the rest of the job for `at`.
    ///
    /// # Errors
    /// `Conflict` when the lease was lost: what this transaction did must not be committed.
    pub(in crate::maintenance) async fn go_on(&self, tx: &mut Tx, rest: &Job, at: Millis) -> Result<(), Error> {
        own(tx.execute(&JOB_GO_ON, args![self.id, self.until, rest.payload()?, at]).await?)
    }

    /// The job is done.
    ///
    /// # Errors
    /// `Conflict` as above.
    pub(in crate::maintenance) async fn finish(&self, tx: &mut Tx) -> Result<(), Error> {
        own(tx.execute(&JOB_FINISH, args![self.id, self.until]).await?)
    }

    /// Frees the job for a later try.
    pub(in crate::maintenance) async fn fail(&self, db: &Db, surroundings: &Surroundings) -> Result<(), Error> {
        let mut tx = db.write().await?;
        let now = tx.received_at(surroundings).await?;
        let later = now.plus_seconds(1 << self.attempts.clamp(1, MOST_DOUBLINGS));
        tx.execute(&JOB_FAIL, args![self.id, self.until, later]).await?;
        tx.commit().await
    }

    /// Does what may take longer than a lease, renewing it meanwhile.
    ///
    /// # Errors
    /// Those of the work, and `Conflict` when the lease is lost on the way.
    pub(in crate::maintenance) async fn keep_during<T>(
        &mut self,
        db: &Db,
        surroundings: &Surroundings,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut work = pin!(work);
        loop {
            if let Ok(result) = tokio::time::timeout(RENEW_EVERY, &mut work).await {
                return result;
            }
            // A renewal that has begun is seen to its end: else nobody would know until when the lease is.
            let mut result = None;
            let mut renewing = pin!(self.renew(db, surroundings));
            let renewed = poll_fn(|context| {
                if result.is_none()
                    && let Poll::Ready(done) = work.as_mut().poll(context)
                {
                    result = Some(done);
                }
                renewing.as_mut().poll(context)
            });
            match renewed.await {
                Ok(()) => {}
                Err(Error::Conflict) => return Err(Error::Conflict),
                Err(error) => tracing::warn!(%error, "a lease could not be renewed; it will be tried again"),
            }
            if let Some(result) = result {
                return result;
            }
        }
    }

    async fn renew(&mut self, db: &Db, surroundings: &Surroundings) -> Result<(), Error> {
        let mut tx = db.write().await?;
        let until = tx.received_at(surroundings).await?.plus_seconds(LEASE_SECONDS);
        own(tx.execute(&JOB_RENEW, args![self.id, self.until, until]).await?)?;
        tx.commit().await?;
        self.until = until;
        Ok(())
    }
}

fn own(rows: u64) -> Result<(), Error> {
    if rows == 1 { Ok(()) } else { Err(Error::Conflict) }
}
