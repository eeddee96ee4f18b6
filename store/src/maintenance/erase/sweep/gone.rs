//! Who has not been here for longer than data is kept.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::time::Millis;

use crate::{
    Error, catalogue,
    engine::{Tx, args},
};

/// Those of these keys of which nothing was received after the cut, nor of any other key of the same person: an identity and its devices come and go together.
pub(in crate::maintenance::erase) async fn gone(tx: &mut Tx, environment: i64, cut: Millis, keys: &[i64]) -> Result<Vec<i64>, Error> {
    const OWNER: &str = "SELECT user_key, identified_key FROM aliases WHERE environment_id = $1 AND user_key";
    const DEVICES: &str = "SELECT user_key, identified_key FROM aliases WHERE environment_id = $1 AND identified_key";
    let owners: Vec<(i64, i64)> = tx.all_in(OWNER, &args![environment], keys, "").await?;
    let owners: HashMap<i64, i64> = owners.into_iter().collect();
    let owner = |key: &i64| owners.get(key).copied().unwrap_or(*key);
    let people: Vec<i64> = keys.iter().map(owner).collect::<BTreeSet<_>>().into_iter().collect();
    let devices: Vec<(i64, i64)> = tx.all_in(DEVICES, &args![environment], &people, "").await?;
    let all: Vec<i64> = people.iter().chain(devices.iter().map(|(device, _)| device)).copied().collect();

    let mut active = HashSet::new();
    for reference in catalogue::user_tables().flat_map(|table| table.references) {
        let newer: Vec<(i64, i64)> = tx.all_in(reference.newer, &args![environment, cut], &all, reference.newer_tail).await?;
        active.extend(newer.into_iter().map(|(key, _)| key));
    }
    active.extend(devices.iter().filter(|(device, _)| active.contains(device)).map(|(_, person)| *person).collect::<Vec<_>>());
    Ok(keys.iter().copied().filter(|key| !active.contains(&owner(key))).collect())
}
