//! The users of a request, a chunk at a time, and what is left of them.

use super::Order;
use crate::{
    Error, catalogue,
    engine::{Db, Tx, args, statements},
};

statements! {
    /// Whoever has rows is a user or an alias. Those of whom nothing is older than the cut are no harm.
    EVERYBODY_NEXT = "SELECT user_key FROM (SELECT user_key FROM users WHERE environment_id = $1 AND user_key > $2 ORDER BY user_key LIMIT $3) AS named UNION SELECT user_key FROM (SELECT user_key FROM aliases WHERE environment_id = $1 AND user_key > $2 ORDER BY user_key LIMIT $3) AS aliased ORDER BY user_key LIMIT $3";
    /// Archives that were asked for meanwhile.
    SUBJECTS_EXPORTED = "SELECT COUNT(*) FROM export_subjects s CROSS JOIN deletion_subjects d WHERE d.environment_id = s.environment_id AND d.user_key = s.user_key AND d.request_id = $1";
    EVERYBODY_EXPORTED = "SELECT COUNT(*) FROM export_subjects WHERE environment_id = $1";
    SUBJECTS_NEXT = "SELECT environment_id, user_key FROM deletion_subjects WHERE request_id = $1 AND (environment_id, user_key) > ($2, $3) ORDER BY environment_id, user_key LIMIT $4";
}

/// Environment and key; requests go through their users in this order.
pub(super) type Place = (i64, i64);

/// Users of one environment.
pub(super) struct Subjects {
    pub(super) environment: i64,
    pub(super) keys: Vec<i64>,
}

impl Subjects {
    /// Those that come after a place, none when it is the last one.
    pub(super) async fn after(tx: &mut Tx, order: &Order, place: Place, most: u32) -> Result<Option<Self>, Error> {
        match order.everything_in() {
            Some(environment) => {
                let keys = everybody_after(tx, environment, place.1, most).await?;
                Ok((!keys.is_empty()).then_some(Self { environment, keys }))
            }
            None => Self::named_after(tx, order, place, most).await,
        }
    }

    async fn named_after(tx: &mut Tx, order: &Order, (environment, key): Place, most: u32) -> Result<Option<Self>, Error> {
        let places: Vec<Place> = tx.all(&SUBJECTS_NEXT, args![order.id, environment, key, most]).await?;
        let Some(&(environment, _)) = places.first() else { return Ok(None) };
        let keys = places.into_iter().take_while(|place| place.0 == environment).map(|(_, key)| key).collect();
        Ok(Some(Self { environment, keys }))
    }

    /// Without those after this key.
    pub(super) fn up_to(mut self, last: i64) -> Option<Self> {
        self.keys.retain(|key| *key <= last);
        (!self.keys.is_empty()).then_some(self)
    }

    pub(super) fn last(&self) -> Place {
        (self.environment, self.keys.last().copied().unwrap_or(i64::MAX))
    }
}

/// The next of everybody in an environment.
pub(super) async fn everybody_after(tx: &mut Tx, environment: i64, key: i64, most: u32) -> Result<Vec<i64>, Error> {
    let rows: Vec<(i64,)> = tx.all(&EVERYBODY_NEXT, args![environment, key, most]).await?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

/// Rows up to the cut in every table that can hold a user, and whoever of them stands in an archive. With a second reader, who counts half of the users meanwhile where they are many: what went just now
/// is what takes a database longest to see.
pub(super) async fn left(tx: &mut Tx, order: &Order, second: Option<&Db>) -> Result<u64, Error> {
    if order.swept().is_some() {
        // The last passes have found nothing, and what comes is newer.
        return Ok(0);
    }
    if let Some(environment) = order.everything_in() {
        return everything_left(tx, order, environment).await;
    }
    let (exported,): (i64,) = tx.one(&SUBJECTS_EXPORTED, args![order.id]).await?;
    let groups = groups(tx, order).await?;
    let rows = match second {
        Some(db) if groups.len() > 1 => {
            let mut other = db.read().await?;
            let (first, last) = groups.split_at(groups.len() / 2);
            let (first, last) = tokio::try_join!(rows_left(tx, order, first), rows_left(&mut other, order, last))?;
            other.commit().await?;
            first + last
        }
        _ => rows_left(tx, order, &groups).await?,
    };
    Ok(exported.unsigned_abs() + rows)
}

/// All users of a request.
async fn groups(tx: &mut Tx, order: &Order) -> Result<Vec<Subjects>, Error> {
    const AT_ONCE: u32 = 512;
    let (mut groups, mut place) = (Vec::new(), (0, -1));
    while let Some(subjects) = Subjects::after(tx, order, place, AT_ONCE).await? {
        place = subjects.last();
        groups.push(subjects);
    }
    Ok(groups)
}

async fn rows_left(tx: &mut Tx, order: &Order, groups: &[Subjects]) -> Result<u64, Error> {
    let mut left = 0;
    for Subjects { environment, keys } in groups {
        for reference in catalogue::user_tables().flat_map(|table| table.references) {
            let counts: Vec<(i64,)> = tx.all_in(reference.count, &args![*environment, order.cut], keys, "").await?;
            left += counts.into_iter().map(|(count,)| count.unsigned_abs()).sum::<u64>();
        }
    }
    Ok(left)
}

async fn everything_left(tx: &mut Tx, order: &Order, environment: i64) -> Result<u64, Error> {
    let of_users = catalogue::user_tables().map(|table| &table.everybody);
    let (exported,): (i64,) = tx.one(&EVERYBODY_EXPORTED, args![environment]).await?;
    let mut left = exported.unsigned_abs();
    for sql in of_users.chain(catalogue::COMPANIES.iter().map(|table| &table.everybody)) {
        let (rows, _, _): (i64, Option<i64>, Option<i64>) = tx.one(sql, args![environment, order.cut]).await?;
        left += rows.unsigned_abs();
    }
    Ok(left)
}
