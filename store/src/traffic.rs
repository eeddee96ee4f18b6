//! How long collection's batches take on this server while none of the worker's chunks is in their way, and whether requests wait for too long while some are.

mod waits;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use waits::{Budget, Calm};

/// Who was collecting so lately is collecting still.
const LATELY: Duration = Duration::from_secs(1);
/// One batch is as good as another: the usual time follows some tens of them.
const WEIGHT: u32 = 16;

/// So long after a chunk its traces are gone: longer than SQLite's log is folded.
const SETTLED: Duration = Duration::from_secs(3);
/// So long after the last chunk the next one begins something new. More than the worker rests, unless a chunk took seconds.
const LONG_AGO: Duration = Duration::from_secs(30);
/// A request waits for too long when it takes so much longer than all but one of a hundred do.
const TOO_LONG: u32 = 2;
/// And than a usual batch, as long as that one is not known.
const LIKE_P99: u32 = 3;

/// What the collector tells and the worker asks. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traffic(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    usual: Option<Duration>,
    last: Option<Instant>,
    /// Batches that are being written.
    writing: u32,
    /// Chunks that have begun since the start, and how many of them have not ended.
    chunks: u64,
    open: u32,
    ended: Option<Instant>,
    calm: Calm,
    /// What one of a hundred requests exceeded when the worker began.
    idle: Option<Duration>,
    budget: Budget,
}

/// A batch that is being written.
pub(crate) struct Batch {
    traffic: Traffic,
    began: Instant,
    /// How many chunks had begun; none where one was under way.
    chunks: Option<u64>,
}

/// While it lives, batches are not as they usually are.
pub(crate) struct Disturbance(Traffic);

impl Traffic {
    /// A batch begins.
    pub(crate) fn begin(&self, now: Instant) -> Batch {
        let mut state = self.state();
        state.writing += 1;
        Batch { traffic: self.clone(), began: now, chunks: (state.open == 0).then_some(state.chunks) }
    }

    /// The batch is committed. Its requests came at these instants.
    pub(crate) fn end(&self, batch: &Batch, requests: impl IntoIterator<Item = Instant>, now: Instant) {
        let mut state = self.state();
        state.last = Some(now);
        for since in requests {
            state.answered(since, now);
        }
        if batch.chunks == Some(state.chunks) {
            let took = now.saturating_duration_since(batch.began);
            state.usual = Some(state.usual.map_or(took, |usual| (usual * (WEIGHT - 1) + took) / WEIGHT));
        }
    }

    /// A chunk of the worker begins that batches may have to wait for.
    pub(crate) fn disturb(&self, now: Instant) -> Disturbance {
        let mut state = self.state();
        if !state.is_disturbed(now) {
            state.idle = state.calm.p99();
            state.budget = Budget::default();
        }
        state.chunks += 1;
        state.open += 1;
        Disturbance(self.clone())
    }

    /// Whether, since the worker is busy, more requests have waited for too long than should have. Not while nothing is collected.
    pub(crate) fn is_slowed(&self, now: Instant) -> bool {
        let state = self.state();
        state.is_collecting(now) && state.is_disturbed(now) && state.budget.is_overdrawn()
    }

    /// How long a batch usually takes; zero where that is not known yet. `None` while nothing is collected.
    pub(crate) fn usual(&self, now: Instant) -> Option<Duration> {
        let state = self.state();
        state.is_collecting(now).then(|| state.usual.unwrap_or_default())
    }

