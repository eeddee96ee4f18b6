//! The bodies by which servers send data, as Heap documents them: `track`, `identify`, `add_user_properties`, `add_account_properties`.
//!
//! A body is refused as a whole, with the first thing that is wrong. Keys that are not known are passed over, `null` is the same as leaving a key out, and of a
//! key that stands there twice the last one counts. Strings keep their bytes; none may hold a NUL, which PostgreSQL cannot store.

mod body;
mod error;
mod properties;
mod raw;
mod value;

pub use error::{CollectError, Expected, Path};
pub use properties::{MAX_PROPERTY_NAME, MAX_PROPERTY_TEXT, MAX_SENT_TEXT, Properties, PropertyValue};
pub use value::instants;

pub(crate) use body::parse_targets;
pub(crate) use properties::{is_property_name, is_reserved_for_users};

use crate::{
    company::CompanyId,
    id::EnvironmentId,
    name::EventName,
    time::Millis,
    user::{Identity, UserId},
};

/// The most events, or users with properties, of one body (Heap's limit).
pub const MAX_ITEMS: usize = 1_000;
/// The longest key of idempotency in characters.
pub const MAX_IDEMPOTENCY_KEY: u32 = 1_024;
/// The longest id of a session in characters.
pub const MAX_SESSION_ID: u32 = 255;

/// A user as a client names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// By identity.
    Identity(Identity),
    /// By number: anonymous.
    UserId(UserId),
}

/// The body of `POST /api/track`.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// The environment that `app_id` names.
    pub environment: EnvironmentId,
    /// The events in the order of the body; one for a single call.
    pub events: Vec<Event>,
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What happened.
    pub name: EventName,
    /// Who did it.
    pub user: Who,
    /// For which company, if the client says so (`account_id`).
    pub company: Option<CompanyId>,
    /// The visit it belongs to, if the client says so.
    pub session_id: Option<String>,
    /// When, if the client says so.
    pub occurred_at: Option<Millis>,
    /// A repeat with the same key changes nothing.
    pub idempotency_key: Option<String>,
    /// Its properties.
    pub properties: Properties,
}

/// The body of `POST /api/v1/identify`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identify {
    /// The environment that `app_id` names.
    pub environment: EnvironmentId,
    /// The anonymous user.
    pub user_id: UserId,
    /// Who that turned out to be.
    pub identity: Identity,
    /// When, if the client says so.
    pub occurred_at: Option<Millis>,
}

/// The body of `POST /api/add_user_properties`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddUserProperties {
    /// The environment that `app_id` names.
    pub environment: EnvironmentId,
    /// The users in the order of the body; one for a single call.
    pub users: Vec<UserProperties>,
}

/// Properties of one user.
#[derive(Debug, Clone, PartialEq)]
pub struct UserProperties {
    /// The user.
    pub identity: Identity,
    /// What is set; other properties stay.
    pub properties: Properties,
}

/// The body of `POST /api/add_account_properties`: what Heap calls an account is a company here.
#[derive(Debug, Clone, PartialEq)]
pub struct AddCompanyProperties {
    /// The environment that `app_id` names.
    pub environment: EnvironmentId,
    /// The companies in the order of the body; one for a single call.
    pub companies: Vec<CompanyProperties>,
}

/// Properties of one company.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyProperties {
    /// The company that `account_id` names.
    pub company: CompanyId,
    /// What is set; other properties stay.
    pub properties: Properties,
}

/// Parses the body of `POST /api/track`.
///
/// # Errors
/// The first thing wrong, with its path.
pub fn parse_track(body: &[u8]) -> Result<Track, CollectError> {
    body::track(body)
}

/// Parses the body of `POST /api/v1/identify`.
///
/// # Errors
/// The first thing wrong, with its path.
pub fn parse_identify(body: &[u8]) -> Result<Identify, CollectError> {
    body::identify(body)
}

/// Parses the body of `POST /api/add_user_properties`, and of `POST /api/identify`, by which clients set properties until 2016.
///
/// # Errors
/// The first thing wrong, with its path.
pub fn parse_add_user_properties(body: &[u8]) -> Result<AddUserProperties, CollectError> {
    body::add_user_properties(body)
}

/// Parses the body of `POST /api/add_account_properties`.
///
/// # Errors
/// The first thing wrong, with its path.
pub fn parse_add_account_properties(body: &[u8]) -> Result<AddCompanyProperties, CollectError> {
    body::add_account_properties(body)
}

#[cfg(test)]
mod tests;
