//! The users of a batch: where the data of each goes, and their rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{collect::Who, id::EnvironmentId, time::Millis};

use super::batch::{Batch, Subject};
use crate::{
    Error,
    engine::{Tx, args},
    keys::{Keys, UserKey},
};

/// A key within its environment, in the order in which rows are written: two batches that write the same rows then never wait for each other in a circle.
pub(super) type Place = (EnvironmentId, i64);

/// Where a user's data goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// Its own key: for a user id, that of its newest generation.
    pub(super) key: UserKey,
    pub(super) generation: u32,
    /// The key of whom it was identified as.
    pub(super) identified: Option<i64>,
    /// Whether a row stands under its own key, or is among those to be inserted.
    pub(super) has_row: bool,
}

impl Standing {
    /// The key under which its data is stored.
    pub(super) fn target(&self) -> i64 {
        self.identified.unwrap_or(self.key.key)
    }
}

/// The users of a batch within its transaction.
pub(super) struct Users<'a> {
    pub(super) keys: &'a Keys,
    pub(super) subjects: &'a [Subject],
    pub(super) received_at: Millis,
    /// By place in `subjects`; those of refused submissions stay empty.
    standings: Vec<Option<Standing>>,
    /// Keys that users of this batch took, and which no row shows yet.
    pub(super) claimed: HashSet<Place>,
    /// Rows to be inserted: who under which key.
    missing: BTreeMap<Place, (usize, UserKey)>,
}

impl<'a> Users<'a> {
    pub(super) fn new(keys: &'a Keys, batch: &'a Batch, received_at: Millis) -> Self {
        let standings = vec![None; batch.subjects.len()];
        Self { keys, subjects: &batch.subjects, received_at, standings, claimed: HashSet::new(), missing: BTreeMap::new() }
    }

    pub(super) fn standing(&self, subject: usize) -> Result<Standing, Error> {
        self.standings[subject].ok_or(Error::Inconsistent { table: "users" })
    }

    pub(super) fn stands(&mut self, subject: usize, standing: Standing) {
        self.standings[subject] = Some(standing);
    }

    pub(super) fn place(&self, subject: usize, key: i64) -> Place {
        (self.subjects[subject].environment, key)
    }

    /// Leaves a row for [`Users::insert_missing`].
    pub(super) fn misses_row(&mut self, subject: usize, key: UserKey) {
        self.missing.insert(self.place(subject, key.key), (subject, key));
    }

    /// Where data of this user goes now.
    pub(super) fn target_of_data(&mut self, subject: usize) -> Result<Place, Error> {
        let standing = self.standing(subject)?;
        if standing.identified.is_none() && !standing.has_row {
            self.misses_row(subject, standing.key);
            self.stands(subject, Standing { has_row: true, ..standing });
        }
        Ok(self.place(subject, standing.target()))
    }

    /// Inserts the rows that are missing. Answers the users whose key another user took meanwhile.
    pub(super) async fn insert_missing(&mut self, tx: &mut Tx) -> Result<Vec<usize>, Error> {
        const HEAD: &str = "INSERT INTO users (environment_id, user_key, key_hash, identity, user_id, audit_ref, received_at)";
        const TAIL: &str = "ON CONFLICT (environment_id, user_key) DO NOTHING RETURNING environment_id, user_key";
        let mut missing = std::mem::take(&mut self.missing);
        let rows = missing.iter().map(|(&place, &(subject, key))| self.row(place, subject, key)).collect();
        let inserted: Vec<(i64, i64)> = tx.insert_returning(HEAD, rows, TAIL).await?;
        if inserted.len() == missing.len() {
            return Ok(Vec::new());
        }
        let inserted: HashSet<(i64, i64)> = inserted.into_iter().collect();
        missing.retain(|(environment, key), _| !inserted.contains(&(environment.get(), *key)));
        let found = hashes(tx, missing.keys().copied()).await?;
        missing.retain(|place, (_, key)| found.get(place).is_none_or(|hash| *hash != key.hash));
        Ok(missing.into_values().map(|(subject, _)| subject).collect())
    }

    fn row(&self, (environment, key): Place, subject: usize, full: UserKey) -> Vec<crate::engine::Arg> {
        let Subject { who, audit_ref, .. } = &self.subjects[subject];
        let (identity, user_id) = match who {
            Who::Identity(identity) => (Some(identity.as_str().to_owned()), None),
            Who::UserId(id) => (None, Some(id.as_i64())),
        };
        args![environment, key, full.hash.to_vec(), identity, user_id, *audit_ref, self.received_at]
    }
}

/// The hashes that stand beside these keys in the users' rows.
pub(super) async fn hashes(tx: &mut Tx, places: impl IntoIterator<Item = Place>) -> Result<HashMap<Place, Vec<u8>>, Error> {
    const HEAD: &str = "SELECT user_key, key_hash FROM users WHERE environment_id = $1 AND user_key";
    let mut found = HashMap::new();
    for (environment, keys) in by_environment(places) {
        let rows: Vec<(i64, Vec<u8>)> = tx.all_in(HEAD, &[environment.into()], &keys, "").await?;
        found.extend(rows.into_iter().map(|(key, hash)| ((environment, key), hash)));
    }
    Ok(found)
}

/// The keys of each environment, sorted, each once.
pub(super) fn by_environment(places: impl IntoIterator<Item = Place>) -> BTreeMap<EnvironmentId, Vec<i64>> {
    let mut by_environment: BTreeMap<EnvironmentId, Vec<i64>> = BTreeMap::new();
    for (environment, key) in places {
        by_environment.entry(environment).or_default().push(key);
    }
    for keys in by_environment.values_mut() {
        keys.sort_unstable();
        keys.dedup();
    }
    by_environment
}
