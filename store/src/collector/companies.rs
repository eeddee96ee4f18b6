//! The companies of a batch and their rows.

use std::collections::{BTreeMap, HashMap};

use domain::time::Millis;

use super::{
    batch::Company,
    users::{Place, by_environment},
};
use crate::{
    Error,
    engine::{Tx, args},
    keys::{Keys, UserKey},
};

/// So many keys in a row that are taken are no accident.
const MOST_ATTEMPTS: u32 = 64;

/// Finds the companies at these places of the batch, each with a row afterwards, and answers their keys by place.
pub(super) async fn find(
    tx: &mut Tx,
    keys: &Keys,
    companies: &[Company],
    mut open: Vec<usize>,
    received_at: Millis,
) -> Result<HashMap<usize, i64>, Error> {
    let mut found = HashMap::new();
    for attempt in 0..MOST_ATTEMPTS {
        if open.is_empty() {
            return Ok(found);
        }
        let key = |place: usize| {
            let company = &companies[place];
            if attempt == 0 { company.first } else { keys.company(company.environment, &company.id, attempt) }
        };
        let mut candidates: BTreeMap<Place, Vec<(usize, UserKey)>> = BTreeMap::new();
        for place in open.drain(..) {
            let key = key(place);
            candidates.entry((companies[place].environment, key.key)).or_default().push((place, key));
        }
        let known = hashes(tx, candidates.keys().copied()).await?;
        let missing: Vec<(Place, usize, UserKey)> = candidates
            .iter()
            .filter(|(place, _)| !known.contains_key(place))
            .filter_map(|(place, of)| of.first().map(|(company, key)| (*place, *company, *key)))
            .collect();
        let known = if missing.is_empty() { known } else { insert(tx, companies, missing, received_at, known).await? };
        for (place, (company, key)) in candidates.into_iter().flat_map(|(place, of)| of.into_iter().map(move |one| (place, one))) {
            if known.get(&place).is_some_and(|hash| *hash == key.hash) {
                found.insert(company, key.key);
            } else {
                open.push(company);
            }
        }
    }
    Err(Error::Inconsistent { table: "companies" })
}

/// Inserts rows and answers the hashes that stand there then; of two batches at once, the first one's.
async fn insert(
    tx: &mut Tx,
    companies: &[Company],
    missing: Vec<(Place, usize, UserKey)>,
    received_at: Millis,
    mut known: HashMap<Place, Vec<u8>>,
) -> Result<HashMap<Place, Vec<u8>>, Error> {
    const HEAD: &str = "INSERT INTO companies (environment_id, company_key, key_hash, company_id, received_at)";
    const TAIL: &str = "ON CONFLICT (environment_id, company_key) DO NOTHING";
    let row = |((environment, key), company, full): &(Place, usize, UserKey)| {
        args![*environment, *key, full.hash.to_vec(), companies[*company].id.as_str(), received_at]
    };
    tx.insert(HEAD, missing.iter().map(row).collect(), TAIL).await?;
    known.extend(hashes(tx, missing.iter().map(|(place, ..)| *place)).await?);
    Ok(known)
}

async fn hashes(tx: &mut Tx, places: impl IntoIterator<Item = Place>) -> Result<HashMap<Place, Vec<u8>>, Error> {
    const HEAD: &str = "SELECT company_key, key_hash FROM companies WHERE environment_id = $1 AND company_key";
    let mut found = HashMap::new();
    for (environment, keys) in by_environment(places) {
        let rows: Vec<(i64, Vec<u8>)> = tx.all_in(HEAD, &[environment.into()], &keys, "").await?;
        found.extend(rows.into_iter().map(|(key, hash)| ((environment, key), hash)));
    }
    Ok(found)
}
