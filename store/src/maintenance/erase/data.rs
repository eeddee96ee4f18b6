//! What users did and what is known of them: any number of rows, which no batch reads.

use std::time::Instant;

use domain::{deletion::Counts, id::RequestId};

use super::{
    Claimed, EraseStep, Maintenance, Order,
    subjects::{Place, Subjects},
};
use crate::{
    Error,
    catalogue::{self, Reference, SOME, SOME_COUNTED, UserTable},
    engine::{Tx, args},
    maintenance::{
        chunks::Work,
        export::archives::{self, Whose},
    },
};

/// What a user is taken to have before any is gone.
const ROWS_OF_A_USER: u64 = 16;
const FEWEST_USERS: u32 = 16;
/// A list of more users would cost more than their rows.
const MOST_USERS: u32 = 512;

impl Maintenance {
    /// Erases a chunk of the data of the next users, and goes on with the users themselves when there is no more of it.
    pub(super) async fn erase_data(&self, claimed: &Claimed, request: RequestId, place: Place) -> Result<(), Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        let chunk = self.chunks.begin(Work::Rows, Instant::now());
        let Some(order) = Order::begin(&mut tx, request, now).await? else {
            claimed.finish(&mut tx).await?;
            return tx.commit().await;
        };
        // Copies of what is to be erased go first, so that none can outlive it.
        if archives::withdraw(&mut tx, &Whose::Request(&order)).await? {
            claimed.go_on(&mut tx, &order.job(EraseStep::Data(place.0, place.1)), now).await?;
            tx.commit().await?;
            chunk.end(0, Instant::now());
            return Ok(());
        }
        let mut rows = 0;
        let users = likely_users(&order, chunk.size.into());
        let step = match (order.swept(), Subjects::after(&mut tx, &order, place, users).await?) {
            (Some(swept), _) => swept.first(),
            (None, None) => order.after_users(),
            (None, Some(subjects)) => {
                let (subjects, fits) = fitting(&mut tx, &order, subjects, chunk.size.into()).await?;
                let mut erased = Counts::default();
                let mut left = if fits { u64::MAX } else { chunk.size.into() };
                let mut more = false;
                for table in catalogue::user_tables().filter(|table| !table.is_root) {
                    more |= erase_rows(&mut tx, table, &order, &subjects, &mut left, &mut erased).await?;
                }
                rows = erased.total();
                order.count(&mut tx, subjects.environment, erased).await?;
                if more { EraseStep::Data(place.0, place.1) } else { EraseStep::Users(place.0, place.1, subjects.last().1) }
            }
        };
        claimed.go_on(&mut tx, &order.job(step), now).await?;
        tx.commit().await?;
        chunk.end(rows, Instant::now());
        Ok(())
    }
}

/// As many as probably fit, by what those had who are gone. A little fewer: what does not fit is counted once more.
fn likely_users(order: &Order, rows: u64) -> u32 {
    let gone = order.erased.events + order.erased.properties;
    let of_a_user = gone.checked_div(order.erased.users).unwrap_or(ROWS_OF_A_USER).max(1);
    let users = (rows - rows / 8) / of_a_user;
    u32::try_from(users).unwrap_or(MOST_USERS).clamp(FEWEST_USERS, MOST_USERS)
}

/// Half of the users, and half of those, until what they did fits or they are few; and whether it does. It then goes as a whole, and the next chunk begins after them. On PostgreSQL a chunk that
/// begins where the last one did goes past the rows that went.
async fn fitting(tx: &mut Tx, order: &Order, mut subjects: Subjects, most: u64) -> Result<(Subjects, bool), Error> {
    loop {
        let mut rows = 0;
        for reference in catalogue::user_tables().filter(|table| !table.is_root).flat_map(|table| table.references) {
            rows += count_up_to(tx, reference, order, &subjects, most + 1).await?;
        }
        if rows <= most || subjects.keys.len() <= FEWEST_USERS as usize {
            return Ok((subjects, rows <= most));
        }
        subjects.keys.truncate(subjects.keys.len() / 2);
    }
}

/// Erases what may still be erased, and answers whether there is more.
pub(super) async fn erase_rows(
    tx: &mut Tx,
    table: &UserTable,
    order: &Order,
    subjects: &Subjects,
    left: &mut u64,
    erased: &mut Counts,
) -> Result<bool, Error> {
    let mut more = false;
    for reference in table.references {
        let (rows, is_some) = erase_up_to(tx, reference, order, subjects, *left).await?;
        *(table.counted)(erased) += rows;
        if *left < u64::MAX {
            *left = left.saturating_sub(rows);
        }
        more |= is_some;
    }
    Ok(more)
}

/// How many rows went, and whether they were only some. `u64::MAX` stands for all, which need not be counted before.
async fn erase_up_to(tx: &mut Tx, reference: &Reference, order: &Order, subjects: &Subjects, most: u64) -> Result<(u64, bool), Error> {
    let is_some = most < u64::MAX && count_up_to(tx, reference, order, subjects, most + 1).await? > most;
    let rows = if is_some {
        let limited = args![subjects.environment, order.cut, most.cast_signed()];
        tx.execute_in(reference.erase_some, &limited, &subjects.keys, SOME).await?
    } else {
        tx.execute_in(reference.erase, &args![subjects.environment, order.cut], &subjects.keys, "").await?
    };
    Ok((rows, is_some))
}

async fn count_up_to(tx: &mut Tx, reference: &Reference, order: &Order, subjects: &Subjects, most: u64) -> Result<u64, Error> {
    let limited = args![subjects.environment, order.cut, most.cast_signed()];
    let counts: Vec<(i64,)> = tx.all_in(reference.count_some, &limited, &subjects.keys, SOME_COUNTED).await?;
    Ok(counts.into_iter().map(|(count,)| count.unsigned_abs()).sum())
}
