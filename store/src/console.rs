//! What the app asks of the database. Reading needs `Granted<View>`; every change needs the capability that allows it.

pub mod accounts;
pub mod api_keys;
pub mod audit;
mod change;
pub mod definitions;
pub mod deletion_requests;
mod demo;
pub mod environments;
pub mod excluded_ips;
pub mod exports;
mod first_steps;
mod grant;
pub mod help;
pub mod invites;
pub mod messages;
pub mod operators;
pub mod outbox;
pub mod people;
pub mod privacy;
pub mod projects;
pub mod received;
pub mod reports;
pub mod resets;
pub mod sign_ins;
pub mod suppressions;
pub mod teammates;

pub(crate) use change::Change;
use grant::grant_in;

use domain::{
    email::EmailAddress,
    invalid::{Field, Problem},
};

use crate::{
    Error,
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
    definitions::events::STATEMENTS,
    definitions::properties::STATEMENTS,
    definitions::segments::STATEMENTS,
    deletion_requests::STATEMENTS,
    demo::STATEMENTS,
    deletion_requests::making::STATEMENTS,
    deletion_requests::pace::STATEMENTS,
    deletion_requests::page::STATEMENTS,
    deletion_requests::preview::STATEMENTS,
    deletion_requests::quotes::STATEMENTS,
    deletion_requests::receipt::STATEMENTS,
    deletion_requests::resolve::STATEMENTS,
    deletion_requests::turning::STATEMENTS,
    deletion_requests::approving::STATEMENTS,
    deletion_requests::everything::STATEMENTS,
    deletion_requests::upload::STATEMENTS,
    deletion_requests::users::STATEMENTS,
    deletion_requests::reports::STATEMENTS,
    deletion_requests::waiting::STATEMENTS,
    environments::STATEMENTS,
    excluded_ips::STATEMENTS,
    excluded_ips::decision::STATEMENTS,
    excluded_ips::edit::STATEMENTS,
    excluded_ips::page::STATEMENTS,
    exports::STATEMENTS,
    first_steps::STATEMENTS,
    grant::STATEMENTS,
    help::STATEMENTS,
    invites::STATEMENTS,
    outbox::STATEMENTS,
    messages::STATEMENTS,
    messages::inbox::STATEMENTS,
    messages::read::STATEMENTS,
    operators::STATEMENTS,
    people::STATEMENTS,
    privacy::STATEMENTS,
    projects::STATEMENTS,
    received::STATEMENTS,
    reports::STATEMENTS,
    reports::run::STATEMENTS,
    resets::STATEMENTS,
    sign_ins::STATEMENTS,
    sign_ins::own::STATEMENTS,
    suppressions::STATEMENTS,
    teammates::STATEMENTS,
];

/// The facade of the app.
#[derive(Clone)]
pub struct Console {
    pub(crate) db: Db,
    pub(crate) keys: Keys,
    pub(crate) surroundings: Surroundings,
    pub(crate) rules: SharedRules,
    sends_mail: bool,
    support: Option<EmailAddress>,
}

impl Console {
    pub(crate) fn new(db: Db, keys: Keys, surroundings: Surroundings, rules: SharedRules) -> Self {
        Self { db, keys, surroundings, rules, sends_mail: false, support: None }
    }

    /// The same for an installation that sends mail: deeds that somebody is to be told of queue a letter, and messages to the operator one to `support`.
    #[must_use]
    pub fn with_mail(self, support: Option<EmailAddress>) -> Self {
        Self { sends_mail: true, support, ..self }
    }

    /// Whether letters are sent.
    pub const fn sends_mail(&self) -> bool {
        self.sends_mail
    }

    fn needs_mail(&self) -> Result<(), Error> {
        if self.sends_mail { Ok(()) } else { Err(Error::mistake(Field::Whole, Problem::NoMail)) }
    }
}
