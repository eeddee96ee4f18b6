//! Reports of an environment.

pub(super) mod filter;
pub(super) mod run;

use domain::{
    audit::Deed,
    definition::{Condition, PropertyKind},
    id::{DefinitionKey, EnvironmentId, ReportKey},
    invalid::{Field, Problem},
    listing::{Listed, Listing, Page, ReportSort, Search},
    report::{Measure, ReportDays, ReportDraft},
    time::Millis,
};
pub use run::{Answer, Day};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Console,
    change::Change,
    definitions::{
        condition::{self, ConditionRow},
        events, segments,
    },
    environments,
};
use crate::{
    Error,
    access::{EditReports, Granted, View},
    engine::{Arg, Tx, args, statements},
};

statements! {
    REPORT_INSERT = "INSERT INTO reports (environment_id, key, name, definition_key, measure, days, version, created_at, changed_at, archived_at, segment_key, property_definition, property_name, comparison, value) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7, NULL, $8, $9, $10, $11, $12)";
    REPORTS_LIST = "SELECT r.key, r.name, r.definition_key, d.name AS definition_name, r.measure, r.days, r.segment_key, s.name AS segment_name, r.property_definition, p.name AS property_definition_name, r.property_name, r.comparison, r.value, r.version, r.changed_at, r.archived_at FROM reports r JOIN event_definitions d ON d.environment_id = r.environment_id AND d.key = r.definition_key LEFT JOIN segments s ON s.environment_id = r.environment_id AND s.key = r.segment_key LEFT JOIN property_definitions p ON p.environment_id = r.environment_id AND p.key = r.property_definition WHERE r.environment_id = $1 ORDER BY r.name, r.key";
    REPORT_ONE = "SELECT r.key, r.name, r.definition_key, d.name AS definition_name, r.measure, r.days, r.segment_key, s.name AS segment_name, r.property_definition, p.name AS property_definition_name, r.property_name, r.comparison, r.value, r.version, r.changed_at, r.archived_at FROM reports r JOIN event_definitions d ON d.environment_id = r.environment_id AND d.key = r.definition_key LEFT JOIN segments s ON s.environment_id = r.environment_id AND s.key = r.segment_key LEFT JOIN property_definitions p ON p.environment_id = r.environment_id AND p.key = r.property_definition WHERE r.environment_id = $1 AND r.key = $2";
    REPORT_UPDATE = "UPDATE reports SET name = $4, definition_key = $5, measure = $6, days = $7, version = version + 1, changed_at = $8, segment_key = $9, property_definition = $10, property_name = $11, comparison = $12, value = $13 WHERE environment_id = $1 AND key = $2 AND version = $3";
    REPORT_ARCHIVE = "UPDATE reports SET archived_at = $3, version = version + 1 WHERE environment_id = $1 AND key = $2";
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Kept when it is copied to another environment.
    pub key: ReportKey,
    /// Its name.
    pub name: String,
    /// The event definition that it counts.
    pub definition: DefinitionKey,
    /// The name of that definition.
    pub definition_name: String,
    /// What it counts.
    pub measure: Measure,
    /// How far it looks back.
    pub days: ReportDays,
    /// What it is limited to.
    pub limits: Limits,
    /// Raised by every change; an edit names the one that it edited.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Millis,
    /// Since when it is archived, if it is.
    pub archived_at: Option<Millis>,
}

/// What a report is limited to, each with its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// The segment whose users alone count.
    pub segment: Option<(DefinitionKey, String)>,
    /// What is true of the events that count, and how its property is called.
    pub filter: Option<(Condition, String)>,
}

#[derive(FromRow)]
struct ReportRow {
    key: Uuid,
    name: String,
    definition_key: Uuid,
    definition_name: String,
    measure: String,
    days: i64,
    segment_key: Option<Uuid>,
    segment_name: Option<String>,
    #[sqlx(flatten)]
    filter: ConditionRow,
    version: i64,
    changed_at: i64,
    archived_at: Option<i64>,
}

/// The deeds of those who edit reports of an environment.
#[derive(Clone, Copy)]
pub struct Reports<'a> {
    console: &'a Console,
    granted: &'a Granted<EditReports>,
    environment: EnvironmentId,
}

impl Console {
    /// Every report of an environment by name, archived ones too.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn reports(&self, granted: &Granted<View>, environment: EnvironmentId) -> Result<Vec<Report>, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        let rows: Vec<ReportRow> = tx.all(&REPORTS_LIST, args![environment]).await?;
        rows.into_iter().map(Report::try_from).collect()
    }

    /// The pages that are asked for: of the reports that are looked at, and of those that were put away.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn report_pages(
        &self,
        granted: &Granted<View>,
        environment: EnvironmentId,
        active: &Listing<ReportSort>,
        archived: &Listing<ReportSort>,
    ) -> Result<(Page<Report>, Page<Report>), Error> {
        let all = self.reports(granted, environment).await?;
        let (shelved, used) = all.into_iter().partition(|report| report.archived_at.is_some());
        Ok((active.pick(used), archived.pick(shelved)))
    }

    /// One report.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn report(&self, granted: &Granted<View>, environment: EnvironmentId, key: ReportKey) -> Result<Report, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        one(&mut tx, environment, key).await
    }

    /// The handle for changes.
    pub fn edit_reports<'a>(&'a self, granted: &'a Granted<EditReports>, environment: EnvironmentId) -> Reports<'a> {
        Reports { console: self, granted, environment }
    }
}

