//! How long a request that was made in the console can be taken back.

use serde::{Deserialize, Serialize};

use crate::invalid::Problem;

/// One of the periods to choose from, up to 14 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grace(u16);

impl Grace {
    /// Erasing starts at once.
    pub const NONE: Self = Self(0);

    /// What can be chosen, in hours.
    pub const ALL: [Self; 6] = [Self::NONE, Self(1), Self(24), Self(3 * 24), Self(7 * 24), Self(14 * 24)];

    /// What an account begins with.
    pub const USUAL: Self = Self(24);

    /// Hours, as they are stored and sent.
    pub const fn hours(self) -> u16 {
        self.0
    }

    /// From a number of hours.
    pub fn from_hours(hours: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|grace| i64::from(grace.0) == hours)
    }

    /// From the text of a form.
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        text.parse().ok().and_then(Self::from_hours).ok_or(Problem::NotAChoice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_one_of_the_choices() {
        assert!(Grace::ALL.contains(&Grace::USUAL));
        for grace in Grace::ALL {
            assert_eq!(Grace::parse(&grace.hours().to_string()), Ok(grace));
        }
        for bad in ["", "2", "-1", "337", "a day"] {
            assert_eq!(Grace::parse(bad), Err(Problem::NotAChoice));
        }
    }
}
