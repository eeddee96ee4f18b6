//! What the worker asks of the database. Nothing here is scoped to an account, so every method's name says so.

pub mod jobs;

use crate::{
    engine::{Db, Sql},
    keys::Keys,
    surroundings::Surroundings,
};

pub(crate) const STATEMENTS: &[&[Sql]] = &[jobs::STATEMENTS];

/// The facade of the worker.
#[derive(Clone)]
pub struct Maintenance {
    pub(crate) db: Db,
    pub(crate) keys: Keys,
    pub(crate) surroundings: Surroundings,
}

impl Maintenance {
    pub(crate) fn new(db: Db, keys: Keys, surroundings: Surroundings) -> Self {
        Self { db, keys, surroundings }
    }
}
