//! A batch made ready before its transaction begins: judged by the rules, hashed and serialised.

use std::collections::HashMap;

use domain::{
    collect::{Event, Properties, PropertyValue, Who},
    company::CompanyId,
    id::EnvironmentId,
    time::Millis,
};
use uuid::Uuid;

use super::{Outcome, Rules, Submission, What};
use crate::{
    keys::{Keys, Named, UserKey},
    surroundings::Surroundings,
};

/// Submissions that name their users by place in `subjects`, each user once.
pub(super) struct Batch {
    /// Of the rules by which it was judged.
    pub(super) rules_version: i64,
    /// What becomes of each submission once the batch is stored.
    pub(super) outcomes: Vec<Outcome>,
    /// What is to be stored, without what is not kept.
    pub(super) accepted: Vec<Prepared>,
    pub(super) subjects: Vec<Subject>,
    pub(super) companies: Vec<Company>,
}

pub(super) struct Company {
    pub(super) environment: EnvironmentId,
    pub(super) id: CompanyId,
    /// The key that it has unless another company's hash stands there.
    pub(super) first: UserKey,
}

pub(super) struct Subject {
    pub(super) environment: EnvironmentId,
    pub(super) who: Who,
    /// The key that it has unless another user's hash stands there.
    pub(super) first: UserKey,
    pub(super) audit_ref: Uuid,
}

pub(super) struct Prepared {
    pub(super) environment: EnvironmentId,
    pub(super) deed: Deed,
}

pub(super) enum Deed {
    Events(Vec<PreparedEvent>),
    Identify { user: usize, identity: usize },
    Properties(Vec<PreparedProperties>),
    Companies(Vec<PreparedProperties>),
}

pub(super) struct PreparedEvent {
    pub(super) subject: usize,
    pub(super) company: Option<usize>,
    pub(super) event_id: i64,
    pub(super) occurred_at: Option<Millis>,
    pub(super) session_id: Option<String>,
    pub(super) name_key: i64,
    pub(super) name: String,
    pub(super) properties: String,
}

pub(super) struct PreparedProperties {
    /// The user's place in `subjects`, or the company's in `companies`.
    pub(super) subject: usize,
    pub(super) values: Vec<PreparedProperty>,
}

pub(super) struct PreparedProperty {
    pub(super) property_key: i64,
    pub(super) name: String,
    pub(super) value: String,
}

impl Prepared {
    /// The users that it names.
    pub(super) fn subjects(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        match &self.deed {
            Deed::Events(events) => Box::new(events.iter().map(|event| event.subject)),
            Deed::Identify { user, identity } => Box::new([*user, *identity].into_iter()),
            Deed::Properties(users) => Box::new(users.iter().map(|user| user.subject)),
            Deed::Companies(_) => Box::new(std::iter::empty()),
        }
    }

    /// The companies that it names.
    pub(super) fn companies(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        match &self.deed {
            Deed::Events(events) => Box::new(events.iter().filter_map(|event| event.company)),
            Deed::Companies(companies) => Box::new(companies.iter().map(|company| company.subject)),
            Deed::Identify { .. } | Deed::Properties(_) => Box::new(std::iter::empty()),
        }
    }
}

impl Subject {
    /// Its key of a generation (always the first for identities), when the keys of earlier attempts are another user's.
    pub(super) fn key(&self, keys: &Keys, generation: u32, attempt: u32) -> UserKey {
        if generation == 0 && attempt == 0 { self.first } else { keys.user(self.environment, named(&self.who, generation), attempt) }
    }
}

fn named(who: &Who, generation: u32) -> Named<'_> {
    match who {
        Who::Identity(identity) => Named::Identity(identity),
        Who::UserId(id) => Named::UserId(*id, generation),
    }
}

pub(super) fn prepare(keys: &Keys, surroundings: &Surroundings, rules: &Rules, submissions: &[Submission]) -> Batch {
    let mut preparer = Preparer {
        keys,
        surroundings,
        rules,
        subjects: Vec::new(),
        places: HashMap::new(),
        companies: Vec::new(),
        company_places: HashMap::new(),
        names: HashMap::new(),
    };
    let mut accepted = Vec::new();
    let outcomes = submissions.iter().map(|submission| {
        let outcome = rules.judge(submission.environment, submission.address, &submission.sender);
        if outcome != Outcome::Stored {
            return outcome;
        }
        let (outcome, stored) = preparer.submission(submission);
        accepted.push(stored);
        outcome
    });
    let outcomes = outcomes.collect();
    Batch { rules_version: rules.version(), outcomes, accepted, subjects: preparer.subjects, companies: preparer.companies }
}

