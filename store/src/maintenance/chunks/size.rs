//! The rule: a time for each chunk, and as much in it as the last one did in such a time.

use std::time::Duration;

/// What a chunk consists of. Each kind has a speed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::maintenance) enum Work {
    /// Rows of what users did and what is known of them.
    Rows,
    /// Users and aliases themselves.
    Users,
    /// Pages of SQLite's file.
    Pages,
}

/// Nobody waits for it but the console.
const ALONE: Duration = Duration::from_millis(250);
/// Also where batches are faster, since a chunk has a price of its own, and where they are slower, since a person may wait.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(50);
/// How much was done in which time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speed {
    pub(super) done: u32,
    pub(super) took: Duration,
}

impl Work {
    /// The least and the most of a chunk.
    pub(super) const fn bounds(self) -> (u32, u32) {
        match self {
            Self::Rows => (64, 65_536),
            Self::Users => (16, 512),
            Self::Pages => (32, 8_192),
        }
    }

    /// As much as fits into the time, going by the last chunk; without one the first is small, and less so where nobody waits.
    pub(super) fn size(self, last: Option<Speed>, time: Duration) -> u32 {
        let (floor, cap) = self.bounds();
        let first = if time >= ALONE { 64 } else { 8 };
        let Some(Speed { done, took }) = last else { return floor.saturating_mul(first).min(cap) };
        let fits = u128::from(done) * time.as_nanos() / took.as_nanos().max(1);
        u32::try_from(fits).unwrap_or(cap).clamp(floor, cap)
    }
}

/// How long a chunk may take.
pub(super) fn time(usual_batch: Option<Duration>) -> Duration {
    usual_batch.map_or(ALONE, |usual| usual.clamp(SHORTEST, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_chunk_may_take_as_long_as_a_batch_within_bounds_and_longer_when_nothing_is_collected() {
        assert_eq!(time(None), ALONE);
        assert_eq!(time(Some(millis(7))), millis(7));
        assert_eq!(time(Some(Duration::ZERO)), SHORTEST);
        assert_eq!(time(Some(millis(900))), LONGEST);
    }

    #[test]
    fn the_last_chunk_tells_how_much_fits() {
        let last = |done, took| Some(Speed { done, took: millis(took) });
        assert_eq!(Work::Rows.size(last(2_000, 40), millis(10)), 500);
        assert_eq!(Work::Rows.size(last(500, 5), millis(10)), 1_000);
        assert_eq!(Work::Rows.size(last(500, 5_000), millis(1)), 64, "also the slowest disk gets on");
        assert_eq!(Work::Rows.size(last(60_000, 1), ALONE), 65_536);
        assert_eq!(Work::Rows.size(last(60_000, 0), ALONE), 65_536);
        assert_eq!(Work::Rows.size(None, ALONE), 4_096);
        assert_eq!(Work::Rows.size(None, LONGEST), 512);
        assert_eq!(Work::Users.size(None, LONGEST), 128);
    }
}
