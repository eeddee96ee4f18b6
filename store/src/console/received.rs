//! Names that clients sent, for who has to type one.

use std::collections::BTreeSet;

use domain::{definition::PropertyKind, id::EnvironmentId};

use super::{Console, environments};
use crate::{
    Error,
    access::{Granted, View},
    engine::{Tx, args, statements},
};

statements! {
    /// One step along the index, so that an environment of many events is as quick as one of few.
    RECEIVED_EVENT_AFTER = "SELECT name_key, name FROM events WHERE environment_id = $1 AND name_key > $2 ORDER BY name_key LIMIT 1";
    RECEIVED_USER_PROPERTIES = "SELECT name FROM user_properties WHERE environment_id = $1 LIMIT $2";
    RECEIVED_EVENT_PROPERTIES = "SELECT properties FROM events WHERE environment_id = $1 LIMIT $2";
}

/// The most names that are told.
pub const MOST_NAMES: usize = 100;

/// How many rows are looked at for names of properties.
const ROWS: u32 = 1_000;

impl Console {
    /// Names of events that an environment received, sorted; at most [`MOST_NAMES`].
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn received_events(&self, granted: &Granted<View>, environment: EnvironmentId) -> Result<Vec<String>, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        let (mut names, mut last) = (BTreeSet::new(), i64::MIN);
        while names.len() < MOST_NAMES {
            let Some((key, name)) = tx.opt::<(i64, String)>(&RECEIVED_EVENT_AFTER, args![environment, last]).await? else { break };
            names.insert(name);
            last = key;
        }
        Ok(names.into_iter().collect())
    }

    /// Names of properties among the first rows of an environment, sorted; at most [`MOST_NAMES`].
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn received_properties(
        &self,
        granted: &Granted<View>,
        environment: EnvironmentId,
        kind: PropertyKind,
    ) -> Result<Vec<String>, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        let names = properties(&mut tx, environment, kind).await?;
        Ok(names.into_iter().take(MOST_NAMES).collect())
    }

    /// The same for users of all environments of the account.
    ///
    /// # Errors
    /// `Database`.
    pub async fn received_user_properties(&self, granted: &Granted<View>) -> Result<Vec<String>, Error> {
        let mut tx = self.db.read().await?;
        let mut names = BTreeSet::new();
        for environment in environments::of_account(&mut tx, granted.account).await? {
            if names.len() >= MOST_NAMES {
                break;
            }
            names.extend(properties(&mut tx, environment.id, PropertyKind::User).await?);
        }
        Ok(names.into_iter().take(MOST_NAMES).collect())
    }
}

async fn properties(tx: &mut Tx, environment: EnvironmentId, kind: PropertyKind) -> Result<BTreeSet<String>, Error> {
    let sql = match kind {
        PropertyKind::User => &RECEIVED_USER_PROPERTIES,
        PropertyKind::Event => &RECEIVED_EVENT_PROPERTIES,
    };
    let rows: Vec<(String,)> = tx.all(sql, args![environment, ROWS]).await?;
    let rows = rows.into_iter().map(|(text,)| text);
    Ok(match kind {
        PropertyKind::User => rows.collect(),
        PropertyKind::Event => rows.flat_map(|text| keys(&text)).collect(),
    })
}

/// The names in an object, of which everything that is stored is one.
fn keys(object: &str) -> Vec<String> {
    let parsed: serde_json::Map<String, serde_json::Value> = serde_json::from_str(object).unwrap_or_default();
    parsed.into_iter().map(|(name, _)| name).collect()
}
