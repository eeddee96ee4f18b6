//! What the collector stores, and for whom.

mod collisions;
mod companies;
mod exactness;
mod identify;
mod names;
mod privacy;
mod rules;
mod stored;

use std::net::IpAddr;

use domain::{
    collect::{Event, Properties, PropertyValue, Who},
    id::EnvironmentId,
    name::EventName,
    privacy::Sender,
    time::Millis,
    user::{Identity, UserId},
};
use store::{
    collector::{Submission, What},
    surroundings::Surroundings,
};

use crate::support::House;

const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));

fn identity(text: &str) -> Identity {
    Identity::parse(text).unwrap()
}

fn named(text: &str) -> Who {
    Who::Identity(identity(text))
}

fn number(id: u64) -> Who {
    Who::UserId(UserId::new(id).unwrap())
}

fn properties(values: &[(&str, &str)]) -> Properties {
    values.iter().map(|(name, value)| ((*name).to_owned(), PropertyValue::Text((*value).to_owned()))).collect()
}

fn event(user: Who, name: &str) -> Event {
    Event {
        name: EventName::parse(name).unwrap(),
        user,
        company: None,
        session_id: None,
        occurred_at: None,
        idempotency_key: None,
        properties: Properties::default(),
    }
}

fn keyed(user: Who, name: &str, idempotency_key: &str) -> Event {
    Event { idempotency_key: Some(idempotency_key.to_owned()), ..event(user, name) }
}

fn nonce() -> u64 {
    u64::from_be_bytes(Surroundings::system().bytes())
}

fn submission(environment: EnvironmentId, what: What) -> Submission {
    Submission { environment, address: HOME, sender: Sender::default(), what, nonce: nonce(), since: std::time::Instant::now() }
}

fn events(environment: EnvironmentId, events: Vec<Event>) -> Submission {
    submission(environment, What::Events(events))
}

fn identify(environment: EnvironmentId, user_id: u64, name: &str) -> Submission {
    submission(environment, What::Identify { user_id: UserId::new(user_id).unwrap(), identity: identity(name) })
}

fn sets(environment: EnvironmentId, who: Who, values: &[(&str, &str)]) -> Submission {
    submission(environment, What::Properties(vec![(who, properties(values))]))
}

impl House {
    /// Each event with its user, sorted.
    async fn events_by_user(&self) -> Vec<String> {
        self.texts(
            "SELECT COALESCE(u.identity, CAST(u.user_id AS TEXT), 'nobody') || ' ' || e.name FROM events e \
             LEFT JOIN users u ON u.environment_id = e.environment_id AND u.user_key = e.user_key ORDER BY 1",
        )
        .await
    }

    /// Each property with its user, sorted.
    async fn properties_by_user(&self) -> Vec<String> {
        self.texts(
            "SELECT COALESCE(u.identity, CAST(u.user_id AS TEXT), 'nobody') || ' ' || p.name || '=' || p.value FROM user_properties p \
             LEFT JOIN users u ON u.environment_id = p.environment_id AND u.user_key = p.user_key ORDER BY 1",
        )
        .await
    }

    /// Does every job that rehomes, as the worker would, two events at a time.
    async fn rehome(&self) {
        let jobs = self.texts("SELECT payload FROM jobs WHERE kind = 'rehome' ORDER BY run_at, id").await;
        for job in jobs {
            let job: serde_json::Value = serde_json::from_str(&job).unwrap();
            let number = |name: &str| job[name].as_i64().unwrap();
            while self.store.maintenance.unscoped_rehome(number("environment"), number("from"), number("to"), 2).await.unwrap() {}
        }
    }
}

const NOON: Millis = Millis(1_767_268_800_000);
