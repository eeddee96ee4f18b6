//! One batch within its transaction.

use std::collections::BTreeSet;

use super::{
    Rules,
    aliases::NewAliases,
    batch::{Batch, Deed, Prepared},
    companies,
    rows::Rows,
    users::Users,
};
use crate::{
    Error,
    engine::{Tx, args, statements},
    keys::Keys,
    surroundings::Surroundings,
};

statements! {
    /// At most once a second, so that batches of several servers do not wait for each other's row.
    RECEIVING = "UPDATE environments SET last_received_at = $2 WHERE id = $1 AND (last_received_at IS NULL OR last_received_at < $3)";
}

/// Stores what was let through by these rules. Tables are written in one order by every batch, and each in the order of its keys.
pub(super) async fn store(tx: &mut Tx, keys: &Keys, surroundings: &Surroundings, rules: &Rules, batch: &Batch) -> Result<(), Error> {
    let used = distinct(batch.accepted.iter().flat_map(Prepared::subjects));
    let used_companies = distinct(batch.accepted.iter().flat_map(Prepared::companies));
    if used.is_empty() && used_companies.is_empty() {
        return Ok(());
    }

    let received_at = surroundings.no_earlier(rules.received_at(tx.received_at(surroundings).await?));
    let companies = companies::find(tx, keys, &batch.companies, used_companies, received_at).await?;
    let mut users = Users::new(keys, batch, received_at);
    users.find(tx, batch, used).await?;
    let (mut aliases, mut rows) = (NewAliases::default(), Rows::default());
    let mut receiving = BTreeSet::new();
    // In the order of arrival: what came before an `identify` belongs to whom the user was then.
    for prepared in &batch.accepted {
        match &prepared.deed {
            Deed::Events(events) => {
                receiving.insert(prepared.environment);
                for event in events {
                    let company = event.company.and_then(|company| companies.get(&company).copied());
                    rows.event(users.target_of_data(event.subject)?, company, event);
                }
            }
            Deed::Properties(all) => {
                for one in all {
                    rows.properties(users.target_of_data(one.subject)?, &one.values);
                }
            }
            Deed::Companies(all) => {
                for one in all {
                    let key = companies.get(&one.subject).copied().ok_or(Error::Inconsistent { table: "companies" })?;
                    rows.company_properties((prepared.environment, key), &one.values);
                }
            }
            Deed::Identify { user, identity } => aliases.identify(tx, surroundings, &mut users, *user, *identity).await?,
        }
    }
    aliases.write(tx, surroundings, &users).await?;
    if !users.insert_missing(tx).await?.is_empty() {
        return Err(Error::Conflict);
    }
    rows.write(tx, received_at).await?;
    for environment in receiving {
        tx.execute(&RECEIVING, args![environment, received_at, received_at.plus_seconds(-1)]).await?;
    }
    Ok(())
}

fn distinct(places: impl Iterator<Item = usize>) -> Vec<usize> {
    places.collect::<BTreeSet<_>>().into_iter().collect()
}
