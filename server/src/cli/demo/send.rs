//! The crowd goes in as clients would send it.

use std::net::{IpAddr, Ipv4Addr};

use domain::{
    collect::{Event, Properties, Who},
    id::EnvironmentId,
    invalid::{Field, Invalid, Problem},
    name::EventName,
    user::{Identity, UserId},
};
use store::{
    Collector,
    collector::{Outcome, What},
};

use super::crowd::{Visitor, text};
use crate::cli::Failure;

const FROM: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// What one request of a client may carry.
const EVENTS_OF_A_REQUEST: usize = 1_000;
const REQUESTS_OF_A_BATCH: usize = 500;
const REQUESTS_OF_EVENTS: usize = 5;

/// Who is who first, so that no event has to be moved to its user later. Answers how many events were stored.
pub(super) async fn send(collector: &Collector, environment: EnvironmentId, crowd: Vec<Visitor>) -> Result<usize, Failure> {
    let (mut identities, mut properties, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for visitor in crowd {
        let user_id = UserId::new(visitor.number).ok_or_else(|| mistake(Problem::NotATarget))?;
        let identity = Identity::parse(&format!("user-{}@example.com", visitor.number)).map_err(mistake)?;
        if visitor.has_signed_up() {
            identities.push(What::Identify { user_id, identity: identity.clone() });
            properties.push((Who::Identity(identity.clone()), known_of(&visitor)));
        }
        for act in visitor.acts {
            let user = if act.is_known { Who::Identity(identity.clone()) } else { Who::UserId(user_id) };
            events.push(Event {
                name: EventName::parse(act.name).map_err(mistake)?,
                user,
                company: None,
                session_id: Some(format!("{}-{}", visitor.number, act.session)),
                occurred_at: Some(act.at),
                idempotency_key: None,
                properties: act.properties,
            });
        }
    }
    let properties = properties.chunks(EVENTS_OF_A_REQUEST).map(|chunk| What::Properties(chunk.to_vec())).collect();
    write(collector, environment, identities, REQUESTS_OF_A_BATCH).await?;
    write(collector, environment, properties, REQUESTS_OF_EVENTS).await?;
    let events = events.chunks(EVENTS_OF_A_REQUEST).map(|chunk| What::Events(chunk.to_vec())).collect();
    write(collector, environment, events, REQUESTS_OF_EVENTS).await
}

fn known_of(visitor: &Visitor) -> Properties {
    [text("country", visitor.country), text("plan", visitor.plan), text("source", visitor.source)].into_iter().collect()
}

/// Writes so many requests a transaction. Answers how many of the events were stored, which are all unless somebody deletes the environment meanwhile.
async fn write(collector: &Collector, environment: EnvironmentId, requests: Vec<What>, at_once: usize) -> Result<usize, Failure> {
    let mut stored = 0;
    for requests in requests.chunks(at_once) {
        let submissions = requests.iter().map(|what| collector.submission(environment, FROM, what.clone())).collect();
        let outcomes = collector.write(submissions).await?;
        let written = requests.iter().zip(outcomes).filter(|(_, outcome)| *outcome == Outcome::Stored);
        stored += written.map(|(what, _)| if let What::Events(events) = what { events.len() } else { 0 }).sum::<usize>();
    }
    Ok(stored)
}

fn mistake(problem: Problem) -> Failure {
    Invalid::one(Field::Whole, problem).into()
}
