//! The rows of users, as archives tell them. None is joined with another table: those of users may stand on several machines, by user.

use std::collections::HashMap;

use domain::export::EVENTS_SHOWN;
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error,
    engine::{Tx, args, statements},
};

statements! {
    EXPORTED_PLACES = "SELECT e.id, p.name AS project, e.name FROM environments e JOIN projects p ON p.id = e.project_id WHERE e.id IN (SELECT environment_id FROM export_subjects WHERE export_id = $1) ORDER BY e.id";
    EXPORTED_USERS = "SELECT user_key FROM export_subjects WHERE export_id = $1 AND environment_id = $2 ORDER BY user_key";
    EXPORT_PROPERTIES = "SELECT property_key, name, value, received_at FROM user_properties WHERE environment_id = $1 AND user_key = $2 AND property_key >= $3 ORDER BY property_key LIMIT $4";
    EXPORT_EVENTS = "SELECT user_key, event_id, occurred_at, received_at, session_id, name, company_key, properties FROM events WHERE environment_id = $1 AND user_key = $2 AND event_id >= $3 AND received_at <= $4 ORDER BY event_id LIMIT $5";
}

#[derive(FromRow)]
pub(super) struct PlaceRow {
    pub id: i64,
    pub project: String,
    pub name: String,
}

#[derive(FromRow)]
pub(super) struct UserRow {
    pub user_key: i64,
    pub identity: Option<String>,
    pub user_id: Option<i64>,
    pub received_at: i64,
}

#[derive(FromRow)]
pub(super) struct PropertyRow {
    pub property_key: i64,
    pub name: String,
    pub value: String,
    pub received_at: i64,
}

#[derive(FromRow)]
pub(super) struct AliasRow {
    pub user_key: i64,
    pub identified_key: i64,
    pub received_at: i64,
}

#[derive(FromRow)]
pub(super) struct EventRow {
    pub user_key: i64,
    pub event_id: i64,
    pub occurred_at: i64,
    pub received_at: i64,
    pub session_id: Option<String>,
    pub name: String,
    pub company_key: Option<i64>,
    pub properties: String,
}

/// The environments of an export, in the order of its archive.
pub(super) async fn places(tx: &mut Tx, export: Uuid) -> Result<Vec<PlaceRow>, Error> {
    tx.all(&EXPORTED_PLACES, args![export]).await
}

/// The keys of its users in one of them, in the order of their numbers.
pub(super) async fn users_in(tx: &mut Tx, export: Uuid, environment: i64) -> Result<Vec<i64>, Error> {
    let keys: Vec<(i64,)> = tx.all(&EXPORTED_USERS, args![export, environment]).await?;
    Ok(keys.into_iter().map(|(key,)| key).collect())
}

pub(super) async fn users(tx: &mut Tx, environment: i64, keys: &[i64]) -> Result<Vec<UserRow>, Error> {
    const HEAD: &str = "SELECT user_key, identity, user_id, received_at FROM users WHERE environment_id = $1 AND user_key";
    tx.all_in(HEAD, &args![environment], keys, "ORDER BY user_key").await
}

pub(super) async fn aliases(tx: &mut Tx, environment: i64, keys: &[i64]) -> Result<Vec<AliasRow>, Error> {
    const HEAD: &str = "SELECT user_key, identified_key, received_at FROM aliases WHERE environment_id = $1 AND user_key";
    tx.all_in(HEAD, &args![environment], keys, "ORDER BY user_key").await
}

/// Those of a user from a key on.
pub(super) async fn properties(tx: &mut Tx, environment: i64, user: i64, from: i64, most: usize) -> Result<Vec<PropertyRow>, Error> {
    tx.all(&EXPORT_PROPERTIES, args![environment, user, from, limit(most)]).await
}

/// Those of a user from an id on, as far as they were received up to the cut.
pub(super) async fn events(tx: &mut Tx, place: (i64, i64), from: i64, cut: i64, most: usize) -> Result<Vec<EventRow>, Error> {
    tx.all(&EXPORT_EVENTS, args![place.0, place.1, from, cut, limit(most)]).await
}

/// The newest ones of all these users.
pub(super) async fn newest_events(tx: &mut Tx, environment: i64, keys: &[i64], cut: i64) -> Result<Vec<EventRow>, Error> {
    const HEAD: &str = "SELECT user_key, event_id, occurred_at, received_at, session_id, name, company_key, properties FROM events WHERE environment_id = $1 AND received_at <= $2 AND user_key";
    const TAIL: &str = "ORDER BY occurred_at DESC, user_key, event_id LIMIT 500";
    const { assert!(EVENTS_SHOWN == 500) };
    tx.all_in(HEAD, &args![environment, cut], keys, TAIL).await
}

/// What the companies of these events are called.
pub(super) async fn companies(tx: &mut Tx, environment: i64, events: &[EventRow]) -> Result<HashMap<i64, String>, Error> {
    const HEAD: &str = "SELECT company_key, company_id FROM companies WHERE environment_id = $1 AND company_key";
    let mut keys: Vec<i64> = events.iter().filter_map(|event| event.company_key).collect();
    keys.sort_unstable();
    keys.dedup();
    let rows: Vec<(i64, String)> = tx.all_in(HEAD, &args![environment], &keys, "").await?;
    Ok(rows.into_iter().collect())
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
