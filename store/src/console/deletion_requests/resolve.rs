//! From the names of users to their keys, in every environment of an account.
//!
//! An identity leads to its user and to the anonymous users who turned out to be it. A user id leads to its anonymous users (it begins a new one each time it is identified as
//! somebody else), to everybody it turned out to be, and to the other anonymous users of those.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    deletion::Target,
    id::{AccountId, EnvironmentId},
};

use crate::{
    Error,
    collector::MOST_GENERATIONS,
    engine::{Tx, args, statements},
    keys::{Keys, Named, UserKey},
};

statements! {
    /// A deleted environment holds rows until it is purged.
    ENVIRONMENTS_WITH_ROWS = "SELECT id FROM environments WHERE account_id = $1 AND purged_at IS NULL ORDER BY id";
}

/// The users that targets lead to.
#[derive(Debug, Default)]
pub(in crate::console) struct Found {
    /// Keys by environment.
    pub(in crate::console) users: BTreeMap<i64, BTreeSet<i64>>,
    /// The targets, by place, that led to anybody.
    pub(super) matched: BTreeSet<usize>,
}

pub(in crate::console) async fn resolve(tx: &mut Tx, keys: &Keys, account: AccountId, targets: &[Target]) -> Result<Found, Error> {
    let mut found = Found::default();
    for environment in environments(tx, account).await? {
        let mut search =
            Search { environment, keys, targets, users: BTreeSet::new(), identified: BTreeSet::new(), matched: BTreeSet::new() };
        search.by_name(tx).await?;
        search.by_identity(tx).await?;
        found.matched.append(&mut search.matched);
        if !search.users.is_empty() {
            found.users.insert(environment.get(), search.users);
        }
    }
    Ok(found)
}

/// Those of an account that may hold rows.
pub(super) async fn environments(tx: &mut Tx, account: AccountId) -> Result<Vec<EnvironmentId>, Error> {
    let rows: Vec<(i64,)> = tx.all(&ENVIRONMENTS_WITH_ROWS, args![account]).await?;
    rows.into_iter().map(|(id,)| EnvironmentId::new(id).map_err(|_| Error::Inconsistent { table: "environments" })).collect()
}

/// The same for users whose keys are known, by environment: everybody they turned out to be meanwhile, and the anonymous users of all of those.
pub(super) async fn resolve_members(tx: &mut Tx, account: AccountId, members: &BTreeMap<i64, Vec<i64>>) -> Result<Found, Error> {
    const IDENTIFIED: &str = "SELECT identified_key FROM aliases WHERE environment_id = $1 AND user_key";
    let mut found = Found::default();
    for environment in environments(tx, account).await? {
        let Some(keys) = members.get(&environment.get()) else { continue };
        let mut users: BTreeSet<i64> = keys.iter().copied().collect();
        let identified: Vec<(i64,)> = tx.all_in(IDENTIFIED, &args![environment], keys, "").await?;
        users.extend(identified.into_iter().map(|(key,)| key));
        let anonymous: Vec<(i64,)> = tx.all_in(ANONYMOUS, &args![environment], &sorted(users.iter().copied()), "").await?;
        users.extend(anonymous.into_iter().map(|(key,)| key));
        found.users.insert(environment.get(), users);
    }
    Ok(found)
}

/// One way in which a target may have a key.
#[derive(Clone, Copy)]
struct Candidate {
    target: usize,
    generation: u32,
    attempt: u32,
    /// So many attempts in a row found the key free.
    free: u32,
}

/// One environment's part.
struct Search<'a> {
    environment: EnvironmentId,
    keys: &'a Keys,
    targets: &'a [Target],
    users: BTreeSet<i64>,
    /// Those among them to whom anonymous users turned out to belong.
    identified: BTreeSet<i64>,
    matched: BTreeSet<usize>,
}

struct Alias {
    hash: Vec<u8>,
    identified: i64,
}

