//! Whom a deletion request finds, and what is left of them.

mod again;
mod approving;
mod devices;
mod erase;
mod everything;
mod killed;
mod preview;
mod property;
mod quotes;
mod receipts;
mod request;
mod residue;
mod retention;
mod scrub;
mod suppression;
mod turning;
mod upload;
mod worlds;

pub(crate) use killed::works_for;

use std::net::{IpAddr, Ipv4Addr};

use domain::{
    collect::{Event, Properties, PropertyValue, Who},
    deletion::{Counts, Target},
    id::{EnvironmentId, RequestId},
    name::EventName,
    user::{Identity, UserId},
};
use store::{
    Collector, Error,
    access::{DeleteUsers, View},
    collector::{Outcome, What},
    console::deletion_requests::{Deletions, Preview, Request, Selection},
};

use crate::support::{Founded, House};

pub(crate) fn named(text: &str) -> Target {
    Who::Identity(Identity::parse(text).unwrap())
}

pub(crate) fn number(id: u64) -> Target {
    Who::UserId(UserId::new(id).unwrap())
}

pub(crate) fn event(user: Target) -> Event {
    let properties = Properties::from_iter([("plan".to_owned(), PropertyValue::Text("gold".to_owned()))]);
    Event {
        name: EventName::parse("Order").unwrap(),
        user,
        company: None,
        session_id: None,
        occurred_at: None,
        idempotency_key: None,
        properties,
    }
}

/// What a site sends for one environment.
pub(crate) struct Site {
    pub(crate) collector: Collector,
    pub(crate) environment: EnvironmentId,
}

impl Site {
    pub(crate) fn of(house: &House, environment: EnvironmentId) -> Self {
        Self { collector: house.store.collector.clone(), environment }
    }

    pub(crate) async fn sends(&self, what: What) {
        self.sends_together(vec![what]).await;
    }

    /// In one batch.
    async fn sends_together(&self, all: Vec<What>) {
        let submission = |what| self.collector.submission(self.environment, IpAddr::V4(Ipv4Addr::LOCALHOST), what);
        let submissions: Vec<_> = all.into_iter().map(submission).collect();
        let stored = vec![Outcome::Stored; submissions.len()];
        assert_eq!(self.collector.write(submissions).await.unwrap(), stored);
    }

    pub(crate) async fn tracks(&self, user: Target, events: usize) {
        self.sends(What::Events(vec![event(user); events])).await;
    }

    pub(crate) async fn knows(&self, user: Target, property: &str, value: &str) {
        let properties = Properties::from_iter([(property.to_owned(), PropertyValue::Text(value.to_owned()))]);
        self.sends(What::Properties(vec![(user, properties)])).await;
    }

    pub(crate) async fn identifies(&self, user: u64, identity: &str) {
        let (Who::UserId(user_id), Who::Identity(identity)) = (number(user), named(identity)) else { unreachable!() };
        self.sends(What::Identify { user_id, identity }).await;
    }
}

/// The present is over, also by the clock of a database that has its own: opening a connection takes longer than its millisecond.
pub(crate) async fn pass(house: &House) {
    house.clock.advance(1_000);
    let _: Vec<String> = house.texts("SELECT 'x'").await;
}

/// A lease is over, also where the database has its own clock.
pub(crate) async fn leases_end(house: &House) {
    house.clock.advance(61_000);
    if house.folder.is_none() {
        house.texts("UPDATE jobs SET leased_until = 1 WHERE leased_until > 0 RETURNING kind").await;
    }
}

pub(crate) async fn request(house: &House, founded: &Founded, targets: &[Target]) -> RequestId {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let id = house.store.console.delete_users(&granted).request(targets).await.unwrap().id;
    pass(house).await;
    id
}

pub(crate) async fn report(house: &House, founded: &Founded, id: RequestId) -> Request {
    house.store.console.deletion_request(&house.granted::<View>(founded).await, id).await.unwrap()
}

/// Asks, and works until it is done.
pub(crate) async fn erase(house: &House, founded: &Founded, targets: &[Target]) -> Counts {
    let id = request(house, founded, targets).await;
    house.store.maintenance.unscoped_drain().await.unwrap();
    let done = report(house, founded, id).await;
    assert_eq!(done.state, domain::deletion::RequestState::Complete);
    assert!(done.completed_at.is_some());
    done.erased
}

/// What a request for users of these names would find.
pub(crate) async fn previewed(deletions: &Deletions<'_>, targets: &[Target]) -> Result<Preview, Error> {
    deletions.preview(&Selection::named(targets)?, 1, None).await
}

/// What a request would find now.
async fn found(house: &House, founded: &Founded, target: Target) -> Counts {
    let granted = house.granted::<DeleteUsers>(founded).await;
    previewed(&house.store.console.delete_users(&granted), &[target]).await.unwrap().total()
}

pub(crate) async fn count(house: &House, sql: &'static str) -> u64 {
    house.texts(sql).await[0].parse().unwrap()
}
