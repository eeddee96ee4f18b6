//! Where an error of the store becomes one of the wire. A fault of the installation stops here, so here it is logged, once.

use leptos::prelude::use_context;
use uuid::Uuid;

use super::State;
use crate::Error;

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            store::Error::Forbidden => Self::Forbidden,
            store::Error::Invalid(invalid) => Self::Invalid(invalid),
            store::Error::Conflict => Self::Conflict,
            fault @ (store::Error::Database(_) | store::Error::Journal(_) | store::Error::Inconsistent { .. }) => unavailable(&fault),
        }
    }
}

/// A fault that is not the store's.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("passwords cannot be hashed: {0}")]
    Hashing(String),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        unavailable(&failure)
    }
}

/// Logs the fault and answers the reference under which it stands in the log.
pub fn unavailable(fault: &dyn std::error::Error) -> Error {
    let reference = use_context::<State>().map_or_else(Uuid::nil, |state| state.surroundings.uuid());
    tracing::error!(%reference, cause = cause(fault), "a request failed");
    Error::Unavailable { reference: Some(reference) }
}

/// The fault and what lies beneath it, in one line. Never by `Debug`, which shows the rows that a database refused.
pub fn cause(fault: &dyn std::error::Error) -> String {
    let mut text = fault.to_string();
    let mut beneath = fault.source();
    while let Some(source) = beneath {
        text.push_str(": ");
        text.push_str(&source.to_string());
        beneath = source.source();
    }
    text
}
