//! Definitions of an environment: virtual, so that editing one rewrites no data. Events, properties and segments have a table each; a key is used once.

pub(super) mod condition;
pub(super) mod events;
pub(super) mod properties;
pub(super) mod segments;

use domain::{
    audit::Deed,
    definition::DefinitionKind,
    id::{DefinitionKey, EnvironmentId},
};
use sqlx::FromRow;

pub use events::EventDefinition;
pub use properties::PropertyDefinition;
pub use segments::Segment;

use super::{Console, change::Change, environments};
use crate::{
    Error,
    access::{EditDefinitions, Granted},
    engine::{Sql, args, statements},
};

statements! {
    DEFINITION_OF_ANY_KIND = "SELECT CAST(0 AS BIGINT) AS kind, name, archived_at FROM event_definitions WHERE environment_id = $1 AND key = $2 UNION ALL SELECT 1, name, archived_at FROM property_definitions WHERE environment_id = $1 AND key = $2 UNION ALL SELECT 2, name, archived_at FROM segments WHERE environment_id = $1 AND key = $2";
    EVENT_ARCHIVE = "UPDATE event_definitions SET archived_at = $3, version = version + 1 WHERE environment_id = $1 AND key = $2";
    PROPERTY_ARCHIVE = "UPDATE property_definitions SET archived_at = $3, version = version + 1 WHERE environment_id = $1 AND key = $2";
    SEGMENT_ARCHIVE = "UPDATE segments SET archived_at = $3, version = version + 1 WHERE environment_id = $1 AND key = $2";
}

/// What a definition of any kind has. `kind` is its place in [`DefinitionKind::ALL`].
#[derive(FromRow)]
struct AnyRow {
    kind: i64,
    name: String,
    archived_at: Option<i64>,
}

/// The deeds of those who edit definitions of an environment.
#[derive(Clone, Copy)]
pub struct Definitions<'a> {
    console: &'a Console,
    granted: &'a Granted<EditDefinitions>,
    environment: EnvironmentId,
}

impl Console {
    /// The handle for changes.
    pub fn edit_definitions<'a>(&'a self, granted: &'a Granted<EditDefinitions>, environment: EnvironmentId) -> Definitions<'a> {
        Definitions { console: self, granted, environment }
    }
}

impl Definitions<'_> {
    /// Hides a definition of any kind from lists to choose from. What uses it goes on.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn archive(&self, key: DefinitionKey) -> Result<DefinitionKind, Error> {
        let (mut change, environment) = self.begin().await?;
        let (before, kind) = any(&mut change, self.environment, key).await?;
        if before.archived_at.is_none() {
            change.tx.execute(archiving(kind), args![self.environment, key, change.now]).await?;
            change.commit(&Deed::DefinitionArchived { environment, name: before.name, kind }).await?;
        }
        Ok(kind)
    }

    /// Brings an archived definition back, the same as it was.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn restore(&self, key: DefinitionKey) -> Result<DefinitionKind, Error> {
        let (mut change, environment) = self.begin().await?;
        let (before, kind) = any(&mut change, self.environment, key).await?;
        if before.archived_at.is_some() {
            change.tx.execute(archiving(kind), args![self.environment, key, None::<i64>]).await?;
            change.commit(&Deed::DefinitionRestored { environment, name: before.name, kind }).await?;
        }
        Ok(kind)
    }

    /// The change, and the environment's name for the audit entry.
    async fn begin(&self) -> Result<(Change, String), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let environment = environments::one(&mut change.tx, change.account, self.environment).await?;
        Ok((change, environment.name))
    }
}

async fn any(change: &mut Change, environment: EnvironmentId, key: DefinitionKey) -> Result<(AnyRow, DefinitionKind), Error> {
    let row: AnyRow = change.tx.one(&DEFINITION_OF_ANY_KIND, args![environment, key]).await?;
    let kind = usize::try_from(row.kind).ok().and_then(|place| DefinitionKind::ALL.get(place).copied());
    Ok((row, kind.ok_or(Error::Inconsistent { table: "definitions" })?))
}

fn archiving(kind: DefinitionKind) -> &'static Sql {
    match kind {
        DefinitionKind::Event => &EVENT_ARCHIVE,
        DefinitionKind::Property => &PROPERTY_ARCHIVE,
        DefinitionKind::Segment => &SEGMENT_ARCHIVE,
    }
}
