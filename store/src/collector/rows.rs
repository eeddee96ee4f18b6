//! The rows of events and properties.

use std::collections::BTreeMap;

use domain::time::Millis;

use super::{
    batch::{PreparedEvent, PreparedProperty},
    users::Place,
};
use crate::{
    Error,
    engine::{Arg, Tx, args},
};

/// What a batch stores, gathered in the order of its primary keys.
#[derive(Default)]
pub(super) struct Rows<'a> {
    events: Vec<(Place, Option<i64>, &'a PreparedEvent)>,
    company_properties: BTreeMap<(Place, i64), &'a PreparedProperty>,
    properties: BTreeMap<(Place, i64), &'a PreparedProperty>,
}

impl<'a> Rows<'a> {
    /// An event of a user, for a company if it has one.
    pub(super) fn event(&mut self, place: Place, company: Option<i64>, event: &'a PreparedEvent) {
        self.events.push((place, company, event));
    }

    /// The last value of a property wins.
    pub(super) fn company_properties(&mut self, place: Place, values: &'a [PreparedProperty]) {
        self.company_properties.extend(values.iter().map(|value| ((place, value.property_key), value)));
    }

    /// The last value of a property wins.
    pub(super) fn properties(&mut self, place: Place, values: &'a [PreparedProperty]) {
        self.properties.extend(values.iter().map(|value| ((place, value.property_key), value)));
    }

    pub(super) async fn write(self, tx: &mut Tx, received_at: Millis) -> Result<(), Error> {
        self.write_company_properties(tx, received_at).await?;
        self.write_properties(tx, received_at).await?;
        self.write_events(tx, received_at).await
    }

    async fn write_company_properties(&self, tx: &mut Tx, received_at: Millis) -> Result<(), Error> {
        const HEAD: &str = "INSERT INTO company_properties (environment_id, company_key, property_key, name, value, received_at)";
        const TAIL: &str = "ON CONFLICT (environment_id, company_key, property_key) DO UPDATE SET name = excluded.name, value = excluded.value, received_at = excluded.received_at";
        tx.insert(HEAD, property_rows(&self.company_properties, received_at), TAIL).await?;
        Ok(())
    }

    async fn write_properties(&self, tx: &mut Tx, received_at: Millis) -> Result<(), Error> {
        const HEAD: &str = "INSERT INTO user_properties (environment_id, user_key, property_key, name, value, received_at)";
        const TAIL: &str = "ON CONFLICT (environment_id, user_key, property_key) DO UPDATE SET name = excluded.name, value = excluded.value, received_at = excluded.received_at";
        tx.insert(HEAD, property_rows(&self.properties, received_at), TAIL).await?;
        Ok(())
    }

    /// Of the same event twice the first stays. A retry whose first copy is still under the anonymous key is a second row under the identity's, until rehoming
    /// makes the two meet by the same clause.
    async fn write_events(mut self, tx: &mut Tx, received_at: Millis) -> Result<(), Error> {
        const HEAD: &str = "INSERT INTO events (environment_id, user_key, event_id, occurred_at, received_at, session_id, name_key, name, properties, company_key)";
        const TAIL: &str = "ON CONFLICT (environment_id, user_key, event_id) DO NOTHING";
        self.events.sort_by_key(|(place, _, event)| (*place, event.event_id));
        self.events.dedup_by_key(|(place, _, event)| (*place, event.event_id));
        let row = |((environment, user_key), company, event): &(Place, Option<i64>, &PreparedEvent)| {
            let occurred_at = event.occurred_at.unwrap_or(received_at);
            let (name, properties) = (event.name.as_str(), event.properties.as_str());
            args![
                *environment,
                *user_key,
                event.event_id,
                occurred_at,
                received_at,
                event.session_id.clone(),
                event.name_key,
                name,
                properties,
                *company
            ]
        };
        tx.insert(HEAD, self.events.iter().map(row).collect(), TAIL).await?;
        Ok(())
    }
}

fn property_rows(properties: &BTreeMap<(Place, i64), &PreparedProperty>, received_at: Millis) -> Vec<Vec<Arg>> {
    let row = |(&((environment, owner), property_key), property): (&(Place, i64), &&PreparedProperty)| {
        args![environment, owner, property_key, property.name.as_str(), property.value.as_str(), received_at]
    };
    properties.iter().map(row).collect()
}
