//! Requests that name nobody and go over what an environment holds.

use serde::{Deserialize, Serialize};

/// What such a request leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sweep {
    /// Nothing that was received up to the cut.
    Everything,
    /// What was received after the cut, which is as long ago as the environment keeps data; and the users of whom something was.
    Retention,
    /// What the environment's privacy settings would have kept of it.
    Scrub,
}

impl Sweep {
    /// Every one there is.
    pub const ALL: [Self; 3] = [Self::Everything, Self::Retention, Self::Scrub];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Retention => "retention",
            Self::Scrub => "scrub",
        }
    }

    /// The reverse of [`Sweep::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sweep| sweep.as_str() == word)
    }
}
