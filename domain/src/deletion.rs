//! Deletion requests: whom to erase, how far it is, what went.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::{
    collect::{CollectError, Who},
    invalid::{Field, Invalid, Mistakes, Problem},
};

/// A user to erase, named as collection names users.
pub type Target = Who;

/// Why the body of a deletion request is refused; in words as the bodies of collection.
pub type DeletionBodyError = CollectError;

/// The most users of one request (Heap's limit).
pub const MAX_TARGETS: u32 = 10_000;

/// Parses the body of `POST /api/public/v0/user_deletion`: `users`, each with exactly one of `user_id` and `identity`.
///
/// # Errors
/// The first thing wrong, with its path.
pub fn parse_api_body(body: &[u8]) -> Result<Vec<Target>, DeletionBodyError> {
    crate::collect::parse_targets(body)
}

/// Which of its two names a form gives a user by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// By identity.
    Identity,
    /// By user id.
    UserId,
}

impl TargetKind {
    /// Every kind there is.
    pub const ALL: [Self; 2] = [Self::Identity, Self::UserId];

    /// The word that is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::UserId => "user_id",
        }
    }

    /// The reverse of [`TargetKind::as_str`].
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(word: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(Problem::NotAChoice)
    }
}

/// Parses the form: one user a line, empty lines tolerated, identities byte for byte.
///
/// # Errors
/// Every bad line with its number.
pub fn parse_form(kind: &str, text: &str) -> Result<Vec<Target>, Invalid> {
    let mut mistakes = Mistakes::new();
    let kind = mistakes.take(Field::Kind, TargetKind::parse(kind));
    let mut targets = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let parsed = match kind {
            Some(TargetKind::Identity) => crate::user::Identity::parse(line).map(Who::Identity),
            Some(TargetKind::UserId) => crate::user::UserId::parse(line).map(Who::UserId),
            None => continue,
        };
        match parsed {
            Ok(target) => targets.push(target),
            Err(problem) => mistakes.add(Field::Targets, Some(number), problem),
        }
    }
    if text.trim().is_empty() {
        mistakes.add(Field::Targets, None, Problem::Empty);
    }
    if targets.len() > MAX_TARGETS as usize {
        mistakes.add(Field::Targets, None, Problem::TooMany { max: MAX_TARGETS });
    }
    mistakes.finish().map(|()| targets)
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
}

impl RequestState {
    /// Every state there is.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Running, Self::Complete];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Complete => "complete",
        }
    }

    /// The reverse of [`RequestState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// The word of the public API, which knows two: what is not complete is pending.
    pub const fn public_word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Pending | Self::Running => "pending",
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
