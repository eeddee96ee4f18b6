//! Which requests a second person has to approve.

use serde::{Deserialize, Serialize};

use crate::{audit::ActorKind, invalid::Problem};

/// How few teammates with full access are too few for one of them to wait for another.
pub const FULL_TEAMMATES: u32 = 2;

/// What an account demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Nothing.
    #[default]
    Never,
    /// A second person for what is requested in the console.
    People,
    /// For what scripts request as well.
    Everybody,
}

impl Approval {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Never, Self::People, Self::Everybody];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::People => "people",
            Self::Everybody => "everybody",
        }
    }

    /// The reverse of [`Approval::as_str`].
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(word: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|approval| approval.as_str() == word).ok_or(Problem::NotAChoice)
    }

    /// Whether a request of this actor waits for somebody else, in an account that has so many teammates with full access.
    pub const fn is_demanded(self, of: ActorKind, full_teammates: u32) -> bool {
        let of_them = match self {
            Self::Never => false,
            Self::People => !matches!(of, ActorKind::ApiKey | ActorKind::System),
            Self::Everybody => !matches!(of, ActorKind::System),
        };
        of_them && full_teammates >= FULL_TEAMMATES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_wait_only_where_it_is_set_so_and_nobody_waits_for_a_second_person_who_is_not_there() {
        use ActorKind::{ApiKey, Operator, Person, System};
        let demanded = |approval: Approval, teammates| [Person, ApiKey, Operator, System].map(|kind| approval.is_demanded(kind, teammates));
        assert_eq!(demanded(Approval::Never, 9), [false; 4]);
        assert_eq!(demanded(Approval::People, 2), [true, false, true, false]);
        assert_eq!(demanded(Approval::Everybody, 2), [true, true, true, false]);
        assert_eq!(demanded(Approval::Everybody, 1), [false; 4]);
    }

    #[test]
    fn words_survive_storage() {
        for approval in Approval::ALL {
            assert_eq!(Approval::parse(approval.as_str()), Ok(approval));
        }
        assert_eq!(Approval::parse("sometimes"), Err(Problem::NotAChoice));
    }
}