    /// Whoever panicked while holding it left nothing half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_collecting(&self, now: Instant) -> bool {
        self.writing > 0 || self.last.is_some_and(|last| now.saturating_duration_since(last) < LATELY)
    }

    /// Whether the worker is busy, or was just now.
    fn is_disturbed(&self, now: Instant) -> bool {
        self.open > 0 || self.ended.is_some_and(|ended| now.saturating_duration_since(ended) < LONG_AGO)
    }

    fn answered(&mut self, since: Instant, now: Instant) {
        let wait = now.saturating_duration_since(since);
        let is_calm = self.open == 0 && self.ended.is_none_or(|ended| since >= ended + SETTLED);
        if is_calm {
            self.calm.record(wait);
        }
        // The worker rests when others wait, so what is calm meanwhile is calmer than it was before.
        let p99 = self.idle.max(self.calm.p99()).or_else(|| self.usual.map(|usual| usual * LIKE_P99));
        self.budget.request(p99.is_some_and(|p99| wait > p99 * TOO_LONG));
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.traffic.state().writing -= 1;
    }
}

impl Drop for Disturbance {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.open -= 1;
        state.ended = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: Duration = Duration::from_millis(1);

    fn batch(traffic: &Traffic, now: &mut Instant, took: Duration) {
        let batch = traffic.begin(*now);
        *now += took;
        traffic.end(&batch, [], *now);
    }

    #[test]
    fn a_usual_batch_is_told_as_long_as_something_is_collected() {
        let (traffic, mut now) = (Traffic::default(), Instant::now());
        assert_eq!(traffic.usual(now), None);
        batch(&traffic, &mut now, 4 * MILLISECOND);
        assert_eq!(traffic.usual(now), Some(4 * MILLISECOND));
        for _ in 0..200 {
            batch(&traffic, &mut now, 8 * MILLISECOND);
        }
        assert_eq!(traffic.usual(now).map(|usual| usual.as_micros().div_ceil(100)), Some(80));
        assert_eq!(traffic.usual(now + LATELY), None);
    }

    #[test]
    fn a_batch_that_takes_long_is_being_collected_all_the_while() {
        let (traffic, now) = (Traffic::default(), Instant::now());
        let stuck = traffic.begin(now);
        assert!(traffic.usual(now + 100 * LATELY).is_some());
        drop(stuck);
        assert_eq!(traffic.usual(now + 100 * LATELY), None, "whoever gave it up");
    }

    #[test]
    fn what_a_chunk_is_in_the_way_of_is_not_usual() {
        let (traffic, mut now) = (Traffic::default(), Instant::now());
        batch(&traffic, &mut now, MILLISECOND);
        let chunk = traffic.disturb(now);
        batch(&traffic, &mut now, 90 * MILLISECOND);
        let waits = traffic.begin(now);
        drop(chunk);
        traffic.end(&waits, [], now + 90 * MILLISECOND);
        let overtaken = traffic.begin(now);
        drop(traffic.disturb(now));
        traffic.end(&overtaken, [], now + 90 * MILLISECOND);
        assert_eq!(traffic.usual(now), Some(MILLISECOND));
        batch(&traffic, &mut now, MILLISECOND);
        assert_eq!(traffic.usual(now), Some(MILLISECOND));
    }

    #[test]
    fn requests_wait_for_too_long_when_they_take_twice_as_long_as_all_but_one_of_a_hundred_did() {
        let (traffic, mut now) = (Traffic::default(), Instant::now());
        let hundred = |wait: Duration, now: &mut Instant| {
            let (batch, since) = (traffic.begin(*now), *now);
            *now += wait;
            traffic.end(&batch, [since; 100], *now);
        };
        (0..3).for_each(|_| hundred(4 * MILLISECOND, &mut now));
        let chunk = traffic.disturb(now);
        hundred(7 * MILLISECOND, &mut now);
        assert!(!traffic.is_slowed(now));
        hundred(9 * MILLISECOND, &mut now);
        assert!(traffic.is_slowed(now));
        assert!(!traffic.is_slowed(now + LATELY), "nobody collects any more");
        drop(chunk);
        hundred(9 * MILLISECOND, &mut now);
        assert_eq!(traffic.state().calm.p99().map(|wait| wait.as_millis()), Some(4), "what a chunk leaves behind is not calm");
        drop(traffic.disturb(Instant::now() + LONG_AGO));
        assert!(!traffic.is_slowed(now), "the next job begins anew");
    }
}
