//! Exports of what was collected of a user, for who asks what is known of them: how far one is, and what its archive says.
//!
//! An archive holds [`ExportFile::Data`] for machines, [`ExportFile::Page`] for people and [`ExportFile::Events`] for spreadsheets. All three are written in pieces, so that
//! a user with a million events needs no more memory than one with ten.

mod csv;
mod html;
mod json;
mod pieces;

pub use pieces::{EventRow, Head, Pieces, Place, Row};

use serde::{Deserialize, Serialize};

/// The shape of `data.json`. Raised when a reader of the last one would no longer understand it.
pub const FORMAT: u32 = 1;

/// How long an archive can be downloaded, from when it is ready.
pub const KEPT_HOURS: i64 = 24;

/// How many archives of an account there may be at once, those that are being made among them.
pub const MOST_AT_ONCE: u32 = 20;

/// How many events of an environment the page for people shows, the newest ones.
pub const EVENTS_SHOWN: usize = 500;

/// The files of an archive, in the order in which they stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportFile {
    /// Everything, as JSON.
    Data,
    /// Everything but the older events, as a page.
    Page,
    /// The events, as CSV.
    Events,
}

impl ExportFile {
    /// Every file there is.
    pub const ALL: [Self; 3] = [Self::Data, Self::Page, Self::Events];

    /// Its name within the archive.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "data.json",
            Self::Page => "index.html",
            Self::Events => "events.csv",
        }
    }
}

/// What there is of a user: a table of the database each, and a list of that name in `data.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExportTable {
    /// By which names the user is known.
    Users,
    /// What is known of the user.
    Properties,
    /// Which of these users turned out to be which.
    Aliases,
    /// What the user did.
    Events,
}

impl ExportTable {
    /// In the order in which they stand in an archive.
    pub const ALL: [Self; 4] = [Self::Users, Self::Properties, Self::Aliases, Self::Events];

    /// The name of the table, and of the list.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Properties => "user_properties",
            Self::Aliases => "aliases",
            Self::Events => "events",
        }
    }
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// Its archive is waited for or being made.
    Running,
    /// Its archive can be downloaded.
    Ready,
    /// Its archive could not be made.
    Failed,
    /// Its time is over, and the archive gone.
    Expired,
    /// Somebody deleted the archive.
    Deleted,
    /// The archive went because a deletion request about the same users, or the end of their environment, began.
    Withdrawn,
}

impl ExportState {
    /// Every state there is.
    pub const ALL: [Self; 6] = [Self::Running, Self::Ready, Self::Failed, Self::Expired, Self::Deleted, Self::Withdrawn];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Deleted => "deleted",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The reverse of [`ExportState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether there is an archive, or will be.
    pub const fn is_alive(self) -> bool {
        matches!(self, Self::Running | Self::Ready)
    }
}

#[cfg(test)]
mod tests;
