//! Whether those who are erased are kept out afterwards.

use serde::{Deserialize, Serialize};

use crate::{invalid::Problem, time::Millis};

/// For how long nothing is collected of them again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suppression {
    /// Not at all: whoever comes back is a new user.
    #[default]
    None,
    /// So many days from the request on.
    Days(u16),
    /// Until somebody lifts it.
    Forever,
}

const DAY: i64 = 86_400_000;

impl Suppression {
    /// Every choice.
    pub const ALL: [Self; 5] = [Self::None, Self::Days(30), Self::Days(90), Self::Days(365), Self::Forever];

    /// The word that is sent.
    pub fn word(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Days(days) => days.to_string(),
            Self::Forever => "forever".to_owned(),
        }
    }

    /// The reverse of [`Suppression::word`].
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(word: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|choice| choice.word() == word.trim()).ok_or(Problem::NotAChoice)
    }

    /// Until when, if it is asked for; [`Suppression::EVER`] where it does not end.
    pub fn until(self, from: Millis) -> Option<Millis> {
        match self {
            Self::None => None,
            Self::Days(days) => Some(from.plus_millis(i64::from(days) * DAY)),
            Self::Forever => Some(Self::EVER),
        }
    }

    /// Later than any day that comes.
    pub const EVER: Millis = Millis(i64::MAX);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suppression_is_one_of_the_choices_and_ends_when_it_says() {
        for choice in Suppression::ALL {
            assert_eq!(Suppression::parse(&choice.word()), Ok(choice));
        }
        assert_eq!(Suppression::parse("7"), Err(Problem::NotAChoice));
        assert_eq!(Suppression::None.until(Millis(5)), None);
        assert_eq!(Suppression::Days(30).until(Millis(5)), Some(Millis(5 + 30 * DAY)));
        assert_eq!(Suppression::Forever.until(Millis(5)), Some(Suppression::EVER));
    }
}
