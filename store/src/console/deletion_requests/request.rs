//! A request as it is told, and as it is stored.

use domain::{
    audit::ActorKind,
    deletion::{Counts, RequestState, Sweep},
    id::RequestId,
    privacy::ScrubRules,
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error,
    access::{Granted, View},
};

/// A request as lists show it: never whom it erases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// How far it is.
    pub state: RequestState,
    /// What kind of actor asked.
    pub requested_by: ActorKind,
    /// The name of who asked.
    pub requested_by_name: String,
    /// When.
    pub created_at: Millis,
    /// When it was complete.
    pub completed_at: Option<Millis>,
    /// How many identities and user ids were named, or users found by their property.
    pub targets: u32,
    /// The name of that property.
    pub property: Option<String>,
    /// How many users they led to.
    pub users_found: u64,
    /// When erasing begins. Until then it can be cancelled.
    pub erase_at: Millis,
    /// When its first chunk was erased.
    pub began_at: Option<Millis>,
    /// Why it failed.
    pub failure: Option<String>,
    /// How it goes over an environment, where it names nobody, and which: its project and its name.
    pub sweep: Option<(Sweep, String)>,
    /// The settings by which it scrubs.
    pub rules: Option<ScrubRules>,
    /// Whether it waits for a second person. Until then it can be cancelled as well.
    pub awaits_approval: bool,
    /// Who approved it, and when.
    pub approved: Option<(String, Millis)>,
    /// The person who asked, or who made the API key that did.
    pub requested_by_id: Option<Uuid>,
    /// Until when nothing is collected of these users again, where that was asked for.
    pub suppress_until: Option<Millis>,
    /// What has been erased so far.
    pub erased: Counts,
    /// Whether there is a receipt.
    pub has_receipt: bool,
}

/// Every column of a [`RequestRow`], of the requests that the rest of the statement says.
macro_rules! select_requests {
    ($rest:literal) => {
        concat!(
            "SELECT id, state, requested_by_kind, requested_by_name, created_at, completed_at, targets, users_found, property, erase_at, began_at, failure, awaits_approval, approved_at, approved_by_name, (SELECT p.name || ' / ' || e.name FROM environments e JOIN projects p ON p.id = e.project_id WHERE e.id = deletion_requests.environment_id) AS environment, sweep, rules, COALESCE((SELECT k.created_by FROM api_keys k WHERE k.id = deletion_requests.requested_by), requested_by) AS requested_by, suppress_until, users_erased, events_erased, properties_erased, aliases_erased, EXISTS (SELECT 1 FROM receipts t WHERE t.request_id = deletion_requests.id AND t.document IS NOT NULL) AS has_receipt FROM deletion_requests",
            $rest
        )
    };
}
pub(super) use select_requests;

#[derive(FromRow)]
pub(super) struct RequestRow {
    id: Uuid,
    state: String,
    requested_by_kind: String,
    requested_by_name: String,
    created_at: i64,
    completed_at: Option<i64>,
    targets: i64,
    users_found: i64,
    property: Option<String>,
    erase_at: i64,
    began_at: Option<i64>,
    failure: Option<String>,
    environment: Option<String>,
    sweep: Option<String>,
    rules: Option<String>,
    awaits_approval: bool,
    approved_at: Option<i64>,
    approved_by_name: Option<String>,
    requested_by: Option<Uuid>,
    suppress_until: Option<i64>,
    users_erased: i64,
    events_erased: i64,
    properties_erased: i64,
    aliases_erased: i64,
    has_receipt: bool,
}

pub(super) fn state(word: &str) -> Result<RequestState, Error> {
    RequestState::parse(word).ok_or(Error::Inconsistent { table: "deletion_requests" })
}

fn sweep(word: Option<String>, environment: Option<String>) -> Result<Option<(Sweep, String)>, Error> {
    let Some(word) = word else { return Ok(None) };
    let sweep = Sweep::parse(&word).zip(environment);
    sweep.map(Some).ok_or(Error::Inconsistent { table: "deletion_requests" })
}

fn rules(json: Option<String>) -> Result<Option<ScrubRules>, Error> {
    json.map(|json| serde_json::from_str(&json).map_err(|_| Error::Inconsistent { table: "deletion_requests" })).transpose()
}

impl Request {
    /// Whether it leaves nothing in its environment, or of whom it names.
    pub fn erases_users(&self) -> bool {
        self.sweep.as_ref().is_none_or(|(sweep, _)| *sweep == Sweep::Everything)
    }

    /// Whether it waits for a second person whom this actor can be.
    pub fn waits_for(&self, granted: &Granted<View>) -> bool {
        self.awaits_approval && granted.actor.kind() == ActorKind::Person && self.requested_by_id != Some(granted.actor.id())
    }
}

impl TryFrom<RequestRow> for Request {
    type Error = Error;

    fn try_from(row: RequestRow) -> Result<Self, Error> {
        Ok(Self {
            id: RequestId(row.id),
            state: state(&row.state)?,
            requested_by: ActorKind::parse(&row.requested_by_kind).ok_or(Error::Inconsistent { table: "deletion_requests" })?,
            requested_by_name: row.requested_by_name,
            created_at: Millis(row.created_at),
            completed_at: row.completed_at.map(Millis),
            targets: u32::try_from(row.targets).unwrap_or(u32::MAX),
            property: row.property,
            erase_at: Millis(row.erase_at),
            began_at: row.began_at.map(Millis),
            failure: row.failure,
            sweep: sweep(row.sweep, row.environment)?,
            rules: rules(row.rules)?,
            awaits_approval: row.awaits_approval,
            approved: row.approved_by_name.zip(row.approved_at.map(Millis)),
            requested_by_id: row.requested_by,
            suppress_until: row.suppress_until.map(Millis),
            users_found: row.users_found.unsigned_abs(),
            erased: Counts {
                users: row.users_erased.unsigned_abs(),
                events: row.events_erased.unsigned_abs(),
                properties: row.properties_erased.unsigned_abs(),
                aliases: row.aliases_erased.unsigned_abs(),
            },
            has_receipt: row.has_receipt,
        })
    }
}
