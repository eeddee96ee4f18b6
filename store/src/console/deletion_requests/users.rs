//! Who would be erased, to be looked through before it is confirmed.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use domain::{
    deletion::Target,
    id::{EnvironmentId, RequestId},
    listing::Page,
    time::Millis,
    user::{Identity, UserId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{preview::PreviewEnvironment, resolve::Found};
use crate::{
    Error,
    engine::{Tx, args, statements},
};

statements! {
    EVERYBODY_WAITS = "SELECT id, cut_at FROM deletion_requests WHERE environment_id = $1 AND sweep = 'everything' AND state IN ('pending', 'running', 'failed') ORDER BY id DESC";
}

/// A user who would be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewUser {
    /// Where: the place in [`super::Preview::environments`].
    pub environment: usize,
    /// By what name.
    pub user: Target,
    /// When the newest event happened, if there is any.
    pub last_seen_at: Option<Millis>,
    /// Another request that is about to erase them, up to the moment it was made: one that has not come to its end.
    pub waits_for: Option<RequestId>,
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

/// A page of them. Told are requests other than the one that is looked at, if one is.
pub(super) async fn page(
    tx: &mut Tx,
    environments: &[PreviewEnvironment],
    everybody: Vec<KnownUser>,
    page: u32,
    at: Option<RequestId>,
) -> Result<Page<PreviewUser>, Error> {
    let total = everybody.len();
    told(tx, environments, Page::cut(everybody, page, total), at).await
}

/// The same page, with when its users were last seen and what they wait for.
pub(super) async fn told(
    tx: &mut Tx,
    environments: &[PreviewEnvironment],
    page: Page<KnownUser>,
    at: Option<RequestId>,
) -> Result<Page<PreviewUser>, Error> {
    let (mut seen, mut waiting) = (HashMap::new(), HashMap::new());
    for (place, environment) in environments.iter().enumerate() {
        let keys: Vec<i64> = page.rows.iter().filter(|user| user.environment == place).map(|user| user.key).collect();
        let newest = last_seen(tx, environment.id, &keys).await?;
        seen.extend(newest.into_iter().map(|(key, at)| ((place, key), Millis(at))));
        let requests = waits_for(tx, environment.id, &keys, at).await?;
        waiting.extend(requests.into_iter().map(|(key, request)| ((place, key), request)));
    }
    Ok(page.map(|user| PreviewUser {
        environment: user.environment,
        last_seen_at: seen.get(&(user.environment, user.key)).copied(),
        waits_for: waiting.get(&(user.environment, user.key)).copied(),
        user: user.user,
    }))
}

async fn last_seen(tx: &mut Tx, environment: EnvironmentId, keys: &[i64]) -> Result<BTreeMap<i64, i64>, Error> {
    const HEAD: &str = "SELECT user_key, MAX(occurred_at) FROM events WHERE environment_id = $1 AND user_key";
    let rows: Vec<(i64, i64)> = tx.all_in(HEAD, &args![environment], keys, "GROUP BY user_key").await?;
    Ok(rows.into_iter().collect())
}

/// By their key, for which of the requests that have not come to their end they wait: one that names them, rather than one for everybody; the oldest of several.
async fn waits_for(tx: &mut Tx, environment: EnvironmentId, keys: &[i64], at: Option<RequestId>) -> Result<HashMap<i64, RequestId>, Error> {
    const NAMED: &str = "SELECT s.user_key, s.request_id FROM deletion_subjects s JOIN deletion_requests d ON d.id = s.request_id WHERE s.environment_id = $1 AND d.state IN ('pending', 'running', 'failed') AND s.user_key";
    const OLD: &str = "SELECT user_key FROM users WHERE environment_id = $1 AND received_at <= $2 AND user_key";
    let mut waiting = HashMap::new();
    let everybody: Vec<(Uuid, i64)> = tx.all(&EVERYBODY_WAITS, args![environment]).await?;
    for (request, cut) in everybody {
        let old: Vec<(i64,)> = tx.all_in(OLD, &args![environment, cut], keys, "").await?;
        waiting.extend(old.into_iter().map(|(key,)| (key, RequestId(request))).filter(|(_, request)| Some(*request) != at));
    }
    let named: Vec<(i64, Uuid)> = tx.all_in(NAMED, &args![environment], keys, "ORDER BY s.request_id DESC").await?;
    waiting.extend(named.into_iter().map(|(key, request)| (key, RequestId(request))).filter(|(_, request)| Some(*request) != at));
    Ok(waiting)
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
