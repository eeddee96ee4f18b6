//! For how long an environment keeps data.

use serde::{Deserialize, Serialize};

use crate::{invalid::Problem, time::Millis};

/// So many days after it was received, data goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Retention(u16);

impl Retention {
    /// The fewest days.
    pub const FEWEST: u16 = 1;
    /// The most days: ten years.
    pub const MOST: u16 = 3_650;

    /// From a number of days.
    pub fn from_days(days: i64) -> Option<Self> {
        u16::try_from(days).ok().filter(|days| (Self::FEWEST..=Self::MOST).contains(days)).map(Self)
    }

    /// From the text of a form, where nothing means for ever.
    ///
    /// # Errors
    /// `NotBetween`.
    pub fn parse(text: &str) -> Result<Option<Self>, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let days = text.parse().ok().and_then(Self::from_days);
        days.map(Some).ok_or(Problem::NotBetween { min: Self::FEWEST.into(), max: Self::MOST.into() })
    }

    /// Days, as they are stored and sent.
    pub const fn days(self) -> u16 {
        self.0
    }

    /// What was received up to this moment is older.
    pub const fn cut(self, now: Millis) -> Millis {
        now.plus_days(-(self.0 as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_a_whole_number_within_bounds_or_nothing() {
        assert_eq!(Retention::parse("  "), Ok(None));
        assert_eq!(Retention::parse(" 90 "), Ok(Some(Retention(90))));
        for days in [Retention::FEWEST, Retention::MOST] {
            assert_eq!(Retention::parse(&days.to_string()), Ok(Some(Retention(days))));
        }
        for bad in ["0", "-1", "3651", "1.5", "a year", "99999999999999999999"] {
            assert_eq!(Retention::parse(bad), Err(Problem::NotBetween { min: 1, max: 3_650 }), "{bad}");
        }
    }

    #[test]
    fn a_day_has_twenty_four_hours() {
        assert_eq!(Retention(2).cut(Millis(200_000_000)), Millis(200_000_000 - 2 * 86_400_000));
    }
}
