//! What a completed deletion request leaves: who asked, what went, and what could not be reached. It names none of the erased.

use serde::{Deserialize, Serialize};

use crate::{
    audit::ActorKind,
    deletion::{Counts, Sweep},
    id::RequestId,
    privacy::ScrubRules,
};

/// The only layout so far.
pub const FORMAT: u32 = 1;

/// What is signed. Times are RFC 3339 in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// [`FORMAT`].
    pub format: u32,
    /// The request.
    pub request: RequestId,
    /// Whose users they were.
    pub account: ReceiptAccount,
    /// Who asked, and when.
    pub requested: Requested,
    /// The second person, where the account demands one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
    /// What was received up to this moment is gone; what came later is new.
    pub cut_at: String,
    /// When the last count found nothing.
    pub completed_at: String,
    /// Whom it was about.
    pub identifiers: Identifiers,
    /// The environment of which everything went, where it was about everybody there and nobody was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub everything_in: Option<i64>,
    /// The environment that was gone over, where nobody was named and not everything went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swept: Option<Swept>,
    /// For how long nothing is collected of them again, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppressed>,
    /// How many users those led to, in all environments.
    pub users_found: u64,
    /// What went.
    pub rows: Vec<ErasedRows>,
    /// Where it went from.
    pub engine: Engine,
    /// What no request reaches.
    pub not_reached: Vec<String>,
    /// The version of Cairn that erased.
    pub cairn: String,
    /// What it came to.
    pub verdict: Verdict,
}

/// The account, as it was called at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as they are named")]
pub struct ReceiptAccount {
    pub id: String,
    pub name: String,
}

/// Who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as they are named")]
pub struct Requested {
    pub at: String,
    pub by: String,
    pub kind: ActorKind,
}

/// Who approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as they are named")]
pub struct Approved {
    pub at: String,
    pub by: String,
}

/// Whom a request was about, without their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifiers {
    /// How many identities and user ids there are hashes of.
    pub count: u64,
    /// SHA-256 over the sorted hashes, among them one of the key itself, in base64url. Each is made with a random key that Cairn handed out once and kept nowhere.
    pub digest: String,
    /// The name of the property that led to them, where they were not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
}

/// What was left of an environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// Its id.
    pub environment: i64,
    /// By which rule.
    pub by: Sweep,
    /// The settings that went over what was there, where it was scrubbed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<ScrubRules>,
}

/// What keeps the erased out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressed {
    /// Absent where it does not end by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Rows of one environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedRows {
    /// The environment's id.
    pub environment: i64,
    /// Project and environment, as they were called at the end.
    pub name: String,
    /// How many there were, each counted as it was erased.
    pub before: Counts,
    /// How many the last count found.
    pub after: Counts,
    /// How many rows of companies and of their properties there were, where everything went; the last count found none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companies: Option<u64>,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engine {
    /// `SQLite` or `PostgreSQL`.
    pub name: String,
    /// As it calls itself.
    pub version: String,
    /// What was done to make the erased rows unreadable in its files.
    pub scrubbed: String,
}

/// What a request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A count over every table that can hold a user found nothing left.
    Erased,
    /// A pass over everything that the environment holds found nothing left that had to go or to be changed.
    Swept,
}
