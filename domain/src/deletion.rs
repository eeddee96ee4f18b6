//! Deletion requests: whom to erase, how far it is, what went.

mod approval;
mod file;
mod grace;
mod suppression;
mod sweep;
mod whom;

pub use approval::{Approval, FULL_TEAMMATES};
pub use file::TargetFile;
pub use grace::Grace;
pub use suppression::Suppression;
pub use sweep::Sweep;
pub use whom::{Having, TargetKind, Whom, WhomText};

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::collect::{CollectError, Who};

/// A user to erase, named as collection names users.
pub type Target = Who;

/// Why the body of a deletion request is refused; in words as the bodies of collection.
pub type DeletionBodyError = CollectError;

/// The most users of one request (Heap's limit).
pub const MAX_TARGETS: u32 = 10_000;

/// The most users of one request that a property leads to, or that a file names. More are counted and refused, never left out.
pub const MAX_FOUND: u32 = 100_000;

/// Parses the body of `POST /api/public/v0/user_deletion`: `users`, each with exactly one of `user_id` and `identity`.
///
/// # Errors
/// The first thing wrong, with its path.
pub fn parse_api_body(body: &[u8]) -> Result<Vec<Target>, DeletionBodyError> {
    crate::collect::parse_targets(body)
}

/// How far a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Not begun.
    Pending,
    /// Erasing.
    Running,
    /// A verifying count found nothing left.
    Complete,
    /// Taken back before it began. Nothing went.
    Cancelled,
    /// Tried so often in vain that somebody has to look. What went is gone, and the rest waits.
    Failed,
}

impl RequestState {
    /// Every state there is.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Running, Self::Complete, Self::Cancelled, Self::Failed];

    /// Whether nothing more comes by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Complete | Self::Cancelled | Self::Failed)
    }

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Complete => "complete",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// The reverse of [`RequestState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// The word of the public API. Heap's clients know `pending` and `complete`; what will never be complete by itself says so.
    pub const fn public_word(self) -> &'static str {
        match self {
            Self::Pending | Self::Running => "pending",
            Self::Complete => "complete",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }
}

/// What a request finds or erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Rows of users.
    pub users: u64,
    /// Events.
    pub events: u64,
    /// Properties of users.
    pub properties: u64,
    /// Aliases.
    pub aliases: u64,
}

impl Counts {
    /// All rows together.
    pub const fn total(self) -> u64 {
        self.users.saturating_add(self.events).saturating_add(self.properties).saturating_add(self.aliases)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.users = self.users.saturating_add(more.users);
        self.events = self.events.saturating_add(more.events);
        self.properties = self.properties.saturating_add(more.properties);
        self.aliases = self.aliases.saturating_add(more.aliases);
    }
}

#[cfg(test)]
mod tests;
