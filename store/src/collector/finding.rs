//! Which key each user of a batch has.
//!
//! A key is the beginning of a keyed hash. Where the full hash beside a key is another user's, the key of the next attempt is taken.

use domain::collect::Who;

use super::{
    aliases::{self, Alias},
    batch::Batch,
    users::{Place, Standing, Users, hashes},
};
use crate::{Error, engine::Tx, keys::UserKey};

/// So many keys in a row that are taken are no accident.
const MOST_ATTEMPTS: u32 = 64;
const TOO_MANY: Error = Error::Inconsistent { table: "users" };

impl Users<'_> {
    /// Finds the users at these places of the batch. Those with an identity have a row afterwards.
    pub(super) async fn find(&mut self, tx: &mut Tx, batch: &Batch, used: Vec<usize>) -> Result<(), Error> {
        let (identities, numbers) = used.into_iter().partition(|subject| matches!(batch.subjects[*subject].who, Who::Identity(_)));
        self.find_identities(tx, identities).await?;
        let chains = self.find_numbers(tx, numbers).await?;
        self.follow(tx, chains).await
    }

    async fn find_identities(&mut self, tx: &mut Tx, mut open: Vec<usize>) -> Result<(), Error> {
        for attempt in 0..MOST_ATTEMPTS {
            if open.is_empty() {
                return Ok(());
            }
            let candidates = self.candidates(&open, attempt);
            let found = hashes(tx, candidates.iter().map(|(place, ..)| *place)).await?;
            // A key without a row may be a user id's, whose data goes on to somebody else.
            let aliases = aliases::at(tx, candidates.iter().map(|(place, ..)| *place).filter(|place| !found.contains_key(place))).await?;
            open.clear();
            for (place, subject, key) in candidates {
                match found.get(&place) {
                    Some(hash) if *hash == key.hash => {}
                    None if !aliases.contains_key(&place) && self.claimed.insert(place) => self.misses_row(subject, key),
                    Some(_) | None => {
                        open.push(subject);
                        continue;
                    }
                }
                self.stands(subject, Standing { key, generation: 0, identified: None, has_row: true });
            }
            open.extend(self.insert_missing(tx).await?);
        }
        Err(TOO_MANY)
    }

    /// Answers those who were identified more than once, with the key of the next generation.
    async fn find_numbers(&mut self, tx: &mut Tx, mut open: Vec<usize>) -> Result<Vec<(usize, i64)>, Error> {
        let mut chains = Vec::new();
        for attempt in 0..MOST_ATTEMPTS {
            if open.is_empty() {
                return Ok(chains);
            }
            let candidates = self.candidates(&open, attempt);
            let aliases = aliases::at(tx, candidates.iter().map(|(place, ..)| *place)).await?;
            let anonymous = candidates.iter().map(|(place, ..)| *place).filter(|place| !aliases.contains_key(place));
            let found = hashes(tx, anonymous).await?;
            open.clear();
            for (place, subject, key) in candidates {
                let alias = aliases.get(&place);
                let Some(has_row) = self.owned(place, key, alias, found.get(&place)) else {
                    open.push(subject);
                    continue;
                };
                self.stands(subject, Standing { key, generation: 0, identified: alias.map(|alias| alias.identified_key), has_row });
                chains.extend(alias.and_then(|alias| alias.next_key).map(|next| (subject, next)));
            }
        }
        Err(TOO_MANY)
    }

    /// To the newest generation of those who were identified more than once.
    async fn follow(&mut self, tx: &mut Tx, mut chains: Vec<(usize, i64)>) -> Result<(), Error> {
        while !chains.is_empty() {
            let aliases = aliases::at(tx, chains.iter().map(|(subject, next)| self.place(*subject, *next))).await?;
            for (subject, next) in std::mem::take(&mut chains) {
                let generation = self.standing(subject)?.generation + 1;
                let key = self.key_of(subject, generation, next)?;
                // Without an alias, its identity was erased: the user id is anonymous again, as a new user.
                let alias = aliases.get(&self.place(subject, next));
                self.stands(subject, Standing { key, generation, identified: alias.map(|alias| alias.identified_key), has_row: false });
                chains.extend(alias.and_then(|alias| alias.next_key).map(|next| (subject, next)));
            }
        }
        Ok(())
    }

    /// The key of a user id's next generation.
    pub(super) async fn free_key(&mut self, tx: &mut Tx, subject: usize, generation: u32) -> Result<UserKey, Error> {
        for attempt in 0..MOST_ATTEMPTS {
            let key = self.subjects[subject].key(self.keys, generation, attempt);
            let place = self.place(subject, key.key);
            let aliases = aliases::at(tx, [place]).await?;
            let found = hashes(tx, [place]).await?;
            if self.owned(place, key, aliases.get(&place), found.get(&place)).is_some() {
                return Ok(key);
            }
        }
        Err(TOO_MANY)
    }

    fn candidates(&self, open: &[usize], attempt: u32) -> Vec<(Place, usize, UserKey)> {
        let candidate = |subject: &usize| {
            let key = self.subjects[*subject].key(self.keys, 0, attempt);
            (self.place(*subject, key.key), *subject, key)
        };
        open.iter().map(candidate).collect()
    }

    /// Whether a key is this user id's own, and then whether it has a row.
    fn owned(&mut self, place: Place, key: UserKey, alias: Option<&Alias>, row: Option<&Vec<u8>>) -> Option<bool> {
        match (alias, row) {
            (Some(alias), _) => (alias.key_hash == key.hash).then_some(false),
            (None, Some(hash)) => (*hash == key.hash).then_some(true),
            (None, None) => self.claimed.insert(place).then_some(false),
        }
    }

    /// The full hash of a key that an alias names.
    fn key_of(&self, subject: usize, generation: u32, key: i64) -> Result<UserKey, Error> {
        let attempts = (0..MOST_ATTEMPTS).map(|attempt| self.subjects[subject].key(self.keys, generation, attempt));
        attempts.into_iter().find(|candidate| candidate.key == key).ok_or(TOO_MANY)
    }
}
