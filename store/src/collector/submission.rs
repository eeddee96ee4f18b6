//! What a client sends, and what becomes of it.

use std::{net::IpAddr, time::Instant};

use domain::{
    collect::{Event, Properties, Who},
    company::CompanyId,
    id::EnvironmentId,
    privacy::{Ignored, Sender},
    user::{Identity, UserId},
};

/// One request of a client.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The environment that it names.
    pub environment: EnvironmentId,
    /// Where it comes from, as the server judges.
    pub address: IpAddr,
    /// What its head tells.
    pub sender: Sender,
    /// What it carries.
    pub what: What,
    /// Drawn at random, once: events without a key of idempotency have the ids that follow it, so that one which is written twice, because the answer to a
    /// commit was lost, is stored once.
    pub nonce: u64,
    /// When it came. How long it waits from then on tells the worker whether it is in the way.
    pub since: Instant,
}

/// The content of a request.
#[derive(Debug, Clone)]
pub enum What {
    /// Events, of which the first of several with the same key of idempotency counts.
    Events(Vec<Event>),
    /// An anonymous user turned out to be somebody.
    Identify {
        /// The anonymous user.
        user_id: UserId,
        /// Who that is.
        identity: Identity,
    },
    /// Properties of companies; of several values of one property the last counts.
    Companies(Vec<(CompanyId, Properties)>),
    /// Properties of users; of several values of one property the last counts.
    Properties(Vec<(Who, Properties)>),
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Durable.
    Stored,
    /// Durable, but for events of pages that are not captured.
    PartlyCaptured,
    /// All its events are of pages that are not captured; nothing of it is stored.
    NotCaptured,
    /// Durable, but for what is about users who are suppressed.
    PartlySuppressed,
    /// All of it is about users who are suppressed; nothing of it is stored.
    Suppressed,
    /// Its address is excluded; nothing of it is stored.
    Excluded,
    /// The privacy settings of its environment are against its sender; nothing of it is stored.
    Ignored(Ignored),
    /// There is no such environment, or it is deleted; nothing of it is stored.
    UnknownEnvironment,
}
