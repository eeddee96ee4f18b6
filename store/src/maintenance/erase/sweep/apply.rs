//! Erasing and changing what a look found.

use domain::{deletion::Counts, time::Millis};

use super::{Due, Swept, gone::gone, look::Row};
use crate::{
    Error, catalogue,
    engine::{Arg, Tx, args},
    maintenance::erase::{Order, data::erase_rows, roots::chains, subjects::Subjects},
};

// By a list that is selected from: SQLite looks no key up for one that is written out.
const EVENTS: &str =
    "DELETE FROM events WHERE (environment_id, user_key, event_id, received_at) IN (SELECT column1, column2, column3, column4 FROM (";
const PROPERTIES: &str = "DELETE FROM user_properties WHERE (environment_id, user_key, property_key, received_at) IN (SELECT column1, column2, column3, column4 FROM (";
const LIST_END: &str = ") AS due)";
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
        let mut all = None;
        erase_rows(tx, table, order, &subjects, &mut all, &mut erased).await?;
    }
    chains::mend(tx, order, subjects.environment, links, now).await?;
    Ok(erased)
}

#[cfg(test)]
mod tests {
    use sqlx::SqlSafeStr;

    use super::*;
    use crate::{engine::Db, migrate};

    /// The steps of a plan of SQLite.
    async fn steps(db: &Db, text: String) -> Vec<String> {
        let Db::Sqlite { writer, .. } = db else { return Vec::new() };
        let plan = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")).into_sql_str();
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(plan).fetch_all(writer).await.unwrap_or_default();
        steps.into_iter().map(|step| step.3).collect()
    }

    #[tokio::test]
    async fn rows_are_looked_up_by_their_keys() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let db = Db::sqlite(&folder.path().join("plans.db")).await?;
        migrate::run(&db).await?;
        for (head, row, tail, table) in [
            (EVENTS, "(1, 2, 3, 4)", LIST_END, "events"),
            (PROPERTIES, "(1, 2, 3, 4)", LIST_END, "user_properties"),
            (CHANGE, "(1, 2, 3, 4, 'x')", CHANGE_END, "events"),
        ] {
            let steps = steps(&db, format!("{head} VALUES {row} {tail}")).await;
            assert!(steps.iter().any(|step| step.starts_with(&format!("SEARCH {table} USING PRIMARY KEY"))), "{steps:?}");
        }
        Ok(())
    }
}
