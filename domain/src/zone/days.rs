//! Civil days as intervals of instants. Servers use the bundled database and never the machine's, so that all of them draw the same days.

use std::sync::LazyLock;

use jiff::{
    Timestamp, Zoned,
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Serialize};

use super::ZoneName;
use crate::time::Millis;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// One day in a time zone: `from <= instant < to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Its first instant.
    pub from: Millis,
    /// The first instant of the next day.
    pub to: Millis,
}

/// The last `days` days up to the one that holds `today_at`, oldest first, without gap or overlap. A day has 23 or 25 hours where clocks change, and begins
/// when clocks show its date first. A day that a zone left out, as Samoa did on 30 December 2011, has no bucket.
pub fn day_buckets(zone: &ZoneName, today_at: Millis, days: u16) -> Vec<Bucket> {
    let zone = DATABASE.get(zone.as_str()).unwrap_or(TimeZone::UTC);
    let now = Timestamp::from_millisecond(today_at.0).unwrap_or(if today_at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX });
    let mut date = Zoned::new(now, zone.clone()).date();
    let mut buckets = Vec::with_capacity(days.into());
    // Clocks that are put back across midnight show the old date again after the new day has begun.
    if let Some(tomorrow) = next(date).filter(|tomorrow| start(*tomorrow, &zone).is_some_and(|start| start <= now)) {
        date = tomorrow;
    }
    for _ in 0..days {
        let bounds = next(date).and_then(|next| Some((start(date, &zone)?, start(next, &zone)?)));
        // Only at the ends of the calendar, which lie thousands of years away.
        let Some((from, to)) = bounds else { break };
        if from < to {
            buckets.push(Bucket { date: date.to_string(), from: Millis(from.as_millisecond()), to: Millis(to.as_millisecond()) });
        }
        let Ok(yesterday) = date.yesterday() else {
            break;
        };
        date = yesterday;
    }
    buckets.reverse();
    buckets
}

fn next(date: Date) -> Option<Date> {
    date.tomorrow().ok()
}

/// When clocks show the date first.
fn start(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned(zone.clone()).ok().map(|midnight| midnight.timestamp())
}

/// The names to choose from, sorted: places, and UTC. [`ZoneName::parse`] accepts the database's other names as well.
pub fn names() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let is_place = |name: &String| name == "UTC" || (name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("SystemV/"));
        let mut names: Vec<String> = DATABASE.available().filter_map(|name| canonical(name.as_str())).filter(is_place).collect();
        names.sort_unstable();
        names.dedup();
        names
    });
    &NAMES
}

