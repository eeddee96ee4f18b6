//! Who would be erased, to be looked through before it is confirmed.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use domain::{
    deletion::Target,
    id::EnvironmentId,
    listing::Page,
    time::Millis,
    user::{Identity, UserId},
};
use sqlx::FromRow;

use super::{preview::PreviewEnvironment, resolve::Found};
use crate::{
    Error,
    engine::{Tx, args},
};

/// A user who would be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewUser {
    /// Where: the place in [`super::Preview::environments`].
    pub environment: usize,
    /// By what name.
    pub user: Target,
    /// When the newest event happened, if there is any.
    pub last_seen_at: Option<Millis>,
}

/// A row of `users`, with its key.
pub(super) struct KnownUser {
    environment: usize,
    key: i64,
    pub(super) user: Target,
}

#[derive(FromRow)]
pub(super) struct UserRow {
    user_key: i64,
    identity: Option<String>,
    user_id: Option<i64>,
}

/// Everybody, by environment and name; anonymous users last.
pub(super) async fn everybody(tx: &mut Tx, environments: &[PreviewEnvironment], found: &Found) -> Result<Vec<KnownUser>, Error> {
    const HEAD: &str = "SELECT user_key, identity, user_id FROM users WHERE environment_id = $1 AND user_key";
    let mut all = Vec::new();
    for (place, environment) in environments.iter().enumerate() {
        let Some(keys) = found.users.get(&environment.id.get()) else { continue };
        let keys: Vec<i64> = keys.iter().copied().collect();
        let rows: Vec<UserRow> = tx.all_in(HEAD, &args![environment.id], &keys, "").await?;
        for row in rows {
            all.push(KnownUser::of(place, &row)?);
        }
    }
    all.sort_by(|a, b| a.environment.cmp(&b.environment).then_with(|| by_name(&a.user, &b.user)));
    Ok(all)
}

/// A page of them, with when they were last seen.
pub(super) async fn page(
    tx: &mut Tx,
    environments: &[PreviewEnvironment],
    everybody: Vec<KnownUser>,
    page: u32,
) -> Result<Page<PreviewUser>, Error> {
    let total = everybody.len();
    with_last_seen(tx, environments, Page::cut(everybody, page, total)).await
}

pub(super) async fn with_last_seen(
    tx: &mut Tx,
    environments: &[PreviewEnvironment],
    page: Page<KnownUser>,
) -> Result<Page<PreviewUser>, Error> {
    let mut seen = HashMap::new();
    for (place, environment) in environments.iter().enumerate() {
        let keys: Vec<i64> = page.rows.iter().filter(|user| user.environment == place).map(|user| user.key).collect();
        let newest = last_seen(tx, environment.id, &keys).await?;
        seen.extend(newest.into_iter().map(|(key, at)| ((place, key), Millis(at))));
    }
    Ok(page.map(|user| PreviewUser {
        environment: user.environment,
        last_seen_at: seen.get(&(user.environment, user.key)).copied(),
        user: user.user,
    }))
}

async fn last_seen(tx: &mut Tx, environment: EnvironmentId, keys: &[i64]) -> Result<BTreeMap<i64, i64>, Error> {
    const HEAD: &str = "SELECT user_key, MAX(occurred_at) FROM events WHERE environment_id = $1 AND user_key";
    let rows: Vec<(i64, i64)> = tx.all_in(HEAD, &args![environment], keys, "GROUP BY user_key").await?;
    Ok(rows.into_iter().collect())
}

fn by_name(a: &Target, b: &Target) -> Ordering {
    match (a, b) {
        (Target::Identity(a), Target::Identity(b)) => a.as_str().cmp(b.as_str()),
        (Target::UserId(a), Target::UserId(b)) => a.cmp(b),
        (Target::Identity(_), Target::UserId(_)) => Ordering::Less,
        (Target::UserId(_), Target::Identity(_)) => Ordering::Greater,
    }
}

impl KnownUser {
    pub(super) fn of(environment: usize, row: &UserRow) -> Result<Self, Error> {
        Ok(Self { environment, key: row.user_key, user: row.user()? })
    }
}

impl UserRow {
    fn user(&self) -> Result<Target, Error> {
        let identity = self.identity.as_deref().map(|text| Identity::parse(text).ok().map(Target::Identity));
        let number = || self.user_id.and_then(|id| UserId::new(id.try_into().ok()?)).map(Target::UserId);
        identity.unwrap_or_else(number).ok_or(Error::Inconsistent { table: "users" })
    }
}
