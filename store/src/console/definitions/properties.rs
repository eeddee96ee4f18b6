//! Property definitions: one name for a property that clients call by several.

use domain::{
    audit::Deed,
    definition::{DefinitionKind, PropertyDefinitionDraft, PropertyKind, PropertyName},
    id::{DefinitionKey, EnvironmentId},
    time::Millis,
};
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
    PROPERTY_INSERT = "INSERT INTO property_definitions (environment_id, key, name, kind, raw_names, version, created_at, changed_at, archived_at) VALUES ($1, $2, $3, $4, $5, 1, $6, $6, NULL)";
    PROPERTIES_LIST = "SELECT key, name, kind, raw_names, version, changed_at, archived_at FROM property_definitions WHERE environment_id = $1 ORDER BY name, key";
    PROPERTY_ONE = "SELECT key, name, kind, raw_names, version, changed_at, archived_at FROM property_definitions WHERE environment_id = $1 AND key = $2";
    PROPERTY_UPDATE = "UPDATE property_definitions SET name = $4, raw_names = $5, version = version + 1, changed_at = $6 WHERE environment_id = $1 AND key = $2 AND version = $3";
}

/// A property definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyDefinition {
    /// Kept when it is copied to another environment.
    pub key: DefinitionKey,
    /// Its name.
    pub name: String,
    /// Whose property it is. It never changes, because segments and reports rely on it.
    pub kind: PropertyKind,
    /// What clients call it. Of those that are there the first counts.
    pub raw_names: Vec<PropertyName>,
    /// Raised by every change; an edit names the one that it edited.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Millis,
    /// Since when it is archived, if it is.
    pub archived_at: Option<Millis>,
}

#[derive(FromRow)]
struct PropertyRow {
    key: Uuid,
    name: String,
    kind: String,
    raw_names: String,
    version: i64,
    changed_at: i64,
    archived_at: Option<i64>,
}

impl Console {
    /// Every property definition of an environment by name, archived ones too.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn property_definitions(
        &self,
        granted: &Granted<View>,
        environment: EnvironmentId,
    ) -> Result<Vec<PropertyDefinition>, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        let rows: Vec<PropertyRow> = tx.all(&PROPERTIES_LIST, args![environment]).await?;
        rows.into_iter().map(PropertyDefinition::try_from).collect()
    }

    /// One property definition.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn property_definition(
        &self,
        granted: &Granted<View>,
        environment: EnvironmentId,
        key: DefinitionKey,
    ) -> Result<PropertyDefinition, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        one(&mut tx, environment, key).await
    }
}

impl Definitions<'_> {
    /// Makes a property definition.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn create_property(&self, draft: &PropertyDefinitionDraft) -> Result<DefinitionKey, Error> {
        let (mut change, environment) = self.begin().await?;
        let key = DefinitionKey(self.console.surroundings.uuid());
        let args = args![self.environment, key, draft.name.as_str(), draft.kind.as_str(), json(draft)?, change.now];
        change.tx.execute(&PROPERTY_INSERT, args).await?;
        change.commit(&Deed::DefinitionCreated { environment, name: draft.name.to_string(), kind: DefinitionKind::Property }).await?;
        Ok(key)
    }

    /// Changes the property definition whose version was `edited`. Its kind stays what it is.
    ///
    /// # Errors
    /// `NotFound`, also where the draft is of another kind; `Conflict` when somebody else changed it meanwhile.
    pub async fn edit_property(&self, key: DefinitionKey, edited: i64, draft: &PropertyDefinitionDraft) -> Result<(), Error> {
        let (mut change, environment) = self.begin().await?;
        if one(&mut change.tx, self.environment, key).await?.kind != draft.kind {
            return Err(Error::NotFound);
        }
        let args = args![self.environment, key, edited, draft.name.as_str(), json(draft)?, change.now];
        if change.tx.execute(&PROPERTY_UPDATE, args).await? == 0 {
            return Err(Error::Conflict);
        }
        change.commit(&Deed::DefinitionEdited { environment, name: draft.name.to_string(), kind: DefinitionKind::Property }).await
    }
}

fn json(draft: &PropertyDefinitionDraft) -> Result<String, Error> {
    serde_json::to_string(&draft.raw_names).map_err(|_| Error::Inconsistent { table: "property_definitions" })
}

/// One definition of an environment that the caller has checked.
pub(in crate::console) async fn one(tx: &mut Tx, environment: EnvironmentId, key: DefinitionKey) -> Result<PropertyDefinition, Error> {
    tx.one::<PropertyRow>(&PROPERTY_ONE, args![environment, key]).await?.try_into()
}

impl TryFrom<PropertyRow> for PropertyDefinition {
    type Error = Error;

    fn try_from(row: PropertyRow) -> Result<Self, Error> {
        const INCONSISTENT: Error = Error::Inconsistent { table: "property_definitions" };
        Ok(Self {
            key: DefinitionKey(row.key),
            name: row.name,
            kind: PropertyKind::parse(&row.kind).map_err(|_| INCONSISTENT)?,
            raw_names: serde_json::from_str(&row.raw_names).map_err(|_| INCONSISTENT)?,
            version: row.version,
            changed_at: Millis(row.changed_at),
            archived_at: row.archived_at.map(Millis),
        })
    }
}
