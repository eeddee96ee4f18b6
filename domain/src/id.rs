//! Identifiers. One type for each noun, so that no two can be mixed up.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Text that is not an identifier of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map($name).map_err(|_| NotAnId)
            }
        }
    )*};
}

uuid_ids! {
    /// One customer of an installation.
    AccountId;
    /// A login, possibly a teammate of several accounts.
    PersonId;
    /// A project of an account.
    ProjectId;
    /// A pending teammate.
    InviteId;
    /// A person's authenticated cookie.
    SignInId;
    /// A deletion request.
    RequestId;
    /// A key of the public HTTP API.
    ApiKeyId;
    /// A definition; kept when it is copied to another environment.
    DefinitionKey;
    /// Something to be mailed.
    LetterId;
    /// A link for who forgot their password.
    ResetId;
    /// A report; kept when it is copied to another environment.
    ReportKey;
    /// A message to the operator.
    MessageId;
    /// A file of users that waits to be confirmed.
    UploadId;
    /// An export of what was collected of a user.
    ExportId;
}

/// An environment, which clients send as `app_id`: a decimal number of at most ten digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EnvironmentId(i64);

impl EnvironmentId {
    /// The largest id that ten digits can show.
    pub const MAX: i64 = 9_999_999_999;

    /// # Errors
    /// `NotAnId` unless `0 < id <= MAX`.
    pub const fn new(id: i64) -> Result<Self, NotAnId> {
        if id > 0 && id <= Self::MAX { Ok(Self(id)) } else { Err(NotAnId) }
    }

    /// The number as the database keeps it.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for EnvironmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for EnvironmentId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = !text.is_empty() && text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits {
            return Err(NotAnId);
        }
        Self::new(text.parse().map_err(|_| NotAnId)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_id_has_at_most_ten_digits_and_no_sign() {
        assert_eq!("3000610572".parse(), EnvironmentId::new(3_000_610_572));
        for bad in ["", "0", "-1", "+1", "12345678901", "1a", " 1", "١"] {
            assert_eq!(bad.parse::<EnvironmentId>(), Err(NotAnId), "{bad}");
        }
    }
}
