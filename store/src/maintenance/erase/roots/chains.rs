//! A device on which people took turns is a chain of aliases, one for each turn. When somebody in its middle is erased, the chain still has to lead to whoever came after: else data of the device
//! would be an anonymous user's again, and would not be found with theirs.
//!
//! A link that is put back says only what the one after it says, whenever that was told. So it goes with it, also where it was put back after the cut: by another request that was carried out
//! meanwhile. It is known by the time 0 at which it was rehomed, having nothing to be moved.

use std::collections::{HashMap, HashSet};

use domain::time::Millis;
use sqlx::FromRow;

use super::super::{About, Order, subjects::Subjects, sweep::gone::gone};
use crate::{
    Error,
    engine::{Tx, args},
};

/// An alias that is about to be erased and that others follow.
#[derive(Clone, FromRow)]
pub(in crate::maintenance::erase) struct Link {
    user_key: i64,
    key_hash: Vec<u8>,
    next_key: i64,
}

#[derive(FromRow)]
struct Alias {
    user_key: i64,
    identified_key: i64,
    next_key: Option<i64>,
    received_at: i64,
}

/// What a link leads to.
struct Next {
    identified_key: i64,
    /// Whether this request leaves it.
    stays: bool,
    after: Option<i64>,
}

/// The links among what is erased with these users. Those that were put back leave at once, since they are no news of anybody.
pub(in crate::maintenance::erase) async fn take_links(tx: &mut Tx, order: &Order, subjects: &Subjects) -> Result<Vec<Link>, Error> {
    const BY_USER: &str = "SELECT user_key, key_hash, next_key FROM aliases WHERE environment_id = $1 AND (received_at <= $2 OR rehomed_at = 0) AND next_key IS NOT NULL AND user_key";
    const BY_IDENTIFIED: &str = "SELECT user_key, key_hash, next_key FROM aliases WHERE environment_id = $1 AND (received_at <= $2 OR rehomed_at = 0) AND next_key IS NOT NULL AND identified_key";
    const PUT_BACK: &str = "DELETE FROM aliases WHERE environment_id = $1 AND rehomed_at = 0 AND user_key";
    let cut = args![subjects.environment, order.cut];
    let mut links: Vec<Link> = tx.all_in(BY_USER, &cut, &subjects.keys, "").await?;
    links.extend(tx.all_in::<Link>(BY_IDENTIFIED, &cut, &subjects.keys, "").await?);
    links.sort_by_key(|link| link.user_key);
    links.dedup_by_key(|link| link.user_key);
    let keys: Vec<i64> = links.iter().map(|link| link.user_key).collect();
    tx.execute_in(PUT_BACK, &args![subjects.environment], &keys, "").await?;
    Ok(links)
}

/// Puts those back that lead to an alias that stays, as leading to whom that one does, or to the anonymous user that the device was again after them. Erasing is limited, so some may not be gone
/// yet; they are met again.
pub(in crate::maintenance::erase) async fn mend(
    tx: &mut Tx,
    order: &Order,
    environment: i64,
    links: Vec<Link>,
    now: Millis,
) -> Result<(), Error> {
    const HEAD: &str = "INSERT INTO aliases (environment_id, user_key, key_hash, identified_key, next_key, received_at, rehomed_at)";
    const TAIL: &str = "ON CONFLICT (environment_id, user_key) DO NOTHING";
    let since = now.max(order.cut.plus_millis(1));
    let gone: HashMap<i64, i64> = links.iter().map(|link| (link.user_key, link.next_key)).collect();
    let (mut leads, mut ends) = (Vec::new(), Vec::new());
    let mut open: Vec<(Link, i64)> = links.into_iter().map(|link| (link.clone(), link.next_key)).collect();
    while !open.is_empty() {
        let next = next_ones(tx, order, environment, open.iter().map(|(_, next)| *next).collect()).await?;
        for (link, at) in std::mem::take(&mut open) {
            match next.get(&at) {
                None => match gone.get(&at) {
                    // Erased together with this one.
                    Some(after) => open.push((link, *after)),
                    None => ends.push((link, at)),
                },
                Some(next) if next.stays => leads.push((link, next.identified_key)),
                Some(next) => open.extend(next.after.map(|after| (link, after))),
            }
        }
    }
    let anonymous = users_at(tx, environment, ends.iter().map(|(_, end)| *end).collect()).await?;
    leads.extend(ends.into_iter().filter(|(_, end)| anonymous.contains(end)));
    let row = |(link, to): (Link, i64)| args![environment, link.user_key, link.key_hash, to, link.next_key, since, Millis(0)];
    tx.insert(HEAD, leads.into_iter().map(row).collect(), TAIL).await?;
    Ok(())
}

/// Those of these keys under which a user stands.
async fn users_at(tx: &mut Tx, environment: i64, mut keys: Vec<i64>) -> Result<HashSet<i64>, Error> {
    const HEAD: &str = "SELECT user_key FROM users WHERE environment_id = $1 AND user_key";
    keys.sort_unstable();
    keys.dedup();
    let users: Vec<(i64,)> = tx.all_in(HEAD, &args![environment], &keys, "").await?;
    Ok(users.into_iter().map(|(key,)| key).collect())
}

/// Those of these keys that the request is about.
async fn subjects_among(tx: &mut Tx, order: &Order, environment: i64, keys: Vec<i64>) -> Result<HashSet<i64>, Error> {
    const SUBJECTS: &str = "SELECT user_key FROM deletion_subjects WHERE request_id = $1 AND environment_id = $2 AND user_key";
    Ok(match &order.about {
        About::Everything(_) => keys.into_iter().collect(),
        About::Swept(swept) => gone(tx, environment, swept.cut, &keys).await?.into_iter().collect(),
        About::Named => {
            let subjects: Vec<(i64,)> = tx.all_in(SUBJECTS, &args![order.id, environment], &keys, "").await?;
            subjects.into_iter().map(|(key,)| key).collect()
        }
    })
}

/// The aliases at these keys.
async fn next_ones(tx: &mut Tx, order: &Order, environment: i64, mut keys: Vec<i64>) -> Result<HashMap<i64, Next>, Error> {
    const HEAD: &str = "SELECT user_key, identified_key, next_key, received_at FROM aliases WHERE environment_id = $1 AND user_key";
    keys.sort_unstable();
    keys.dedup();
    let aliases: Vec<Alias> = tx.all_in(HEAD, &args![environment], &keys, "").await?;
    let mut named: Vec<i64> = aliases.iter().flat_map(|alias| [alias.user_key, alias.identified_key]).collect();
    named.sort_unstable();
    named.dedup();
    let subjects = subjects_among(tx, order, environment, named).await?;
    let next = |alias: Alias| {
        let is_named = subjects.contains(&alias.user_key) || subjects.contains(&alias.identified_key);
        let stays = !is_named || Millis(alias.received_at) > order.cut;
        (alias.user_key, Next { identified_key: alias.identified_key, stays, after: alias.next_key })
    };
    Ok(aliases.into_iter().map(next).collect())
}