struct Preparer<'a> {
    keys: &'a Keys,
    surroundings: &'a Surroundings,
    rules: &'a Rules,
    subjects: Vec<Subject>,
    places: HashMap<(EnvironmentId, Who), usize>,
    companies: Vec<Company>,
    company_places: HashMap<(EnvironmentId, CompanyId), usize>,
    names: HashMap<(EnvironmentId, String), i64>,
}

impl Preparer<'_> {
    fn submission(&mut self, submission: &Submission) -> (Outcome, Prepared) {
        let environment = submission.environment;
        let mut outcome = Outcome::Stored;
        let deed = match &submission.what {
            What::Events(events) => {
                let captured = self.events(submission, events);
                outcome = match captured.len() {
                    all if all == events.len() => Outcome::Stored,
                    0 => Outcome::NotCaptured,
                    _ => Outcome::PartlyCaptured,
                };
                Deed::Events(captured)
            }
            What::Identify { user_id, identity } => Deed::Identify {
                user: self.subject(environment, Who::UserId(*user_id)),
                identity: self.subject(environment, Who::Identity(identity.clone())),
            },
            What::Properties(users) => {
                let privacy = self.rules.privacy(environment);
                let prepare = |(who, values): &(Who, Properties)| PreparedProperties {
                    subject: self.subject(environment, who.clone()),
                    values: self.values(environment, &privacy.of_user(values)),
                };
                Deed::Properties(users.iter().map(prepare).collect())
            }
            What::Companies(companies) => {
                let prepare = |(id, values): &(CompanyId, Properties)| PreparedProperties {
                    subject: self.company(environment, id.clone()),
                    values: self.values(environment, values),
                };
                Deed::Companies(companies.iter().map(prepare).collect())
            }
        };
        (outcome, Prepared { environment, deed })
    }

    /// Those of pages that are captured. Each keeps its own id, whichever of them are.
    fn events(&mut self, submission: &Submission, events: &[Event]) -> Vec<PreparedEvent> {
        let privacy = self.rules.privacy(submission.environment);
        let fresh = (0..).map(|place| submission.nonce.wrapping_add(place).cast_signed() & i64::MAX);
        let captured = events.iter().zip(fresh).filter(|(event, _)| privacy.captures(&event.properties, &submission.sender));
        captured.map(|(event, id)| self.event(submission, event, id)).collect()
    }

    fn event(&mut self, submission: &Submission, event: &Event, fresh_id: i64) -> PreparedEvent {
        let environment = submission.environment;
        let event_id = event.idempotency_key.as_ref().map_or(fresh_id, |key| self.keys.event_id(environment, key));
        let properties = self.rules.privacy(environment).of_event(&event.properties, &submission.sender, submission.address);
        PreparedEvent {
            subject: self.subject(environment, event.user.clone()),
            company: event.company.clone().map(|company| self.company(environment, company)),
            event_id,
            occurred_at: event.occurred_at,
            session_id: event.session_id.clone(),
            name_key: self.name_key(environment, event.name.as_str()),
            name: event.name.as_str().to_owned(),
            properties: json(&*properties),
        }
    }

    fn values(&mut self, environment: EnvironmentId, values: &Properties) -> Vec<PreparedProperty> {
        let prepared = |(name, value): (&str, &PropertyValue)| PreparedProperty {
            property_key: self.name_key(environment, name),
            value: json(value),
            name: name.to_owned(),
        };
        values.iter().map(prepared).collect()
    }

    fn company(&mut self, environment: EnvironmentId, id: CompanyId) -> usize {
        let (keys, companies) = (self.keys, &mut self.companies);
        let make = |(environment, id): &(EnvironmentId, CompanyId)| {
            companies.push(Company { environment: *environment, id: id.clone(), first: keys.company(*environment, id, 0) });
            companies.len() - 1
        };
        *self.company_places.entry((environment, id)).or_insert_with_key(make)
    }

    fn subject(&mut self, environment: EnvironmentId, who: Who) -> usize {
        let (keys, subjects, surroundings) = (self.keys, &mut self.subjects, self.surroundings);
        let make = |(environment, who): &(EnvironmentId, Who)| {
            let first = keys.user(*environment, named(who, 0), 0);
            let audit_ref = uuid::Builder::from_random_bytes(surroundings.bytes()).into_uuid();
            subjects.push(Subject { environment: *environment, who: who.clone(), first, audit_ref });
            subjects.len() - 1
        };
        *self.places.entry((environment, who)).or_insert_with_key(make)
    }

    fn name_key(&mut self, environment: EnvironmentId, name: &str) -> i64 {
        let keys = self.keys;
        *self.names.entry((environment, name.to_owned())).or_insert_with(|| keys.name_key(environment, name))
    }
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| unreachable!("names are strings and numbers are finite"))
}
