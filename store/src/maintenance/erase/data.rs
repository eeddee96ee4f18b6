//! What users did and what is known of them: any number of rows, which no batch reads.

use std::time::Instant;

use domain::{deletion::Counts, id::RequestId};

use super::{
    Claimed, EraseStep, Maintenance, Order,
    subjects::{Place, Subjects},
};
use crate::{
    Error,
    catalogue::{self, SOME, SOME_COUNTED, UserTable},
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
        let next = self.next_users(request, place).await?;
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
        let mut erased = Counts::default();
        let step = match (order.swept(), next) {
            (Some(swept), _) => swept.first(),
            (None, None) => order.after_users(),
            (None, Some(Next { subjects, mut most })) => {
                let mut more = false;
                for table in of_data() {
                    more |= erase_rows(&mut tx, table, &order, &subjects, &mut most, &mut erased).await?;
                }
                order.count(&mut tx, subjects.environment, erased).await?;
                if more { EraseStep::Data(place.0, place.1) } else { EraseStep::Users(place.0, place.1, subjects.last().1) }
            }
        };
        claimed.go_on(&mut tx, &order.job(step), now).await?;
        tx.commit().await?;
        chunk.end(erased.total(), Instant::now());
        Ok(())
    }

    /// The users of the next chunk, by a reader: collection waits for the deletes alone. Whoever begins to be erased gets no older rows any more, so what fits still fits when they go.
    async fn next_users(&self, request: RequestId, place: Place) -> Result<Option<Next>, Error> {
        let rows = self.chunks.size(Work::Rows, Instant::now()).into();
        let mut tx = self.db.read().await?;
        let order = Order::read(&mut tx, request).await?;
        let subjects = Subjects::after(&mut tx, &order, place, likely_users(&order, rows)).await?;
        let next = match subjects {
            Some(subjects) => Some(fitting(&mut tx, subjects, rows).await?),
            None => None,
        };
        tx.commit().await?;
        Ok(next)
    }
}

/// Whose rows go next.
pub(super) struct Next {
    pub(super) subjects: Subjects,
    /// How many of them; all, where they fit into a chunk.
    pub(super) most: Option<u64>,
}

fn of_data() -> impl Iterator<Item = &'static UserTable> {
    catalogue::user_tables().filter(|table| !table.is_root)
}

/// As many as probably fit, by what those had who are gone. A little fewer: what does not fit is counted once more.
fn likely_users(order: &Order, rows: u64) -> u32 {
    let gone = order.erased.events + order.erased.properties;
    let of_a_user = gone.checked_div(order.erased.users).unwrap_or(ROWS_OF_A_USER).max(1);
    let users = (rows - rows / 8) / of_a_user;
    u32::try_from(users).unwrap_or(MOST_USERS).clamp(FEWEST_USERS, MOST_USERS)
}

/// Half of the users, and half of those, until what they did fits or they are few. What fits goes as a whole, and the next chunk begins after them: on PostgreSQL a chunk that begins where the last one
/// did goes past the rows that went.
async fn fitting(tx: &mut Tx, mut subjects: Subjects, most: u64) -> Result<Next, Error> {
    loop {
        if fits(tx, of_data(), &subjects, most).await? {
            return Ok(Next { subjects, most: None });
        }
        if subjects.keys.len() <= FEWEST_USERS as usize {
            return Ok(Next { subjects, most: Some(most) });
        }
        subjects.keys.truncate(subjects.keys.len() / 2);
    }
}

/// Whether the tables hold no more than so many rows of them, newer ones included.
pub(super) async fn fits(
    tx: &mut Tx,
    tables: impl Iterator<Item = &'static UserTable>,
    subjects: &Subjects,
    most: u64,
) -> Result<bool, Error> {
    let limited = args![subjects.environment, most.saturating_add(1).cast_signed()];
    let mut rows = 0;
    for reference in tables.flat_map(|table| table.references) {
        let counts: Vec<(i64,)> = tx.all_in(reference.count_some, &limited, &subjects.keys, SOME_COUNTED).await?;
        rows += counts.into_iter().map(|(count,)| count.unsigned_abs()).sum::<u64>();
    }
    Ok(rows <= most)
}

/// Erases what may still be erased, everything where there is no limit, and answers whether there may be more.
pub(super) async fn erase_rows(
    tx: &mut Tx,
    table: &UserTable,
    order: &Order,
    subjects: &Subjects,
    most: &mut Option<u64>,
    erased: &mut Counts,
) -> Result<bool, Error> {
    let mut more = false;
    for reference in table.references {
        let rows = if let Some(left) = most {
            let limited = args![subjects.environment, order.cut, left.cast_signed()];
            let rows = tx.execute_in(reference.erase_some, &limited, &subjects.keys, SOME).await?;
            *left = left.saturating_sub(rows);
            more |= *left == 0;
            rows
        } else {
            tx.execute_in(reference.erase, &args![subjects.environment, order.cut], &subjects.keys, "").await?
        };
        *(table.counted)(erased) += rows;
    }
    Ok(more)
}
