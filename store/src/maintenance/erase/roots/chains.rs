//! A device on which people took turns is a chain of aliases, one for each turn. When somebody in its middle is erased, the chain still has to lead to whoever came after: else data of the device
//! would be an anonymous user's again, and would not be found with theirs.

use std::collections::{HashMap, HashSet};

use domain::time::Millis;
use sqlx::FromRow;

use super::super::{Order, subjects::Subjects};
use crate::{
    Error,
    engine::{Tx, args},
};

/// An alias that is about to be erased and that others follow.
#[derive(Clone, FromRow)]
pub(super) struct Link {
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

/// The links among what is erased with these users.
pub(super) async fn links(tx: &mut Tx, order: &Order, subjects: &Subjects) -> Result<Vec<Link>, Error> {
    const BY_USER: &str = "SELECT user_key, key_hash, next_key FROM aliases WHERE environment_id = $1 AND received_at <= $2 AND next_key IS NOT NULL AND user_key";
    const BY_IDENTIFIED: &str = "SELECT user_key, key_hash, next_key FROM aliases WHERE environment_id = $1 AND received_at <= $2 AND next_key IS NOT NULL AND identified_key";
    let cut = args![subjects.environment, order.cut];
    let mut links: Vec<Link> = tx.all_in(BY_USER, &cut, &subjects.keys, "").await?;
    links.extend(tx.all_in::<Link>(BY_IDENTIFIED, &cut, &subjects.keys, "").await?);
    links.sort_by_key(|link| link.user_key);
    links.dedup_by_key(|link| link.user_key);
    Ok(links)
}

/// Puts those back that lead to an alias that stays, as leading to whom that one does. Erasing is limited, so some may not be gone yet; they are met again.
pub(super) async fn mend(tx: &mut Tx, order: &Order, environment: i64, links: Vec<Link>, now: Millis) -> Result<(), Error> {
    const HEAD: &str = "INSERT INTO aliases (environment_id, user_key, key_hash, identified_key, next_key, received_at, rehomed_at)";
    const TAIL: &str = "ON CONFLICT (environment_id, user_key) DO NOTHING";
    let since = now.max(order.cut.plus_millis(1));
    let gone: HashMap<i64, i64> = links.iter().map(|link| (link.user_key, link.next_key)).collect();
    let mut rows = Vec::new();
    let mut open: Vec<(Link, i64)> = links.into_iter().map(|link| (link.clone(), link.next_key)).collect();
    while !open.is_empty() {
        let next = next_ones(tx, order, environment, open.iter().map(|(_, next)| *next).collect()).await?;
        for (link, at) in std::mem::take(&mut open) {
            match next.get(&at) {
                // Erased together with this one, or the chain ends here.
                None => open.extend(gone.get(&at).map(|after| (link, *after))),
                Some(next) if next.stays => {
                    rows.push(args![environment, link.user_key, link.key_hash, next.identified_key, link.next_key, since, since]);
                }
                Some(next) => open.extend(next.after.map(|after| (link, after))),
            }
        }
    }
    tx.insert(HEAD, rows, TAIL).await?;
    Ok(())
}

/// The aliases at these keys.
async fn next_ones(tx: &mut Tx, order: &Order, environment: i64, mut keys: Vec<i64>) -> Result<HashMap<i64, Next>, Error> {
    const HEAD: &str = "SELECT user_key, identified_key, next_key, received_at FROM aliases WHERE environment_id = $1 AND user_key";
    const SUBJECTS: &str = "SELECT user_key FROM deletion_subjects WHERE request_id = $1 AND environment_id = $2 AND user_key";
    keys.sort_unstable();
    keys.dedup();
    let aliases: Vec<Alias> = tx.all_in(HEAD, &args![environment], &keys, "").await?;
    let mut named: Vec<i64> = aliases.iter().flat_map(|alias| [alias.user_key, alias.identified_key]).collect();
    named.sort_unstable();
    named.dedup();
    let subjects: Vec<(i64,)> = tx.all_in(SUBJECTS, &args![order.id, environment], &named, "").await?;
    let mut subjects: HashSet<i64> = subjects.into_iter().map(|(key,)| key).collect();
    if order.everything_in.is_some() {
        subjects.extend(&named);
    }
    let next = |alias: Alias| {
        let is_named = subjects.contains(&alias.user_key) || subjects.contains(&alias.identified_key);
        let stays = !is_named || Millis(alias.received_at) > order.cut;
        (alias.user_key, Next { identified_key: alias.identified_key, stays, after: alias.next_key })
    };
    Ok(aliases.into_iter().map(next).collect())
}
