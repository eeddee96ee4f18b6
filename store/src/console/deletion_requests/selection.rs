//! Whom a request is about, settled before it is counted and asked for.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use domain::{
    definition::PropertyName,
    deletion::{Having, MAX_FOUND, MAX_TARGETS, Target, Whom},
    id::{AccountId, EnvironmentId},
    invalid::{Field, Problem},
};
use sha2::{Digest, Sha256};

use super::{
    Deletions, count,
    resolve::{self, Found},
    upload::Upload,
};
use crate::{
    Error,
    console::reports::filter::equals,
    engine::{Query, Tx, args},
    keys::Keys,
};

/// Whom a request is about. Of a property it holds the very users that were found, so that those who are counted and shown are those who are erased.
#[derive(Debug)]
pub struct Selection {
    pub(super) kind: Kind,
    /// The file that named them. It goes with the request.
    pub(super) upload: Option<Upload>,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// Each once.
    Named(Vec<Target>),
    Found {
        having: Having,
        /// User keys by environment, sorted.
        members: BTreeMap<i64, Vec<i64>>,
    },
    /// Everybody in an environment, of whom there are so many.
    Everything { environment: EnvironmentId, name: String, users: u32 },
}

impl Deletions<'_> {
    /// Settles whom a request is about. Everybody with a property is found by reading all properties of each environment, one by one: no index holds what people are called.
    ///
    /// # Errors
    /// `Invalid` at `targets`: `Empty`, `TooMany`; at `value`: `FindsTooMany` with how many there are; at `file`: `Forgotten`; at `environment`: `Missing`.
    pub async fn select(&self, whom: &Whom) -> Result<Selection, Error> {
        match whom {
            Whom::Named(targets) => Selection::named(targets),
            Whom::Having(having) => self.having(having).await,
            Whom::Uploaded(upload) => self.uploaded(*upload).await,
            Whom::Everything(environment) => self.everything(*environment).await,
        }
    }

    async fn having(&self, having: &Having) -> Result<Selection, Error> {
        let mut tx = self.console.db.read().await?;
        let (mut members, mut all) = (BTreeMap::new(), 0);
        for environment in resolve::environments(&mut tx, self.granted.account).await? {
            let (keys, total) = members_of(&mut tx, &self.console.keys, environment, having, MAX_FOUND as usize).await?;
            all += total;
            if !keys.is_empty() {
                members.insert(environment.get(), keys);
            }
        }
        if all > u64::from(MAX_FOUND) {
            return Err(Error::mistake(Field::Value, Problem::FindsTooMany { found: all, max: MAX_FOUND }));
        }
        Ok(Selection { kind: Kind::Found { having: having.clone(), members }, upload: None })
    }
}

impl Selection {
    /// These users, each once.
    ///
    /// # Errors
    /// `Invalid` at `targets`: `Empty`, `TooMany`.
    pub fn named(targets: &[Target]) -> Result<Self, Error> {
        let distinct: Vec<Target> = targets.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect();
        if distinct.is_empty() {
            Err(Error::mistake(Field::Targets, Problem::Empty))
        } else if distinct.len() > MAX_TARGETS as usize {
            Err(Error::mistake(Field::Targets, Problem::TooMany { max: MAX_TARGETS }))
        } else {
            Ok(Self { kind: Kind::Named(distinct), upload: None })
        }
    }

    /// How many lines of the file named somebody who had been named before.
    pub fn repeated(&self) -> u32 {
        self.upload.as_ref().map_or(0, |upload| upload.repeated)
    }

    /// Where everything goes.
    pub(super) fn everything_in(&self) -> Option<(EnvironmentId, &str)> {
        match &self.kind {
            Kind::Everything { environment, name, .. } => Some((*environment, name)),
            Kind::Named(_) | Kind::Found { .. } => None,
        }
    }

    /// How many were named, found by their property, or are in the environment.
    pub fn count(&self) -> u32 {
        count(match &self.kind {
            Kind::Named(targets) => targets.len(),
            Kind::Found { members, .. } => members.values().map(Vec::len).sum(),
            Kind::Everything { users, .. } => return *users,
        })
    }

    /// Stands for exactly the users that a property led to, so that nobody confirms others than were shown; empty where users are named.
    pub fn seal(&self) -> String {
        let Kind::Found { members, .. } = &self.kind else { return String::new() };
        let mut hash = Sha256::new();
        for (environment, keys) in members {
            for key in keys {
                hash.update([environment.to_be_bytes(), key.to_be_bytes()].concat());
            }
        }
        HEXLOWER.encode(&hash.finalize())
    }

    /// The names that were given.
    pub(super) fn names(&self) -> &[Target] {
        match &self.kind {
            Kind::Named(targets) => targets,
            Kind::Found { .. } | Kind::Everything { .. } => &[],
        }
    }

    pub(super) fn property(&self) -> Option<&PropertyName> {
        match &self.kind {
            Kind::Named(_) | Kind::Everything { .. } => None,
            Kind::Found { having, .. } => Some(&having.property),
        }
    }

    pub(super) async fn resolve(&self, tx: &mut Tx, keys: &Keys, account: AccountId) -> Result<Found, Error> {
        match &self.kind {
            Kind::Named(targets) => resolve::resolve(tx, keys, account, targets).await,
            Kind::Found { members, .. } => resolve::resolve_members(tx, account, members).await,
            // Nobody is named: whoever is there goes.
            Kind::Everything { .. } => Ok(Found::default()),
        }
    }
}

/// The users who have a property, at most `most` of them, and how many there are. As in segments, what an identity has itself wins over what its devices had.
async fn members_of(tx: &mut Tx, keys: &Keys, environment: EnvironmentId, having: &Having, most: usize) -> Result<(Vec<i64>, u64), Error> {
    const IDENTIFIED: &str = "SELECT user_key, identified_key FROM aliases WHERE environment_id = $1 AND user_key";
    const OWN: &str = "SELECT user_key FROM user_properties WHERE environment_id = $1 AND property_key = $2 AND user_key";
    let property = keys.name_key(environment, having.property.as_str());
    let mut query = Query::new(tx.dialect());
    query.push("SELECT p.user_key FROM user_properties p WHERE p.environment_id = ").bind(environment);
    query.push(" AND p.property_key = ").bind(property).push(" AND ");
    equals(&mut query, &having.value, |query| {
        query.push("p.value");
    })?;
    let (rows, total): (Vec<(i64,)>, u64) = tx.first_of(query, most).await?;
    let rows: Vec<i64> = rows.into_iter().map(|(key,)| key).collect();

    let identified: BTreeMap<i64, i64> = tx.all_in(IDENTIFIED, &args![environment], &rows, "").await?.into_iter().collect();
    let identities: Vec<i64> = identified.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let own: Vec<(i64,)> = tx.all_in(OWN, &args![environment, property], &identities, "").await?;
    let own: BTreeSet<i64> = own.into_iter().map(|(key,)| key).collect();
    let mut members = BTreeSet::new();
    for row in &rows {
        match identified.get(row) {
            None => members.insert(*row),
            // An identity whose own value is this one has a row of its own here.
            Some(identity) => !own.contains(identity) && members.insert(*identity),
        };
    }
    // Beyond the most, rows stand for users.
    let users = u64::from(count(members.len())) + total - u64::from(count(rows.len()));
    Ok((members.into_iter().collect(), users))
}
