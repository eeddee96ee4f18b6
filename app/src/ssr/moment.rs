//! Instants as pages show them. Made on the server, so that the browser need not agree on clock and language.

use domain::time::Millis;
use jiff::Timestamp;

use super::state;
use crate::components::Moment;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// This instant.
pub fn now() -> Millis {
    state().map_or(Millis(0), |state| state.surroundings.now())
}

/// The instant, and how long ago it is or when it will be.
pub fn moment(at: Millis) -> Moment {
    let now = state().map_or(at, |state| state.surroundings.now());
    let instant = Timestamp::from_millisecond(at.0).unwrap_or_default();
    Moment {
        iso: instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        exact: instant.strftime("%-d %B %Y, %H:%M:%S UTC").to_string(),
        relative: relative(at, now, instant),
    }
}

fn relative(at: Millis, now: Millis, instant: Timestamp) -> String {
    let seconds = (at.0 - now.0) / 1_000;
    let away = seconds.abs();
    let unit = match away {
        0..MINUTE => return "just now".to_owned(),
        MINUTE..HOUR => (MINUTE, "minute"),
        HOUR..DAY => (HOUR, "hour"),
        _ if away < 30 * DAY => (DAY, "day"),
        _ => return instant.strftime("%-d %b %Y").to_string(),
    };
    // What is seven days off is so until only six are left.
    let (length, name) = unit;
    if seconds < 0 { format!("{} ago", plural(away / length, name)) } else { format!("in {}", plural((away + length - 1) / length, name)) }
}

fn plural(count: i64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_told_by_its_distance_and_far_ones_by_their_date() {
        let now = Millis(1_763_769_600_000);
        let told = |seconds: i64| {
            let at = now.plus_seconds(seconds);
            relative(at, now, Timestamp::from_millisecond(at.0).unwrap_or_default())
        };
        assert_eq!(told(-59), "just now");
        assert_eq!(told(-60), "1 minute ago");
        assert_eq!(told(-2 * HOUR), "2 hours ago");
        assert_eq!(told(7 * DAY), "in 7 days");
        assert_eq!(told(7 * DAY - 1), "in 7 days");
        assert_eq!(told(-40 * DAY), "13 Oct 2025");
    }
}
