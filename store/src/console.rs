//! What the app asks of the database. Reading needs `Granted<View>`; every change needs the capability that allows it.

pub mod accounts;
pub mod api_keys;
pub mod audit;
mod change;
pub mod definitions;
pub mod deletion_requests;
pub mod environments;
pub mod excluded_ips;
mod grant;
pub mod invites;
pub mod people;
pub mod projects;
pub mod reports;
pub mod sign_ins;
pub mod teammates;

pub(crate) use change::Change;
use grant::grant_in;

use crate::{
    collector::SharedRules,
    engine::{Db, Sql},
    keys::Keys,
    surroundings::Surroundings,
};

pub(crate) const STATEMENTS: &[&[Sql]] = &[
    accounts::STATEMENTS,
    api_keys::STATEMENTS,
    audit::STATEMENTS,
    change::STATEMENTS,
    definitions::STATEMENTS,
    deletion_requests::STATEMENTS,
    deletion_requests::preview::STATEMENTS,
    deletion_requests::resolve::STATEMENTS,
    environments::STATEMENTS,
    excluded_ips::STATEMENTS,
    excluded_ips::decision::STATEMENTS,
    excluded_ips::edit::STATEMENTS,
    excluded_ips::page::STATEMENTS,
    grant::STATEMENTS,
    invites::STATEMENTS,
    people::STATEMENTS,
    projects::STATEMENTS,
    reports::STATEMENTS,
    reports::run::STATEMENTS,
    sign_ins::STATEMENTS,
    teammates::STATEMENTS,
];

/// The facade of the app.
#[derive(Clone)]
pub struct Console {
    pub(crate) db: Db,
    pub(crate) keys: Keys,
    pub(crate) surroundings: Surroundings,
    pub(crate) rules: SharedRules,
}

impl Console {
    pub(crate) fn new(db: Db, keys: Keys, surroundings: Surroundings, rules: SharedRules) -> Self {
        Self { db, keys, surroundings, rules }
    }
}
