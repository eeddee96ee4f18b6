//! How long collection's batches take on this server while none of the worker's chunks is in their way.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Who was collecting so lately is collecting still.
const LATELY: Duration = Duration::from_secs(1);
/// One batch is as good as another: the usual time follows some tens of them.
const WEIGHT: u32 = 16;

/// What the collector tells and the worker asks. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traffic(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    usual: Option<Duration>,
    last: Option<Instant>,
    /// Chunks that have begun since the start, and how many of them have not ended.
    chunks: u64,
    open: u32,
}

/// A batch that is being written.
pub(crate) struct Batch {
    began: Instant,
    /// How many chunks had begun; none where one was under way.
    chunks: Option<u64>,
}

/// While it lives, batches are not as they usually are.
pub(crate) struct Disturbance(Traffic);

impl Traffic {
    /// A batch begins.
    pub(crate) fn begin(&self, now: Instant) -> Batch {
        let state = self.state();
        Batch { began: now, chunks: (state.open == 0).then_some(state.chunks) }
    }

    /// The batch is committed.
    pub(crate) fn end(&self, batch: &Batch, now: Instant) {
        let mut state = self.state();
        state.last = Some(now);
        if batch.chunks == Some(state.chunks) {
            let took = now.saturating_duration_since(batch.began);
            state.usual = Some(state.usual.map_or(took, |usual| (usual * (WEIGHT - 1) + took) / WEIGHT));
        }
    }

    /// A chunk of the worker begins that batches may have to wait for.
    pub(crate) fn disturb(&self) -> Disturbance {
        let mut state = self.state();
        state.chunks += 1;
        state.open += 1;
        Disturbance(self.clone())
    }

    /// How long a batch usually takes; zero where that is not known yet. `None` while nothing is collected.
    pub(crate) fn usual(&self, now: Instant) -> Option<Duration> {
        let state = self.state();
        let lately = state.last.is_some_and(|last| now.saturating_duration_since(last) < LATELY);
        lately.then(|| state.usual.unwrap_or_default())
    }

    /// Whoever panicked while holding it left nothing half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Disturbance {
    fn drop(&mut self) {
        self.0.state().open -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: Duration = Duration::from_millis(1);

    fn batch(traffic: &Traffic, now: &mut Instant, took: Duration) {
        let batch = traffic.begin(*now);
        *now += took;
        traffic.end(&batch, *now);
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
    fn what_a_chunk_is_in_the_way_of_is_not_usual() {
        let (traffic, mut now) = (Traffic::default(), Instant::now());
        batch(&traffic, &mut now, MILLISECOND);
        let chunk = traffic.disturb();
        batch(&traffic, &mut now, 90 * MILLISECOND);
        let waits = traffic.begin(now);
        drop(chunk);
        traffic.end(&waits, now + 90 * MILLISECOND);
        let overtaken = traffic.begin(now);
        drop(traffic.disturb());
        traffic.end(&overtaken, now + 90 * MILLISECOND);
        assert_eq!(traffic.usual(now), Some(MILLISECOND));
        batch(&traffic, &mut now, MILLISECOND);
        assert_eq!(traffic.usual(now), Some(MILLISECOND));
    }
}
