//! What is answered instead of success: JSON with `err.message`, `error` and `message`, since clients differ in which they read.

use axum::{
    Json,
    extract::rejection::BytesRejection,
    response::{IntoResponse, Response},
};
use domain::{
    deletion::{DeletionBodyError, MAX_TARGETS},
    export::MOST_AT_ONCE,
};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use crate::logging::cause;

/// Why a call was refused.
#[derive(Debug)]
pub(super) enum Refusal {
    WrongPair,
    WrongToken,
    NoSuchRequest,
    NoSuchExport,
    /// Of several users at once nobody is told.
    NotOneUser,
    TooManyExports,
    /// It is not there yet, or not any more.
    NoArchive,
    /// What was to be cancelled has begun, or is over.
    TooLate,
    TooLarge,
    NotRead,
    Body(DeletionBodyError),
    /// The store refused what the body's parser let pass.
    TooManyUsers,
    TooManyAttempts {
        retry_after_seconds: u32,
    },
    Conflict,
    Unavailable,
}

const BASIC: HeaderValue = HeaderValue::from_static("Basic realm=\"Cairn\", charset=\"UTF-8\"");
const BEARER: HeaderValue = HeaderValue::from_static("Bearer realm=\"Cairn\"");
/// The database is away for a moment, or another request changed the same thing.
const SOON_SECONDS: u32 = 5;

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::WrongPair | Self::WrongToken => StatusCode::UNAUTHORIZED,
            Self::NoSuchRequest | Self::NoSuchExport => StatusCode::NOT_FOUND,
            Self::TooLate | Self::TooManyExports | Self::NoArchive => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotRead | Self::Body(_) | Self::TooManyUsers | Self::NotOneUser => StatusCode::BAD_REQUEST,
            Self::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Conflict | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::WrongPair => "Unauthorized: the user name has to be the app id, which is the id of Main Production, and the password an API key that is not revoked".to_owned(),
            Self::WrongToken => "Unauthorized: the access token is missing, wrong or older than five minutes".to_owned(),
            Self::NoSuchRequest => "There is no such deletion request".to_owned(),
            Self::NoSuchExport => "There is no such export".to_owned(),
            Self::NotOneUser => "postBody.users should have one item: an export is of one user".to_owned(),
            Self::TooManyExports => format!("There are {MOST_AT_ONCE} archives already; delete one, or wait until one expires"),
            Self::NoArchive => "The archive is not ready yet, or no longer there: the export's state tells which".to_owned(),
            Self::TooLate => "The deletion request cannot be cancelled any more".to_owned(),
            Self::TooLarge => "postBody is too large".to_owned(),
            Self::NotRead => "postBody ended too early".to_owned(),
            Self::Body(error) => error.to_string(),
            Self::TooManyUsers => format!("postBody.users should NOT have more than {MAX_TARGETS} items"),
            Self::TooManyAttempts { .. } => "Too many attempts; try again later".to_owned(),
            Self::Conflict | Self::Unavailable => "The server cannot do this now; try again".to_owned(),
        }
    }

    pub(super) fn body(&self) -> Value {
        let message = self.message();
        let error = self.status().canonical_reason().unwrap_or_default();
        json!({ "err": { "message": message }, "error": error, "message": message })
    }

    fn header(&self) -> Option<(header::HeaderName, HeaderValue)> {
        match self {
            Self::WrongPair => Some((header::WWW_AUTHENTICATE, BASIC)),
            Self::WrongToken => Some((header::WWW_AUTHENTICATE, BEARER)),
            Self::TooManyAttempts { retry_after_seconds } => Some((header::RETRY_AFTER, (*retry_after_seconds).into())),
            Self::Conflict | Self::Unavailable => Some((header::RETRY_AFTER, SOON_SECONDS.into())),
            _ => None,
        }
    }
}

impl From<BytesRejection> for Refusal {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::NotRead }
    }
}

impl From<DeletionBodyError> for Refusal {
    fn from(error: DeletionBodyError) -> Self {
        Self::Body(error)
    }
}

/// A token whose key was revoked is as good as none. A fault of the database stops here, so here it is logged.
impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound | store::Error::Forbidden => Self::WrongToken,
            store::Error::Invalid(_) => Self::TooManyUsers,
            store::Error::Conflict => Self::Conflict,
            fault @ (store::Error::Database(_) | store::Error::Journal(_) | store::Error::Inconsistent { .. }) => {
                tracing::error!(cause = cause(&fault), "a call of the deletion API failed");
                Self::Unavailable
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body())).into_response();
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
