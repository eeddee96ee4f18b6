//! What users did and what is known of them: any number of rows, which no batch reads.

use domain::{deletion::Counts, id::RequestId};

use super::{
    Claimed, EraseStep, Maintenance, Order,
    subjects::{Place, Subjects},
};
use crate::{
    Error,
    catalogue::{self, ERASE_LIMIT, ERASE_TAIL, UserTable},
    engine::{Tx, args},
};

/// So many users at once: one list, of a length that is prepared once.
pub(super) const USERS_AT_ONCE: u32 = 128;

impl Maintenance {
    /// Erases a chunk of the data of the next users, and goes on with the users themselves when there is no more of it.
    pub(super) async fn erase_data(&self, claimed: &Claimed, request: RequestId, place: Place) -> Result<(), Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        let Some(order) = Order::begin(&mut tx, request).await? else {
            claimed.finish(&mut tx).await?;
            return tx.commit().await;
        };
        let step = match Subjects::after(&mut tx, &order, place, USERS_AT_ONCE).await? {
            None => order.after_users(),
            Some(subjects) => {
                let mut erased = Counts::default();
                let mut more = false;
                for table in catalogue::user_tables().filter(|table| !table.is_root) {
                    let rows = erase_rows(&mut tx, table, &order, &subjects).await?;
                    *(table.counted)(&mut erased) += rows;
                    more |= rows >= ERASE_LIMIT;
                }
                order.count(&mut tx, subjects.environment, erased).await?;
                if more { EraseStep::Data(place.0, place.1) } else { EraseStep::Roots(place.0, place.1) }
            }
        };
        claimed.go_on(&mut tx, &order.job(step), now).await?;
        tx.commit().await
    }
}

/// Up to [`ERASE_LIMIT`] rows for each reference and list. There may be more when it answers as many.
pub(super) async fn erase_rows(tx: &mut Tx, table: &UserTable, order: &Order, subjects: &Subjects) -> Result<u64, Error> {
    let mut rows = 0;
    for reference in table.references {
        rows += tx.execute_in(reference.erase, &args![subjects.environment, order.cut], &subjects.keys, ERASE_TAIL).await?;
    }
    Ok(rows)
}