pub(super) fn canonical(text: &str) -> Option<String> {
    let zone = DATABASE.get(text).ok().filter(|zone| !zone.is_unknown())?;
    zone.iana_name().map(str::to_owned)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000;

    fn at(text: &str) -> Millis {
        Millis(text.parse::<Timestamp>().unwrap().as_millisecond())
    }

    fn buckets(zone: &str, now: &str, days: u16) -> Vec<Bucket> {
        day_buckets(&ZoneName::parse(zone).unwrap(), at(now), days)
    }

    fn hours(zone: &str, now: &str, days: u16) -> Vec<(String, i64)> {
        buckets(zone, now, days).into_iter().map(|b| (b.date, (b.to.0 - b.from.0) / HOUR)).collect()
    }

    fn day(date: &str, hours: i64) -> (String, i64) {
        (date.to_owned(), hours)
    }

    #[test]
    fn the_last_day_is_the_one_of_now_in_the_zone() {
        let bucket = |date: &str, from, to| Bucket { date: date.to_owned(), from: at(from), to: at(to) };
        assert_eq!(
            buckets("Asia/Tokyo", "2026-03-01T20:00:00Z", 2),
            [
                bucket("2026-03-01", "2026-02-28T15:00:00Z", "2026-03-01T15:00:00Z"),
                bucket("2026-03-02", "2026-03-01T15:00:00Z", "2026-03-02T15:00:00Z"),
            ]
        );
        assert_eq!(buckets("UTC", "2026-03-01T00:00:00Z", 1), [bucket("2026-03-01", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")]);
        assert_eq!(buckets("UTC", "2026-03-01T00:00:00Z", 0), []);
    }

    #[test]
    fn days_have_23_or_25_hours_where_clocks_change() {
        let spring = [day("2026-03-28", 24), day("2026-03-29", 23), day("2026-03-30", 24)];
        assert_eq!(hours("Europe/Berlin", "2026-03-30T10:00:00Z", 3), spring);
        let autumn = [day("2026-10-24", 24), day("2026-10-25", 25), day("2026-10-26", 24)];
        assert_eq!(hours("Europe/Berlin", "2026-10-26T10:00:00Z", 3), autumn);
    }

    #[test]
    fn a_day_without_midnight_begins_when_its_clocks_do() {
        let first = buckets("America/Sao_Paulo", "2018-11-04T12:00:00Z", 1);
        assert_eq!(first.first().map(|b| b.from), Some(at("2018-11-04T03:00:00Z")));
        assert_eq!(hours("America/Sao_Paulo", "2018-11-04T12:00:00Z", 1), [day("2018-11-04", 23)]);
    }

    #[test]
    fn a_day_that_a_zone_left_out_has_no_bucket() {
        let seen = hours("Pacific/Apia", "2011-12-31T12:00:00Z", 4);
        assert_eq!(seen, [day("2011-12-29", 24), day("2011-12-31", 24), day("2012-01-01", 24)]);
    }

    #[test]
    fn now_has_a_bucket_while_clocks_show_yesterday_again() {
        // St John's put clocks back from 00:01 to 23:01 on 7 November 2010.
        let now = "2010-11-07T02:45:00Z";
        assert_eq!(buckets("America/St_Johns", now, 1).first().map(|b| b.from <= at(now) && at(now) < b.to), Some(true));
    }

    #[test]
    fn the_list_of_zones_is_what_a_form_accepts() {
        assert!(names().len() > 400);
        assert!(names().iter().any(|name| name == "UTC"));
        assert!(names().iter().all(|name| ZoneName::parse(name).as_ref().map(ZoneName::as_str) == Ok(name)));
    }

    proptest! {
        #[test]
        fn buckets_follow_one_another_and_the_last_holds_now(
            zone in prop::sample::select(names()),
            now in -2_000_000_000_000..4_000_000_000_000_i64,
            days in 1..100_u16,
        ) {
            let zone = ZoneName::parse(&zone).unwrap();
            let buckets = day_buckets(&zone, Millis(now), days);
            prop_assert!(buckets.len() <= days.into() && buckets.len() + 1 >= days.into());
            prop_assert!(buckets.last().is_some_and(|last| last.from.0 <= now && now < last.to.0));
            for (day, next) in buckets.iter().zip(buckets.iter().skip(1)) {
                prop_assert_eq!(day.to, next.from);
                prop_assert!(day.date < next.date);
            }
            for day in &buckets {
                // The longest that a zone ever repeated is a day, when Alaska and Kwajalein changed sides of the date line.
                prop_assert!((1..=48 * HOUR).contains(&(day.to.0 - day.from.0)));
                let first = Timestamp::from_millisecond(day.from.0).unwrap().to_zoned(DATABASE.get(zone.as_str()).unwrap());
                prop_assert_eq!(first.date().to_string(), day.date.clone());
            }
        }

        #[test]
        fn no_instant_makes_buckets_panic(now in any::<i64>(), days in 0..400_u16) {
            let _ = day_buckets(&ZoneName::default(), Millis(now), days);
        }

        #[test]
        fn no_text_makes_parsing_a_zone_panic(text in ".{0,80}") {
            let _ = ZoneName::parse(&text);
        }
    }
}
