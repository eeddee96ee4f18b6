//! Saved reports whose numbers may change.

use std::collections::BTreeSet;

use domain::id::{EnvironmentId, ReportKey};
use sqlx::FromRow;
use uuid::Uuid;

use super::{preview::PreviewEnvironment, resolve::Found};
use crate::{
    Error,
    engine::{Tx, args, statements},
};

statements! {
    REPORTS_BY_EVENT = "SELECT r.key, r.name, d.event_name FROM reports r JOIN event_definitions d ON d.environment_id = r.environment_id AND d.key = r.definition_key WHERE r.environment_id = $1 AND r.archived_at IS NULL ORDER BY r.name, r.key";
}

/// A report that counts an event which one of the users did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangingReport {
    /// Where.
    pub environment: EnvironmentId,
    /// Which.
    pub key: ReportKey,
    /// Its name.
    pub name: String,
}

#[derive(FromRow)]
struct ReportRow {
    key: Uuid,
    name: String,
    event_name: String,
}

/// Those of these users' environments.
pub(super) async fn changing(tx: &mut Tx, environments: &[PreviewEnvironment], found: &Found) -> Result<Vec<ChangingReport>, Error> {
    const NAMES: &str = "SELECT DISTINCT name FROM events WHERE environment_id = $1 AND user_key";
    let mut changing = Vec::new();
    for environment in environments.iter().filter(|environment| !environment.is_deleted) {
        let Some(keys) = found.users.get(&environment.id.get()) else { continue };
        let keys: Vec<i64> = keys.iter().copied().collect();
        let names: Vec<(String,)> = tx.all_in(NAMES, &args![environment.id], &keys, "").await?;
        let names: BTreeSet<String> = names.into_iter().map(|(name,)| name).collect();
        let reports = reports(tx, environment.id).await?;
        changing.extend(reports.into_iter().filter(|row| names.contains(&row.event_name)).map(|row| row.of(environment.id)));
    }
    Ok(changing)
}

/// All of an environment.
pub(super) async fn every(tx: &mut Tx, environment: EnvironmentId) -> Result<Vec<ChangingReport>, Error> {
    Ok(reports(tx, environment).await?.into_iter().map(|row| row.of(environment)).collect())
}

async fn reports(tx: &mut Tx, environment: EnvironmentId) -> Result<Vec<ReportRow>, Error> {
    tx.all(&REPORTS_BY_EVENT, args![environment]).await
}

impl ReportRow {
    fn of(self, environment: EnvironmentId) -> ChangingReport {
        ChangingReport { environment, key: ReportKey(self.key), name: self.name }
    }
}
