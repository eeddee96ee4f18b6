//! The two engines behind one face. The only module that knows which one it is talking to.

mod arg;
mod barrier;
mod db;
mod dialect;
mod folding;
mod log;
mod query;
mod sql;
mod tx;

pub(crate) use arg::{Arg, args};
pub(crate) use db::Db;
pub(crate) use dialect::Dialect;
pub(crate) use folding::Pace;
pub(crate) use log::Log;
pub(crate) use query::{Bound, Query};
pub(crate) use sql::{Sql, statements};
pub(crate) use tx::Tx;

/// Prepares every registered statement, so that a test can prove that both engines know them all.
///
/// # Errors
/// The name of the first statement that the engine refuses, and why.
pub async fn prepare_every_statement(store: &crate::Store) -> Result<usize, String> {
    let mut tx = store.db().read().await.map_err(|error| error.to_string())?;
    let mut count = 0;
    for sql in registry().into_iter().flatten() {
        tx.prepare(sql).await.map_err(|error| format!("{}: {error:?}", sql.name))?;
        count += 1;
    }
    Ok(count)
}

fn registry() -> Vec<&'static [Sql]> {
    [&[crate::open::STATEMENTS], crate::console::STATEMENTS, crate::collector::STATEMENTS, crate::maintenance::STATEMENTS].concat()
}
