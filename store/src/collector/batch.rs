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
        if generation == 0 && attempt == 0 { self.first } else { keys.user(self.environment, Named::of(&self.who, generation), attempt) }
    }
}

pub(super) fn prepare(keys: &Keys, surroundings: &Surroundings, rules: &Rules, submissions: &[Submission]) -> Batch {
    let mut preparer = Preparer {
        keys,
        surroundings,
        rules,
        now: surroundings.now(),
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
        accepted.extend(stored);
        outcome
    });
    let outcomes = outcomes.collect();
    Batch { rules_version: rules.version(), outcomes, accepted, subjects: preparer.subjects, companies: preparer.companies }
}

struct Preparer<'a> {
    keys: &'a Keys,
    surroundings: &'a Surroundings,
    rules: &'a Rules,
    /// By which suppressions end.
    now: Millis,
    subjects: Vec<Subject>,
    places: HashMap<(EnvironmentId, Who), usize>,
    companies: Vec<Company>,
    company_places: HashMap<(EnvironmentId, CompanyId), usize>,
    names: HashMap<(EnvironmentId, String), i64>,
}

/// Of so many events or users, when so many are captured and so many of those kept. The first of two reasons is that somebody is suppressed.
fn outcome(total: usize, captured: usize, kept: usize) -> Outcome {
    match (kept < captured, kept == 0) {
        _ if kept == total => Outcome::Stored,
        (true, true) => Outcome::Suppressed,
        (true, false) => Outcome::PartlySuppressed,
        (false, true) => Outcome::NotCaptured,
        (false, false) => Outcome::PartlyCaptured,
    }
}

impl Preparer<'_> {
    fn submission(&mut self, submission: &Submission) -> (Outcome, Option<Prepared>) {
        let environment = submission.environment;
        let (outcome, deed) = match &submission.what {
            What::Events(events) => self.events(submission, events),
            What::Identify { user_id, identity } => {
                let (user, identity) = (Who::UserId(*user_id), Who::Identity(identity.clone()));
                if self.suppresses(environment, &user) || self.suppresses(environment, &identity) {
                    return (Outcome::Suppressed, None);
                }
                let deed = Deed::Identify { user: self.subject(environment, user), identity: self.subject(environment, identity) };
                (Outcome::Stored, deed)
            }
            What::Properties(users) => self.properties(environment, users),
            What::Companies(companies) => {
                let prepare = |(id, values): &(CompanyId, Properties)| PreparedProperties {
                    subject: self.company(environment, id.clone()),
                    values: self.values(environment, values),
                };
                (Outcome::Stored, Deed::Companies(companies.iter().map(prepare).collect()))
            }
        };
        (outcome, Some(Prepared { environment, deed }))
    }

    fn suppresses(&self, environment: EnvironmentId, who: &Who) -> bool {
        self.rules.suppresses(self.keys, environment, who, self.now)
    }

    /// Those of pages that are captured, by users who are not suppressed. Each keeps its own id, whichever of them are.
    fn events(&mut self, submission: &Submission, events: &[Event]) -> (Outcome, Deed) {
        let privacy = self.rules.privacy(submission.environment);
        let fresh = (0..).map(|place| submission.nonce.wrapping_add(place).cast_signed() & i64::MAX);
        let captured: Vec<(&Event, i64)> =
            events.iter().zip(fresh).filter(|(event, _)| privacy.captures(&event.properties, &submission.sender)).collect();
        let kept: Vec<(&Event, i64)> =
            captured.iter().copied().filter(|(event, _)| !self.suppresses(submission.environment, &event.user)).collect();
        let outcome = outcome(events.len(), captured.len(), kept.len());
        (outcome, Deed::Events(kept.into_iter().map(|(event, id)| self.event(submission, event, id)).collect()))
    }

    /// Those of users who are not suppressed.
    fn properties(&mut self, environment: EnvironmentId, users: &[(Who, Properties)]) -> (Outcome, Deed) {
        let privacy = self.rules.privacy(environment);
        let kept: Vec<&(Who, Properties)> = users.iter().filter(|(who, _)| !self.suppresses(environment, who)).collect();
        let outcome = outcome(users.len(), users.len(), kept.len());
        let prepare = |(who, values): &(Who, Properties)| PreparedProperties {
            subject: self.subject(environment, who.clone()),
            values: self.values(environment, &privacy.of_user(values)),
        };
        (outcome, Deed::Properties(kept.into_iter().map(prepare).collect()))
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
            let first = keys.first_user(*environment, who);
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
