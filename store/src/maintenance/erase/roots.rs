//! Users and aliases themselves, by which batches decide where data goes.
//!
//! A user of whom something was received after the cut is, from there on, a new user of the same name: the row is replaced by one that says so, with a new reference
//! for the audit log. Without it the new rows would belong to nobody, and the next request could not find them.

pub(super) mod chains;

use std::{collections::BTreeMap, time::Instant};

use domain::{deletion::Counts, id::RequestId, time::Millis};
use sqlx::FromRow;

use super::{
    Claimed, EraseStep, Maintenance, Order,
    data::{Next, erase_rows, fits},
    subjects::{Place, Subjects},
};
use crate::{
    Error,
    catalogue::{self, UserTable},
    engine::{Tx, args, statements},
    maintenance::chunks::Work,
};

statements! {
    RECEIVED_SINCE = "SELECT id FROM environments WHERE id = $1 AND last_received_at > $2";
}

const QUIET_SECONDS: i64 = 3;

/// With what most users turned out to be. Who has thousands of devices goes in more than one chunk.
const ROOTS_OF_A_USER: u64 = 8;

#[derive(FromRow)]
struct UserRow {
    user_key: i64,
    key_hash: Vec<u8>,
    identity: Option<String>,
    user_id: Option<i64>,
}

impl Maintenance {
    /// Erases some of the users after a place and up to the last one whose data is gone, and goes on with the others of them or with the data of the next ones.
    pub(super) async fn erase_users(&self, claimed: &Claimed, request: RequestId, place: Place, last: i64) -> Result<(), Error> {
        let next = self.next_roots(request, place, last).await?;
        let mut tx = self.db.write().await?;
        // A batch that has looked up a user must not store rows for one who is gone. Held for the few rows of a chunk.
        tx.lock_rules_exclusively().await?;
        let chunk = self.chunks.begin(Work::Users, Instant::now());
        let now = tx.received_at(&self.surroundings).await?;
        let order = Order::read(&mut tx, request).await?;
        let mut users = 0;
        let step = match next {
            None => EraseStep::Data(place.0, place.1),
            Some(Next { subjects, mut most }) => {
                users = subjects.keys.len();
                let links = chains::take_links(&mut tx, &order, &subjects).await?;
                let anew = renamed_after_the_cut(&mut tx, &order, &subjects).await?;
                let mut erased = Counts::default();
                let mut more = false;
                for table in roots() {
                    more |= erase_rows(&mut tx, table, &order, &subjects, &mut most, &mut erased).await?;
                }
                self.insert_anew(&mut tx, subjects.environment, anew).await?;
                chains::mend(&mut tx, &order, subjects.environment, links, now).await?;
                order.count(&mut tx, subjects.environment, erased).await?;
                let (environment, key) = subjects.last();
                if more {
                    EraseStep::Users(place.0, place.1, last)
                } else if key < last {
                    EraseStep::Users(environment, key, last)
                } else {
                    EraseStep::Data(environment, key)
                }
            }
        };
        claimed.go_on(&mut tx, &order.job(step), now).await?;
        tx.commit().await?;
        chunk.end(users as u64, Instant::now());
        Ok(())
    }

    /// Those of the next chunk, by a reader, before collection has to wait.
    async fn next_roots(&self, request: RequestId, place: Place, last: i64) -> Result<Option<Next>, Error> {
        let users = self.chunks.size(Work::Users, Instant::now());
        let few = u64::from(users) * ROOTS_OF_A_USER;
        let mut tx = self.db.read().await?;
        let order = Order::read(&mut tx, request).await?;
        let next = match Subjects::after(&mut tx, &order, place, users).await?.and_then(|subjects| subjects.up_to(last)) {
            Some(subjects) => {
                let most = if fits(&mut tx, roots(), &subjects, few).await? { None } else { Some(few) };
                Some(Next { subjects, most })
            }
            None => None,
        };
        tx.commit().await?;
        Ok(next)
    }

    async fn insert_anew(&self, tx: &mut Tx, environment: i64, users: Vec<(UserRow, Millis)>) -> Result<(), Error> {
        const HEAD: &str = "INSERT INTO users (environment_id, user_key, key_hash, identity, user_id, audit_ref, received_at)";
        let row = |(user, since): (UserRow, Millis)| {
            let audit_ref = uuid::Builder::from_random_bytes(self.surroundings.bytes()).into_uuid();
            args![environment, user.user_key, user.key_hash, user.identity, user.user_id, audit_ref, since]
        };
        tx.insert(HEAD, users.into_iter().map(row).collect(), "").await?;
        Ok(())
    }
}

fn roots() -> impl Iterator<Item = &'static UserTable> {
    catalogue::user_tables().filter(|table| table.is_root)
}

/// Whether no event was received since some time before the cut: then none is newer, and PostgreSQL need not read past those that went to see it. The time is kept to the second.
async fn is_quiet(tx: &mut Tx, order: &Order, environment: i64) -> Result<bool, Error> {
    Ok(tx.opt::<(i64,)>(&RECEIVED_SINCE, args![environment, order.cut.plus_seconds(-QUIET_SECONDS)]).await?.is_none())
}

/// The users who are to be erased and of whom there is something new, with the time of its beginning.
async fn renamed_after_the_cut(tx: &mut Tx, order: &Order, subjects: &Subjects) -> Result<Vec<(UserRow, Millis)>, Error> {
    const OLD: &str =
        "SELECT user_key, key_hash, identity, user_id FROM users WHERE environment_id = $1 AND received_at <= $2 AND user_key";
    let cut = args![subjects.environment, order.cut];
    let mut since: BTreeMap<i64, i64> = BTreeMap::new();
    let quiet = is_quiet(tx, order, subjects.environment).await?;
    let tables = catalogue::user_tables().filter(|table| table.name != "users" && !(quiet && table.name == "events"));
    for reference in tables.flat_map(|table| table.references) {
        let newer: Vec<(i64, i64)> = tx.all_in(reference.newer, &cut, &subjects.keys, reference.newer_tail).await?;
        for (key, at) in newer {
            since.entry(key).and_modify(|first| *first = at.min(*first)).or_insert(at);
        }
    }
    let keys: Vec<i64> = since.keys().copied().collect();
    let old: Vec<UserRow> = tx.all_in(OLD, &cut, &keys, "").await?;
    Ok(old.into_iter().filter_map(|user| since.get(&user.user_key).map(|at| (user, Millis(*at)))).collect())
}
