//! What a server function can answer instead of its value.

use domain::invalid::{Field, Invalid, Problem};
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use uuid::Uuid;

/// An error on the wire. Holds no free text: its sentence is made where it is shown (see [`crate::words`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    #[error("sign-in required")]
    SignInRequired,
    /// Absent, or not the caller's: the two are one.
    #[error("not found")]
    NotFound,
    #[error("forbidden")]
    Forbidden,
    /// Sent from another site, or under another name than the public URL.
    #[error("from another site")]
    Foreign,
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    #[error("too many attempts")]
    TooMany { retry_after_seconds: u32 },
    /// Not what a page of Cairn sends.
    #[error("malformed request")]
    Malformed,
    /// A fault of the installation; its cause stands in the log under the reference. Without one, the server was not reached.
    #[error("unavailable")]
    Unavailable { reference: Option<Uuid> },
}

impl Error {
    /// One mistake in one field.
    pub fn mistake(field: Field, problem: Problem) -> Self {
        Self::Invalid(Invalid::one(field, problem))
    }

    /// The one mapping to a status of HTTP.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::SignInRequired => 401,
            Self::Forbidden | Self::Foreign => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Unavailable { .. } => 503,
        }
    }
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    /// On the server these are requests that no page sends; in the browser, answers that no server function gives.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => {
                Self::Malformed
            }
            _ => Self::Unavailable { reference: None },
        }
    }
}
