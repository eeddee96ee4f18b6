//! Segments: users of whom a condition is true. Who they are is asked anew by each report.

use domain::{
    audit::Deed,
    definition::{Condition, DefinitionKind, PropertyKind, SegmentDraft},
    id::{DefinitionKey, EnvironmentId},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Console, Definitions,
    condition::{self, ConditionRow},
};
use crate::{
    Error,
    access::{Granted, View},
    console::environments,
    engine::{Tx, args, statements},
};

statements! {
    SEGMENT_INSERT = "INSERT INTO segments (environment_id, key, name, version, created_at, changed_at, archived_at, property_definition, property_name, comparison, value) VALUES ($1, $2, $3, 1, $4, $4, NULL, $5, $6, $7, $8)";
    SEGMENTS_LIST = "SELECT s.key, s.name, s.property_definition, d.name AS property_definition_name, s.property_name, s.comparison, s.value, s.version, s.changed_at, s.archived_at FROM segments s LEFT JOIN property_definitions d ON d.environment_id = s.environment_id AND d.key = s.property_definition WHERE s.environment_id = $1 ORDER BY s.name, s.key";
    SEGMENT_ONE = "SELECT s.key, s.name, s.property_definition, d.name AS property_definition_name, s.property_name, s.comparison, s.value, s.version, s.changed_at, s.archived_at FROM segments s LEFT JOIN property_definitions d ON d.environment_id = s.environment_id AND d.key = s.property_definition WHERE s.environment_id = $1 AND s.key = $2";
    SEGMENT_UPDATE = "UPDATE segments SET name = $4, version = version + 1, changed_at = $5, property_definition = $6, property_name = $7, comparison = $8, value = $9 WHERE environment_id = $1 AND key = $2 AND version = $3";
}

/// A segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Kept when it is copied to another environment.
    pub key: DefinitionKey,
    /// Its name.
    pub name: String,
    /// What is true of its users.
    pub condition: Condition,
    /// How the condition's property is called: by its definition's name, or as clients send it.
    pub property_name: String,
    /// Raised by every change; an edit names the one that it edited.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Millis,
    /// Since when it is archived, if it is.
    pub archived_at: Option<Millis>,
}

#[derive(FromRow)]
struct SegmentRow {
    key: Uuid,
    name: String,
    #[sqlx(flatten)]
    condition: ConditionRow,
    version: i64,
    changed_at: i64,
    archived_at: Option<i64>,
}

impl Console {
    /// Every segment of an environment by name, archived ones too.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn segments(&self, granted: &Granted<View>, environment: EnvironmentId) -> Result<Vec<Segment>, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        let rows: Vec<SegmentRow> = tx.all(&SEGMENTS_LIST, args![environment]).await?;
        rows.into_iter().map(Segment::try_from).collect()
    }

    /// One segment.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn segment(&self, granted: &Granted<View>, environment: EnvironmentId, key: DefinitionKey) -> Result<Segment, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        one(&mut tx, environment, key).await
    }
}

impl Definitions<'_> {
    /// Makes a segment.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's; `Invalid` at `property`: `Missing` unless it is a definition of a property of users.
    pub async fn create_segment(&self, draft: &SegmentDraft) -> Result<DefinitionKey, Error> {
        let (mut change, environment) = self.begin().await?;
        condition::check(&mut change.tx, self.environment, &draft.condition, PropertyKind::User).await?;
        let key = DefinitionKey(self.console.surroundings.uuid());
        let mut args = args![self.environment, key, draft.name.as_str(), change.now];
        args.extend(condition::columns(Some(&draft.condition))?);
        change.tx.execute(&SEGMENT_INSERT, args).await?;
        change.commit(&Deed::DefinitionCreated { environment, name: draft.name.to_string(), kind: DefinitionKind::Segment }).await?;
        Ok(key)
    }

    /// Changes the segment whose version was `edited`.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when somebody else changed it meanwhile; `Invalid` at `property`: `Missing`.
    pub async fn edit_segment(&self, key: DefinitionKey, edited: i64, draft: &SegmentDraft) -> Result<(), Error> {
        let (mut change, environment) = self.begin().await?;
        one(&mut change.tx, self.environment, key).await?;
        condition::check(&mut change.tx, self.environment, &draft.condition, PropertyKind::User).await?;
        let mut args = args![self.environment, key, edited, draft.name.as_str(), change.now];
        args.extend(condition::columns(Some(&draft.condition))?);
        if change.tx.execute(&SEGMENT_UPDATE, args).await? == 0 {
            return Err(Error::Conflict);
        }
        change.commit(&Deed::DefinitionEdited { environment, name: draft.name.to_string(), kind: DefinitionKind::Segment }).await
    }
}

/// One segment of an environment that the caller has checked.
pub(in crate::console) async fn one(tx: &mut Tx, environment: EnvironmentId, key: DefinitionKey) -> Result<Segment, Error> {
    tx.one::<SegmentRow>(&SEGMENT_ONE, args![environment, key]).await?.try_into()
}

impl TryFrom<SegmentRow> for Segment {
    type Error = Error;

    fn try_from(row: SegmentRow) -> Result<Self, Error> {
        let (condition, property_name) = row.condition.read().ok_or(Error::Inconsistent { table: "segments" })??;
        Ok(Self {
            key: DefinitionKey(row.key),
            name: row.name,
            condition,
            property_name,
            version: row.version,
            changed_at: Millis(row.changed_at),
            archived_at: row.archived_at.map(Millis),
        })
    }
}