impl Reports<'_> {
    /// Makes a report.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's; `Invalid` at `definition`, `segment` or `property`: `Missing`.
    pub async fn create(&self, draft: &ReportDraft) -> Result<ReportKey, Error> {
        let (mut change, environment) = self.begin().await?;
        self.check(&mut change, draft).await?;
        let key = ReportKey(self.console.surroundings.uuid());
        let days = i64::from(draft.days.get());
        let mut args = args![self.environment, key, draft.name.as_str(), draft.definition, draft.measure.as_str(), days, change.now];
        args.extend(limits(draft)?);
        change.tx.execute(&REPORT_INSERT, args).await?;
        change.commit(&Deed::ReportCreated { environment, name: draft.name.to_string() }).await?;
        Ok(key)
    }

    /// Changes the report whose version was `edited`.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when somebody else changed it meanwhile; `Invalid` at `definition`, `segment` or `property`: `Missing`.
    pub async fn edit(&self, key: ReportKey, edited: i64, draft: &ReportDraft) -> Result<(), Error> {
        let (mut change, environment) = self.begin().await?;
        one(&mut change.tx, self.environment, key).await?;
        self.check(&mut change, draft).await?;
        let days = i64::from(draft.days.get());
        let mut args =
            args![self.environment, key, edited, draft.name.as_str(), draft.definition, draft.measure.as_str(), days, change.now];
        args.extend(limits(draft)?);
        if change.tx.execute(&REPORT_UPDATE, args).await? == 0 {
            return Err(Error::Conflict);
        }
        change.commit(&Deed::ReportEdited { environment, name: draft.name.to_string() }).await
    }

    /// Hides the report from the list.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn archive(&self, key: ReportKey) -> Result<(), Error> {
        let (mut change, environment) = self.begin().await?;
        let before = one(&mut change.tx, self.environment, key).await?;
        if before.archived_at.is_some() {
            return Ok(());
        }
        change.tx.execute(&REPORT_ARCHIVE, args![self.environment, key, change.now]).await?;
        change.commit(&Deed::ReportArchived { environment, name: before.name }).await
    }

    /// Brings an archived report back.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn restore(&self, key: ReportKey) -> Result<(), Error> {
        let (mut change, environment) = self.begin().await?;
        let before = one(&mut change.tx, self.environment, key).await?;
        if before.archived_at.is_none() {
            return Ok(());
        }
        change.tx.execute(&REPORT_ARCHIVE, args![self.environment, key, None::<i64>]).await?;
        change.commit(&Deed::ReportRestored { environment, name: before.name }).await
    }

    /// What a report refers to has to be there, and of the right kind.
    async fn check(&self, change: &mut Change, draft: &ReportDraft) -> Result<(), Error> {
        let missing = |field| move |error| if matches!(error, Error::NotFound) { Error::mistake(field, Problem::Missing) } else { error };
        events::one(&mut change.tx, self.environment, draft.definition).await.map_err(missing(Field::Definition))?;
        if let Some(segment) = draft.segment {
            segments::one(&mut change.tx, self.environment, segment).await.map_err(missing(Field::Segment))?;
        }
        match &draft.filter {
            Some(filter) => condition::check(&mut change.tx, self.environment, filter, PropertyKind::Event).await,
            None => Ok(()),
        }
    }

    /// The change, and the environment's name for the audit entry.
    async fn begin(&self) -> Result<(Change, String), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let environment = environments::one(&mut change.tx, change.account, self.environment).await?;
        Ok((change, environment.name))
    }
}

/// `segment_key` and the columns of the condition.
fn limits(draft: &ReportDraft) -> Result<Vec<Arg>, Error> {
    let mut args = args![draft.segment.map(|key| key.0)];
    args.extend(condition::columns(draft.filter.as_ref())?);
    Ok(args)
}

async fn one(tx: &mut Tx, environment: EnvironmentId, key: ReportKey) -> Result<Report, Error> {
    tx.one::<ReportRow>(&REPORT_ONE, args![environment, key]).await?.try_into()
}

impl Listed for Report {
    type Sort = ReportSort;
    type Key = (String, Millis);

    fn matches(&self, search: &Search) -> bool {
        search.is_in(&self.name) || search.is_in(&self.definition_name)
    }

    fn key(&self, by: ReportSort) -> Self::Key {
        match by {
            ReportSort::Name => (self.name.to_lowercase(), Millis(0)),
            ReportSort::Changed => (String::new(), self.archived_at.unwrap_or(self.changed_at)),
        }
    }
}

impl TryFrom<ReportRow> for Report {
    type Error = Error;

    fn try_from(row: ReportRow) -> Result<Self, Error> {
        let inconsistent = |_| Error::Inconsistent { table: "reports" };
        Ok(Self {
            key: ReportKey(row.key),
            name: row.name,
            definition: DefinitionKey(row.definition_key),
            definition_name: row.definition_name,
            measure: Measure::parse(&row.measure).map_err(inconsistent)?,
            limits: Limits { segment: row.segment_key.map(DefinitionKey).zip(row.segment_name), filter: row.filter.read().transpose()? },
            days: u16::try_from(row.days).map_err(|_| Problem::NotAChoice).and_then(ReportDays::new).map_err(inconsistent)?,
            version: row.version,
            changed_at: Millis(row.changed_at),
            archived_at: row.archived_at.map(Millis),
        })
    }
}