impl Search<'_> {
    /// A key that another user's hash stands at is followed by the next attempt's. The search does not end at the first free key, because the user who stood there may have
    /// been erased; two collisions and two such gaps in a row do not happen.
    async fn by_name(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let mut open: Vec<Candidate> = (0..self.targets.len()).flat_map(|target| self.candidates(target)).collect();
        while !open.is_empty() {
            let places: Vec<(Candidate, UserKey)> = open.iter().map(|candidate| (*candidate, self.key(*candidate))).collect();
            let list = sorted(places.iter().map(|(_, key)| key.key));
            let numbers = places.iter().filter(|(candidate, _)| matches!(self.targets[candidate.target], Target::UserId(_)));
            let aliases = aliases(tx, self.environment, &sorted(numbers.map(|(_, key)| key.key))).await?;
            let hashes = hashes(tx, self.environment, &list).await?;
            open.clear();
            for (candidate, key) in places {
                let (row, alias) = (hashes.get(&key.key), aliases.get(&key.key));
                let is_own = |hash: &[u8]| hash == key.hash;
                let own_row = row.is_some_and(|hash| is_own(hash));
                let own_alias = alias.filter(|alias| is_own(&alias.hash));
                if own_row || own_alias.is_some() {
                    self.finds(candidate, key.key, own_alias.map(|alias| alias.identified));
                }
                let free = if row.is_some() || alias.is_some() { 0 } else { candidate.free + 1 };
                let patience = if candidate.generation == 0 { 2 } else { 1 };
                if free < patience && candidate.attempt + 1 < MOST_ATTEMPTS {
                    open.push(Candidate { attempt: candidate.attempt + 1, free, ..candidate });
                }
            }
        }
        Ok(())
    }

    fn finds(&mut self, Candidate { target, .. }: Candidate, key: i64, identified: Option<i64>) {
        self.matched.insert(target);
        self.users.insert(key);
        if let Target::Identity(_) = self.targets[target] {
            self.identified.insert(key);
        }
        if let Some(identified) = identified {
            self.users.insert(identified);
            self.identified.insert(identified);
        }
    }

    /// The anonymous users of everybody who was found.
    async fn by_identity(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let identified = sorted(self.identified.iter().copied());
        let anonymous: Vec<(i64,)> = tx.all_in(ANONYMOUS, &args![self.environment], &identified, "").await?;
        self.users.extend(anonymous.into_iter().map(|(key,)| key));
        Ok(())
    }

    fn candidates(&self, target: usize) -> impl Iterator<Item = Candidate> + use<> {
        let generations = if let Target::UserId(_) = self.targets[target] { MOST_GENERATIONS } else { 1 };
        (0..generations).map(move |generation| Candidate { target, generation, attempt: 0, free: 0 })
    }

    fn key(&self, Candidate { target, generation, attempt, .. }: Candidate) -> UserKey {
        self.keys.user(self.environment, Named::of(&self.targets[target], generation), attempt)
    }
}

const MOST_ATTEMPTS: u32 = 64;

const ANONYMOUS: &str = "SELECT user_key FROM aliases WHERE environment_id = $1 AND identified_key";

async fn hashes(tx: &mut Tx, environment: EnvironmentId, keys: &[i64]) -> Result<HashMap<i64, Vec<u8>>, Error> {
    const HEAD: &str = "SELECT user_key, key_hash FROM users WHERE environment_id = $1 AND user_key";
    let rows: Vec<(i64, Vec<u8>)> = tx.all_in(HEAD, &args![environment], keys, "").await?;
    Ok(rows.into_iter().collect())
}

async fn aliases(tx: &mut Tx, environment: EnvironmentId, keys: &[i64]) -> Result<HashMap<i64, Alias>, Error> {
    const HEAD: &str = "SELECT user_key, key_hash, identified_key FROM aliases WHERE environment_id = $1 AND user_key";
    let rows: Vec<(i64, Vec<u8>, i64)> = tx.all_in(HEAD, &args![environment], keys, "").await?;
    Ok(rows.into_iter().map(|(key, hash, identified)| (key, Alias { hash, identified })).collect())
}

fn sorted(keys: impl Iterator<Item = i64>) -> Vec<i64> {
    keys.collect::<BTreeSet<_>>().into_iter().collect()
}
