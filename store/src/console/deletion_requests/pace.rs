//! How long requests take, as it was measured.

use super::Console;
use crate::{
    Error,
    access::{Granted, View},
    engine::{args, statements},
};

statements! {
    /// Those from before there was a grace period say nothing of when they could begin.
    PACE = "SELECT completed_at - erase_at FROM deletion_requests WHERE account_id = $1 AND state = 'complete' AND erase_at > 0 AND (sweep IS NULL OR sweep = 'everything') AND users_found <= $2 ORDER BY id DESC LIMIT $3";
}

/// The most users of a request that the promise is about.
pub const PROMISED_USERS: i64 = 100;

/// Within so many seconds of the end of grace, 99 of 100 requests are complete.
pub const PROMISED_SECONDS: u64 = 60;

/// How many requests are looked at.
const NEWEST: u32 = 1_000;

/// How long the newest requests of up to [`PROMISED_USERS`] users took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many there are.
    pub requests: u64,
    /// Milliseconds from the end of grace within which 99 of 100 were complete.
    pub within_millis: u64,
}

impl Console {
    /// Nothing before the first is complete.
    ///
    /// # Errors
    /// `Database`.
    pub async fn deletion_pace(&self, granted: &Granted<View>) -> Result<Option<Pace>, Error> {
        let rows: Vec<(i64,)> = self.db.read().await?.all(&PACE, args![granted.account, PROMISED_USERS, NEWEST]).await?;
        Ok(pace(rows.into_iter().map(|(millis,)| u64::try_from(millis).unwrap_or(0)).collect()))
    }
}

/// The time that 99 of 100 did not exceed: of fewer than a hundred that is the longest.
fn pace(mut times: Vec<u64>) -> Option<Pace> {
    times.sort_unstable();
    let place = (times.len() * 99).div_ceil(100).checked_sub(1)?;
    Some(Pace { requests: u64::try_from(times.len()).unwrap_or(u64::MAX), within_millis: *times.get(place)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hundred_the_slowest_is_left_out_and_of_fewer_it_counts() {
        assert_eq!(pace(Vec::new()), None);
        assert_eq!(pace(vec![7]), Some(Pace { requests: 1, within_millis: 7 }));
        assert_eq!(pace((1..=99).rev().collect()), Some(Pace { requests: 99, within_millis: 99 }));
        assert_eq!(pace((1..=100).collect()), Some(Pace { requests: 100, within_millis: 99 }));
    }
}
