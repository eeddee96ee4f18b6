//! Who an anonymous user turned out to be.
//!
//! The first identity of a user id takes over what was collected under it (by [`crate::maintenance::rehome`]). A second one takes over nothing: it ends a generation of the
//! user id and begins the next, whose key has an alias from its beginning. Data goes to the newest; what is stored already stays.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::users::{Place, Standing, Users, by_environment};
use crate::{
    Error,
    engine::{Tx, args, statements},
    keys::UserKey,
    maintenance::jobs::{self, Job},
    surroundings::Surroundings,
};

statements! {
    ALIAS_LINK = "UPDATE aliases SET next_key = $3 WHERE environment_id = $1 AND user_key = $2 AND next_key IS NULL";
    ALIAS_REPOINT = "UPDATE aliases SET identified_key = $3, received_at = $4 WHERE environment_id = $1 AND user_key = $2 AND next_key IS NULL";
    /// A row may be there already, when the rows before it in the chain were erased.
    ALIAS_NEXT = "INSERT INTO aliases (environment_id, user_key, key_hash, identified_key, next_key, received_at, rehomed_at) VALUES ($1, $2, $3, $4, NULL, $5, NULL) ON CONFLICT (environment_id, user_key) DO UPDATE SET identified_key = excluded.identified_key, next_key = NULL, received_at = excluded.received_at, rehomed_at = NULL";
}

/// Data finds the newest generation by following the chain, so a device on which people take turns must not lengthen it for ever.
pub(crate) const MOST_GENERATIONS: u32 = 8;

/// A row of `aliases`.
pub(super) struct Alias {
    pub(super) key_hash: Vec<u8>,
    pub(super) identified_key: i64,
    pub(super) next_key: Option<i64>,
}

/// The aliases of these keys.
pub(super) async fn at(tx: &mut Tx, places: impl IntoIterator<Item = Place>) -> Result<HashMap<Place, Alias>, Error> {
    const HEAD: &str = "SELECT user_key, key_hash, identified_key, next_key FROM aliases WHERE environment_id = $1 AND user_key";
    let mut found = HashMap::new();
    for (environment, keys) in by_environment(places) {
        let rows: Vec<(i64, Vec<u8>, i64, Option<i64>)> = tx.all_in(HEAD, &[environment.into()], &keys, "").await?;
        found.extend(
            rows.into_iter()
                .map(|(key, key_hash, identified_key, next_key)| ((environment, key), Alias { key_hash, identified_key, next_key })),
        );
    }
    Ok(found)
}

/// First identities, which are written together.
#[derive(Default)]
pub(super) struct NewAliases {
    new: BTreeMap<Place, (UserKey, i64)>,
    /// Those that were there, told once more.
    repeated: BTreeMap<Place, i64>,
}

impl NewAliases {
    /// The same identity again changes nothing, unless the alias is about to be erased.
    pub(super) async fn identify(
        &mut self,
        tx: &mut Tx,
        surroundings: &Surroundings,
        users: &mut Users<'_>,
        user: usize,
        identity: usize,
    ) -> Result<(), Error> {
        let to = users.standing(identity)?.target();
        let standing = users.standing(user)?;
        match standing.identified {
            Some(known) if known == to => {
                self.repeated.insert(users.place(user, standing.key.key), to);
                Ok(())
            }
            Some(_) => {
                self.write(tx, surroundings, users).await?;
                again(tx, surroundings, users, user, standing, to).await
            }
            None => {
                self.new.insert(users.place(user, standing.key.key), (standing.key, to));
                users.stands(user, Standing { identified: Some(to), ..standing });
                Ok(())
            }
        }
    }

    /// Writes what was gathered. A batch of another server that began before this one ends may still write to the anonymous key, row or not: every alias leaves a job.
    pub(super) async fn write(&mut self, tx: &mut Tx, surroundings: &Surroundings, users: &Users<'_>) -> Result<(), Error> {
        const HEAD: &str = "INSERT INTO aliases (environment_id, user_key, key_hash, identified_key, next_key, received_at, rehomed_at)";
        const TAIL: &str = "ON CONFLICT (environment_id, user_key) DO NOTHING RETURNING user_key";
        let aliases = std::mem::take(&mut self.new);
        let row = |(&(environment, _), (key, to)): (&Place, &(UserKey, i64))| {
            args![environment, key.key, key.hash.to_vec(), *to, None::<i64>, users.received_at, None::<i64>]
        };
        let inserted: Vec<(i64,)> = tx.insert_returning(HEAD, aliases.iter().map(row).collect(), TAIL).await?;
        if inserted.len() < aliases.len() {
            return Err(Error::Conflict);
        }
        for ((environment, from), (_, to)) in aliases {
            let job = Job::Rehome { environment: environment.get(), from, to };
            jobs::enqueue(tx, surroundings, &job, users.received_at).await?;
        }
        self.write_repeated(tx, users).await
    }

    /// What a request was told before its cut goes; that it was told again afterwards stays.
    async fn write_repeated(&mut self, tx: &mut Tx, users: &Users<'_>) -> Result<(), Error> {
        const SUBJECTS: &str = "SELECT user_key FROM deletion_subjects WHERE environment_id = $1 AND user_key";
        const RENEW: &str = "UPDATE aliases SET received_at = $2 WHERE environment_id = $1 AND received_at < $2 AND user_key";
        let repeated = std::mem::take(&mut self.repeated);
        let both = repeated.iter().flat_map(|(&(environment, from), &to)| [(environment, from), (environment, to)]);
        for (environment, keys) in by_environment(both) {
            let subjects: Vec<(i64,)> = tx.all_in(SUBJECTS, &args![environment], &keys, "").await?;
            let subjects: HashSet<i64> = subjects.into_iter().map(|(key,)| key).collect();
            let of_environment = repeated.iter().filter(|((of, _), _)| *of == environment);
            let renewed: Vec<i64> = of_environment
                .filter(|((_, from), to)| subjects.contains(from) || subjects.contains(to))
                .map(|((_, from), _)| *from)
                .collect();
            tx.execute_in(RENEW, &args![environment, users.received_at], &renewed, "").await?;
        }
        Ok(())
    }
}

/// A user id that was somebody else before.
async fn again(
    tx: &mut Tx,
    surroundings: &Surroundings,
    users: &mut Users<'_>,
    user: usize,
    standing: Standing,
    to: i64,
) -> Result<(), Error> {
    let (environment, current) = users.place(user, standing.key.key);
    let generation = standing.generation + 1;
    if generation >= MOST_GENERATIONS {
        let repointed = tx.execute(&ALIAS_REPOINT, args![environment, current, to, users.received_at]).await?;
        users.stands(user, Standing { identified: Some(to), ..standing });
        return if repointed == 1 { Ok(()) } else { Err(Error::Conflict) };
    }
    let key = users.free_key(tx, user, generation).await?;
    if tx.execute(&ALIAS_LINK, args![environment, current, key.key]).await? != 1 {
        return Err(Error::Conflict);
    }
    tx.execute(&ALIAS_NEXT, args![environment, key.key, key.hash.to_vec(), to, users.received_at]).await?;
    let job = Job::Rehome { environment: environment.get(), from: key.key, to };
    jobs::enqueue(tx, surroundings, &job, users.received_at).await?;
    users.stands(user, Standing { key, generation, identified: Some(to), has_row: false });
    Ok(())
}
