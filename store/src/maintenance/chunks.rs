//! How large the chunks of the worker are, and how long it rests between them.
//!
//! While this server collects, a chunk may take as long as one of collection's batches usually does, and is followed by a rest of a multiple of its own time: so a batch waits for
//! one chunk at most, and most batches for none. The rest is longer while too many requests wait for too long, as some do when a disk gets what chunks have written. While nothing is
//! collected, chunks are large, which spares the pages that neighbouring chunks would write twice. How much fits into the time is told by the last chunk of the kind.

mod size;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

pub(super) use size::Work;

use size::{Speed, time};

use crate::{
    engine::{Db, Pace},
    traffic::{Disturbance, Traffic},
};

/// So much longer than the chunk is the rest after it.
const REST: u32 = 4;

/// And so much longer at most are all rests together while requests wait for too long: so the worker gets on also where a disk stays slow.
const PATIENCE: u32 = 10;
/// However much was done since requests last waited for too long.
const MOST_PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// How long a rest may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// Until requests wait no longer than they should, within reason.
    Patient,
    /// What there is to do grows meanwhile.
    Brief,
}

/// What the worker of this server knows of its chunks. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Chunks {
    traffic: Traffic,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    last: [Option<Speed>; 3],
    owed: Duration,
    /// How much longer the rest may be while requests wait for too long.
    patience: Duration,
}

/// A chunk that is being done.
pub(super) struct Chunk {
    chunks: Chunks,
    work: Work,
    /// How much may be done.
    pub(super) size: u32,
    began: Instant,
    _disturbance: Disturbance,
}

impl Chunks {
    pub(super) fn new(traffic: Traffic) -> Self {
        Self { traffic, state: Arc::default() }
    }

    /// To be called when nothing is waited for any more: on SQLite by who holds the writer.
    pub(super) fn begin(&self, work: Work, now: Instant) -> Chunk {
        Chunk { chunks: self.clone(), work, size: self.size(work, now), began: now, _disturbance: self.traffic.disturb(now) }
    }

    /// How much the next chunk may be, as far as that is known before it begins.
    pub(super) fn size(&self, work: Work, now: Instant) -> u32 {
        work.size(self.state().last[work as usize], time(self.traffic.usual(now)))
    }

    /// So long rows were read, which takes processor and disk from collection: it is left as much time again.
    pub(super) fn looked(&self, took: Duration) {
        self.state().owed += took;
    }

    /// While it lives, what batches take says nothing about how long they usually do.
    pub(super) fn disturb(&self, now: Instant) -> Disturbance {
        self.traffic.disturb(now)
    }

    /// How long to leave the database to collection for what was done since this was asked the last time.
    fn owed(&self, now: Instant) -> Duration {
        let mut state = self.state();
        let owed = std::mem::take(&mut state.owed);
        state.patience = (state.patience + owed * PATIENCE).min(MOST_PATIENCE);
        drop(state);
        self.traffic.usual(now).map_or(Duration::ZERO, |_| owed)
    }

    /// Whether to rest for a moment more, of which there are only so many.
    fn is_patient(&self, now: Instant) -> bool {
        if !self.traffic.is_slowed(now) {
            return false;
        }
        let mut state = self.state();
        let Some(left) = state.patience.checked_sub(LOOK) else { return false };
        state.patience = left;
        true
    }

    /// Leaves it for so long.
    pub(super) async fn rest(&self, db: &Db, how: Rest) {
        let now = Instant::now();
        db.keep_log_short(if self.are_noticed(now) { Pace::Gentle } else { Pace::Full });
        let owed = self.owed(now);
        if !owed.is_zero() {
            tokio::time::sleep(owed).await;
        }
        while how == Rest::Patient && self.is_patient(Instant::now()) {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Whether anybody would wait.
    pub(super) fn are_noticed(&self, now: Instant) -> bool {
        self.traffic.usual(now).is_some()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Chunk {
    /// So much was done, and is committed.
    pub(super) fn end(self, done: u64, now: Instant) {
        let took = now.saturating_duration_since(self.began);
        let mut state = self.chunks.state();
        state.owed += took * REST;
        let done = u32::try_from(done).unwrap_or(u32::MAX);
        // The last few rows of something tell what a commit costs, and nothing of rows.
        if done >= self.work.bounds().0 {
            state.last[self.work as usize] = Some(Speed { done, took });
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]
mod tests {
    use super::*;

    const fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn chunks_are_large_until_something_is_collected() {
        let (traffic, now) = (Traffic::default(), Instant::now());
        let chunks = Chunks::new(traffic.clone());
        chunks.begin(Work::Rows, now).end(1_000, now + millis(10));
        assert_eq!(chunks.size(Work::Rows, now), 25_000);
        traffic.end(&traffic.begin(now), [], now + millis(3));
        assert_eq!(chunks.size(Work::Rows, now), 300);
        assert_eq!(chunks.size(Work::Users, now), 128, "of users nothing is known yet");
        assert_eq!(chunks.size(Work::Rows, now + millis(5_000)), 25_000);
    }

    #[test]
    fn after_a_chunk_the_database_is_left_to_collection_for_longer_than_it_took() {
        let (traffic, now) = (Traffic::default(), Instant::now());
        let chunks = Chunks::new(traffic.clone());
        chunks.begin(Work::Rows, now).end(10, now + millis(10));
        assert_eq!(chunks.owed(now), Duration::ZERO, "nothing is collected");
        chunks.begin(Work::Rows, now).end(10, now + millis(10));
        chunks.begin(Work::Users, now).end(10, now + millis(5));
        traffic.end(&traffic.begin(now), [], now);
        assert_eq!(chunks.owed(now), millis(15) * REST);
        chunks.looked(millis(250));
        assert_eq!(chunks.owed(now), millis(250), "looks take no more than half of the time");
        assert_eq!(chunks.owed(now), Duration::ZERO, "once");
    }

    #[test]
    fn while_requests_wait_for_too_long_rests_are_longer_but_not_for_ever() {
        let (traffic, mut now) = (Traffic::default(), Instant::now());
        let chunks = Chunks::new(traffic.clone());
        traffic.end(&traffic.begin(now), [], now + millis(1));
        assert!(!chunks.is_patient(now));
        chunks.begin(Work::Rows, now).end(10, now + millis(10));
        chunks.owed(now);
        traffic.end(&traffic.begin(now), [now; 5], now + millis(90));
        now += millis(90);
        let moments = (0..1_000).take_while(|_| chunks.is_patient(now)).count();
        assert_eq!(LOOK * u32::try_from(moments).unwrap(), millis(10) * REST * PATIENCE);
        chunks.looked(millis(100));
        chunks.owed(now);
        assert!(chunks.is_patient(now));
        assert!(!chunks.is_patient(now + millis(5_000)), "nobody collects any more");
    }
}
