//! What a caller can act on.

use domain::invalid::{Field, Invalid, Problem};

use crate::journal::JournalError;

/// Why a deed was not done. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or not the caller's: the two are one.
    #[error("not found")]
    NotFound,
    /// A member without the right.
    #[error("forbidden")]
    Forbidden,
    /// The form was refused.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// What is to be erased could not be written down first.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// What the database holds is not what Cairn writes.
    #[error("{table} holds what cannot be read")]
    Inconsistent {
        /// Where.
        table: &'static str,
    },
}

impl Error {
    /// One mistake in one field.
    pub(crate) fn mistake(field: Field, problem: Problem) -> Self {
        Self::Invalid(Invalid::one(field, problem))
    }

    /// A unique index refused a row: the field that it concerns is known to the caller alone, since SQLite names no constraint.
    pub(crate) fn taken(self, field: Field, problem: Problem) -> Self {
        match self {
            Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation() => Self::mistake(field, problem),
            other => other,
        }
    }

    /// Whether the whole transaction may be tried again: deadlocks, serialisation failures, lost connections, busy databases.
    pub(crate) fn is_transient(&self) -> bool {
        const TRANSIENT: [&str; 7] = ["40P01", "40001", "08006", "08003", "57P01", "58030", "55P03"];
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| TRANSIENT.contains(&code.as_ref()) || code == "5" || code == "517")
            }
            Self::Database(sqlx::Error::Io(_)) => true,
            _ => false,
        }
    }
}
