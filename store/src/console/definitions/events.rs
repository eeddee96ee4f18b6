//! Event definitions.

use domain::{
    audit::Deed,
    definition::{DefinitionKind, EventDefinitionDraft},
    id::{DefinitionKey, EnvironmentId},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Console, Definitions};
use crate::{
    Error,
    access::{Granted, View},
    console::environments,
    engine::{Tx, args, statements},
};

statements! {
    DEFINITION_INSERT = "INSERT INTO event_definitions (environment_id, key, name, event_name, version, created_at, changed_at, archived_at) VALUES ($1, $2, $3, $4, 1, $5, $5, NULL)";
    DEFINITIONS_LIST = "SELECT key, name, event_name, version, changed_at, archived_at FROM event_definitions WHERE environment_id = $1 ORDER BY name, key";
    DEFINITION_ONE = "SELECT key, name, event_name, version, changed_at, archived_at FROM event_definitions WHERE environment_id = $1 AND key = $2";
    DEFINITION_UPDATE = "UPDATE event_definitions SET name = $4, event_name = $5, version = version + 1, changed_at = $6 WHERE environment_id = $1 AND key = $2 AND version = $3";
}

/// An event definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDefinition {
    /// Kept when it is copied to another environment.
    pub key: DefinitionKey,
    /// Its name.
    pub name: String,
    /// The name of the events that it stands for.
    pub event_name: String,
    /// Raised by every change; an edit names the one that it edited.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Millis,
    /// Since when it is archived, if it is.
    pub archived_at: Option<Millis>,
}

#[derive(FromRow)]
struct DefinitionRow {
    key: Uuid,
    name: String,
    event_name: String,
    version: i64,
    changed_at: i64,
    archived_at: Option<i64>,
}

impl Console {
    /// Every event definition of an environment by name, archived ones too.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn definitions(&self, granted: &Granted<View>, environment: EnvironmentId) -> Result<Vec<EventDefinition>, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        let rows: Vec<DefinitionRow> = tx.all(&DEFINITIONS_LIST, args![environment]).await?;
        Ok(rows.into_iter().map(EventDefinition::from).collect())
    }

    /// One event definition.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn definition(
        &self,
        granted: &Granted<View>,
        environment: EnvironmentId,
        key: DefinitionKey,
    ) -> Result<EventDefinition, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        one(&mut tx, environment, key).await
    }
}

impl Definitions<'_> {
    /// Makes an event definition.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn create(&self, draft: &EventDefinitionDraft) -> Result<DefinitionKey, Error> {
        let (mut change, environment) = self.begin().await?;
        let key = DefinitionKey(self.console.surroundings.uuid());
        let args = args![self.environment, key, draft.name.as_str(), draft.event_name.as_str(), change.now];
        change.tx.execute(&DEFINITION_INSERT, args).await?;
        change.commit(&Deed::DefinitionCreated { environment, name: draft.name.to_string(), kind: DefinitionKind::Event }).await?;
        Ok(key)
    }

    /// Changes the event definition whose version was `edited`.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when somebody else changed it meanwhile.
    pub async fn edit(&self, key: DefinitionKey, edited: i64, draft: &EventDefinitionDraft) -> Result<(), Error> {
        let (mut change, environment) = self.begin().await?;
        one(&mut change.tx, self.environment, key).await?;
        let args = args![self.environment, key, edited, draft.name.as_str(), draft.event_name.as_str(), change.now];
        if change.tx.execute(&DEFINITION_UPDATE, args).await? == 0 {
            return Err(Error::Conflict);
        }
        change.commit(&Deed::DefinitionEdited { environment, name: draft.name.to_string(), kind: DefinitionKind::Event }).await
    }
}

/// One definition of an environment that the caller has checked.
pub(in crate::console) async fn one(tx: &mut Tx, environment: EnvironmentId, key: DefinitionKey) -> Result<EventDefinition, Error> {
    Ok(tx.one::<DefinitionRow>(&DEFINITION_ONE, args![environment, key]).await?.into())
}

impl From<DefinitionRow> for EventDefinition {
    fn from(row: DefinitionRow) -> Self {
        Self {
            key: DefinitionKey(row.key),
            name: row.name,
            event_name: row.event_name,
            version: row.version,
            changed_at: Millis(row.changed_at),
            archived_at: row.archived_at.map(Millis),
        }
    }
}
