//! How long requests wait while nothing is in their way, and whether too many wait longer.

use std::time::Duration;

use hdrhistogram::Histogram;

/// What is told is of the last one or two times as many: an SQLite whose log is folded every some seconds has to have done so several times, and a server that becomes busier is
/// to be followed.
const MANY: u64 = 10_000;
/// Of fewer it says nothing.
const FEW: u64 = 200;
/// What is told is looked up so often.
const EVERY: u64 = 100;
/// In microseconds; what takes longer counts as this.
const LONGEST: u64 = 60_000_000;

/// Requests that nothing was in the way of.
#[derive(Debug)]
pub(super) struct Calm {
    recent: Histogram<u32>,
    older: Histogram<u32>,
    p99: Option<Duration>,
}

impl Default for Calm {
    fn default() -> Self {
        #[expect(clippy::expect_used, reason = "the bounds are constants")]
        let empty: Histogram<u32> = Histogram::new_with_bounds(1, LONGEST, 2).expect("bounds that a histogram can have");
        Self { recent: empty.clone(), older: empty, p99: None }
    }
}

impl Calm {
    pub(super) fn record(&mut self, wait: Duration) {
        self.recent.saturating_record(u64::try_from(wait.as_micros()).unwrap_or(LONGEST));
        if self.recent.len().is_multiple_of(EVERY) {
            self.look_up();
        }
        if self.recent.len() >= MANY {
            std::mem::swap(&mut self.recent, &mut self.older);
            self.recent.reset();
        }
    }

    /// What one of a hundred exceeds.
    pub(super) const fn p99(&self) -> Option<Duration> {
        self.p99
    }

    fn look_up(&mut self) {
        let mut all = self.older.clone();
        // They have the same bounds, so all fits.
        if all.add(&self.recent).is_ok() && all.len() >= FEW {
            self.p99 = Some(Duration::from_micros(all.value_at_quantile(0.99)));
        }
    }
}

/// Of so many requests one may wait too long: a little less than one of a hundred, which p99 means.
const ONE_OF: i64 = 160;
/// So many of them may do so at once.
const AT_ONCE: i64 = 4;
/// More are forgiven: a disk that stood still for a while says little about what is to come.
const MOST: i64 = 200;

/// How many requests may yet wait too long, in requests: each earns a little, and one that does wait costs what many earn.
#[derive(Debug, Default)]
pub(super) struct Budget(i64);

impl Budget {
    pub(super) fn request(&mut self, waited_too_long: bool) {
        let cost = if waited_too_long { ONE_OF } else { 0 };
        self.0 = (self.0 + 1 - cost).clamp(-MOST * ONE_OF, AT_ONCE * ONE_OF);
    }

    /// Whether more have waited too long than should have.
    pub(super) const fn is_overdrawn(&self) -> bool {
        self.0 < 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: Duration = Duration::from_millis(1);

    /// A hundred requests, of which two take long.
    fn hundred(calm: &mut Calm, usual: u32, longest: u32) {
        (0..98).for_each(|_| calm.record(MILLISECOND * usual));
        (0..2).for_each(|_| calm.record(MILLISECOND * longest));
    }

    fn millis(wait: Option<Duration>) -> Option<u128> {
        wait.map(|wait| wait.as_millis())
    }

    #[test]
    fn one_of_a_hundred_takes_longer_than_what_is_told_of_the_last_many() {
        let mut calm = Calm::default();
        hundred(&mut calm, 1, 7);
        assert_eq!(calm.p99(), None, "of so few it says nothing");
        hundred(&mut calm, 1, 7);
        assert_eq!(millis(calm.p99()), Some(7));
        (0..MANY / 100).for_each(|_| hundred(&mut calm, 2, 3));
        (0..2 * MANY / 100).for_each(|_| hundred(&mut calm, 20, 30));
        assert_eq!(millis(calm.p99()), Some(30), "a busier server is followed");
        calm.record(Duration::from_secs(1_000_000));
    }

    #[test]
    fn fewer_than_one_request_of_a_hundred_may_wait_too_long() {
        let overdrawn = |slow: usize| {
            let mut budget = Budget::default();
            (0..10_000).for_each(|n| budget.request(n % 1_000 < slow));
            budget.is_overdrawn()
        };
        assert!(!overdrawn(5));
        assert!(overdrawn(10));
    }

    #[test]
    fn what_happened_long_ago_is_neither_saved_nor_owed_for_ever() {
        let mut budget = Budget::default();
        (0..100_000).for_each(|_| budget.request(false));
        (0..=AT_ONCE).for_each(|_| budget.request(true));
        assert!(budget.is_overdrawn());
        (0..100_000).for_each(|_| budget.request(true));
        (0..MOST * ONE_OF).for_each(|_| budget.request(false));
        assert!(!budget.is_overdrawn());
    }
}
