//! Erasing and changing what a look found.

use domain::{deletion::Counts, time::Millis};

use super::{Due, Swept, gone::gone, look::Row};
use crate::{
    Error, catalogue,
    engine::{Arg, Tx, args},
    maintenance::erase::{Order, data::erase_rows, roots::chains, subjects::Subjects},
};

const EVENTS: &str = "DELETE FROM events WHERE (environment_id, user_key, event_id, received_at) IN (";
const PROPERTIES: &str = "DELETE FROM user_properties WHERE (environment_id, user_key, property_key, received_at) IN (";
const LIST_END: &str = ")";
const CHANGE: &str = "UPDATE events SET properties = left_over.column5 FROM (";
/// Both engines call the columns of a list so.
const CHANGE_END: &str = ") AS left_over WHERE environment_id = left_over.column1 AND user_key = left_over.column2 AND event_id = left_over.column3 AND received_at = left_over.column4";

/// What went, or was changed.
pub(super) async fn apply(tx: &mut Tx, order: &Order, swept: &Swept, due: Due, now: Millis) -> Result<Counts, Error> {
    let environment = swept.environment;
    let row = |row: &Row| args![environment, row.user_key, row.second, row.received_at];
    let mut counts = Counts::default();
    match due {
        Due::Events(rows) => counts.events = tx.insert(EVENTS, rows.iter().map(row).collect(), LIST_END).await?,
        Due::Changed(rows) => {
            let changed = |(key, left): (Row, String)| {
                let mut args: Vec<Arg> = row(&key);
                args.push(left.into());
                args
            };
            counts.events = tx.insert(CHANGE, rows.into_iter().map(changed).collect(), CHANGE_END).await?;
        }
        Due::Properties(rows) => counts.properties = tx.insert(PROPERTIES, rows.iter().map(row).collect(), LIST_END).await?,
        Due::Users(keys) => counts = users(tx, order, swept, &keys, now).await?,
    }
    Ok(counts)
}

/// Whoever came back between the look and the lock stays.
async fn users(tx: &mut Tx, order: &Order, swept: &Swept, keys: &[i64], now: Millis) -> Result<Counts, Error> {
    let keys = gone(tx, swept.environment, swept.cut, keys).await?;
    let subjects = Subjects { environment: swept.environment, keys };
    let links = chains::take_links(tx, order, &subjects).await?;
    let mut erased = Counts::default();
    for table in catalogue::user_tables() {
        let mut all = u64::MAX;
        erase_rows(tx, table, order, &subjects, &mut all, &mut erased).await?;
    }
    chains::mend(tx, order, subjects.environment, links, now).await?;
    Ok(erased)
}
