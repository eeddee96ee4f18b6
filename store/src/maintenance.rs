//! What the worker asks of the database. Nothing here is scoped to an account, so every method's name says so.

mod erase;
pub mod jobs;
mod purge;
pub mod rehome;
pub(crate) mod scrub;
mod tick;

pub use tick::Tick;

use crate::{
    catalogue,
    engine::{Db, Sql},
    surroundings::Surroundings,
};

pub(crate) const STATEMENTS: &[&[Sql]] = &[
    catalogue::PURGES,
    erase::STATEMENTS,
    erase::complete::STATEMENTS,
    erase::subjects::STATEMENTS,
    jobs::STATEMENTS,
    jobs::lease::STATEMENTS,
    purge::STATEMENTS,
    rehome::STATEMENTS,
    tick::STATEMENTS,
];

/// The facade of the worker.
#[derive(Clone)]
pub struct Maintenance {
    pub(crate) db: Db,
    pub(crate) surroundings: Surroundings,
}

impl Maintenance {
    pub(crate) fn new(db: Db, surroundings: Surroundings) -> Self {
        Self { db, surroundings }
    }
}
