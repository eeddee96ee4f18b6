//! The values of a body's keys.

use std::{borrow::Cow, ops::RangeInclusive};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde_json::Number;

use super::{
    Who,
    error::{CollectError, Expected, Path},
    properties::longer_than,
    raw::Scalar,
};
use crate::{
    company::CompanyId,
    id::EnvironmentId,
    invalid::Problem,
    name::EventName,
    time::Millis,
    user::{Identity, UserId},
};

type Judged<T> = Result<T, CollectError>;

/// Whole milliseconds below this are seconds of a client that mixed them up: 1973 in one unit, 5138 in the other.
const FIRST_MILLIS: i64 = 100_000_000_000;

/// The last of the whole numbers that a fraction tells apart.
const MAX_EXACT: f64 = 9_007_199_254_740_991.0;

/// The whole milliseconds since 1970 that a client may send as a time. Later ones no calendar here reaches: they would be stored and then shown nowhere.
pub fn instants() -> RangeInclusive<i64> {
    FIRST_MILLIS..=Timestamp::MAX.as_millisecond()
}

pub(super) fn environment(value: &Scalar<'_>) -> Judged<EnvironmentId> {
    let at = Path::default();
    let id = match value {
        Scalar::Absent => return Err(at.should(Expected::Key("app_id"))),
        Scalar::Text(text) => text.parse().ok(),
        Scalar::Number(number) => whole(number).and_then(|id| EnvironmentId::new(id).ok()),
        _ => return Err(at.key("app_id").should(Expected::Text)),
    };
    id.ok_or_else(|| at.key("app_id").should(Expected::EnvironmentId))
}

pub(super) fn event_name(value: &Scalar<'_>, at: &Path) -> Judged<EventName> {
    let text = text(value, at, "event")?;
    EventName::parse(text).map_err(|problem| at.clone().key("event").should(expected(problem)))
}

pub(super) fn identity(value: &Scalar<'_>, at: &Path) -> Judged<Identity> {
    let text = text(value, at, "identity")?;
    Identity::parse(text).map_err(|problem| match problem {
        Problem::ControlCharacters => at.clone().key("identity").should(Expected::NoNul),
        _ => at.clone().key("identity").should(expected(problem)),
    })
}

pub(super) fn user_id(value: &Scalar<'_>, at: &Path) -> Judged<UserId> {
    let id = match value {
        Scalar::Absent => return Err(at.clone().should(Expected::Key("user_id"))),
        Scalar::Text(text) => UserId::parse(text).ok(),
        Scalar::Number(number) => whole(number).and_then(|id| u64::try_from(id).ok()).and_then(UserId::new),
        _ => return Err(at.clone().key("user_id").should(Expected::Text)),
    };
    id.ok_or_else(|| at.clone().key("user_id").should(Expected::UserId))
}

pub(super) fn who(name: &Scalar<'_>, number: &Scalar<'_>, at: &Path) -> Judged<Who> {
    match (name, number) {
        (Scalar::Absent, Scalar::Absent) => Err(at.clone().should(Expected::OneName)),
        (name, Scalar::Absent) => identity(name, at).map(Who::Identity),
        (Scalar::Absent, number) => user_id(number, at).map(Who::UserId),
        _ => Err(at.clone().should(Expected::OneName)),
    }
}

/// A company's id: text, or a number that stands for its digits.
pub(super) fn company(value: Scalar<'_>, at: &Path) -> Judged<Option<CompanyId>> {
    let Some(text) = token(value, at, "account_id", CompanyId::MAX)? else { return Ok(None) };
    CompanyId::parse(&text).map(Some).map_err(|problem| at.clone().key("account_id").should(expected(problem)))
}

/// A name that a client made up: text, or a number that stands for its digits.
pub(super) fn token(value: Scalar<'_>, at: &Path, key: &'static str, max: u32) -> Judged<Option<String>> {
    let text = match value {
        Scalar::Absent => return Ok(None),
        Scalar::Text(text) => text,
        Scalar::Number(number) => Cow::Owned(number.to_string()),
        _ => return Err(at.clone().key(key).should(Expected::Text)),
    };
    if text.trim().is_empty() {
        Err(at.clone().key(key).should(Expected::NotBlank))
    } else if longer_than(&text, max) {
        Err(at.clone().key(key).should(Expected::AtMostChars(max)))
    } else if text.contains('\0') {
        Err(at.clone().key(key).should(Expected::NoNul))
    } else {
        Ok(Some(text.into_owned()))
    }
}

/// ISO 8601, UTC where it names no offset, or whole milliseconds since 1970.
pub(super) fn instant(value: &Scalar<'_>, at: &Path) -> Judged<Option<Millis>> {
    let instant = match value {
        Scalar::Absent => return Ok(None),
        Scalar::Text(text) => parse_instant(text.trim()),
        Scalar::Number(number) => whole(number).filter(|millis| instants().contains(millis)),
        _ => return Err(at.clone().key("timestamp").should(Expected::Text)),
    };
    match instant {
        Some(millis) => Ok(Some(Millis(millis))),
        None => Err(at.clone().key("timestamp").should(Expected::DateTime)),
    }
}

/// JSON has one kind of number: 42.0, as some languages write it, is 42. Beyond 2^53 a fraction says nothing about being whole.
fn whole(number: &Number) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "whole and small enough")]
    let from_fraction = |value: f64| (value.fract() == 0.0 && value.abs() <= MAX_EXACT).then_some(value as i64);
    number.as_i64().or_else(|| number.as_f64().and_then(from_fraction))
}

fn parse_instant(text: &str) -> Option<i64> {
    let with_offset = || text.parse::<Timestamp>().ok();
    let without = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    with_offset().or_else(without).map(Timestamp::as_millisecond)
}

fn text<'v>(value: &'v Scalar<'_>, at: &Path, key: &'static str) -> Judged<&'v str> {
    match value {
        Scalar::Text(text) => Ok(text),
        Scalar::Absent => Err(at.clone().should(Expected::Key(key))),
        _ => Err(at.clone().key(key).should(Expected::Text)),
    }
}

fn expected(problem: Problem) -> Expected {
    match problem {
        Problem::Empty => Expected::NotBlank,
        Problem::TooLong { max } => Expected::AtMostChars(max),
        Problem::ControlCharacters => Expected::Printable,
        _ => Expected::Text,
    }
}
