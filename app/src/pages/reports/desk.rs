//! What making and changing a report starts from.

#[cfg(feature = "ssr")]
use domain::definition::PropertyKind;
use domain::{
    id::{DefinitionKey, ReportKey},
    report::Measure,
};

#[cfg(feature = "ssr")]
use super::data::limits;
use crate::{pages::definitions::condition::ConditionDesk, prelude::*};

/// What the form starts from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportDesk {
    pub account: AccountId,
    pub environment: EnvironmentId,
    /// What can be counted, by name.
    pub definitions: Vec<(DefinitionKey, String)>,
    /// Key and name of each segment that it can be limited to.
    pub segments: Vec<(String, String)>,
    pub filter: ConditionDesk,
    /// The report that is edited.
    pub saved: Option<SavedReport>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedReport {
    pub report: ReportKey,
    pub version: i64,
    pub changed: Moment,
    pub name: String,
    pub definition: DefinitionKey,
    pub definition_name: String,
    pub measure: Measure,
    pub days: u16,
    /// The key of its segment, or nothing.
    pub segment: String,
    /// What it is limited to, in words.
    pub limits: String,
}

#[server(prefix = "/api/console", endpoint = "load_report_desk", input = Json, output = Postcard)]
pub async fn load_report_desk(account: AccountId, environment: EnvironmentId, report: Option<ReportKey>) -> Result<ReportDesk, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let row = match report {
        Some(report) => Some(console.report(&granted, environment, report).await?),
        None => None,
    };
    let properties = console.property_definitions(&granted, environment).await?;
    let received = console.received_properties(&granted, environment, PropertyKind::Event).await?;
    let filter = row.as_ref().and_then(|row| Some(&row.limits.filter.as_ref()?.0));
    let filter = ConditionDesk::of(filter, properties, PropertyKind::Event, received);
    let saved = row.map(SavedReport::from);
    let counted = saved.as_ref().map(|saved| saved.definition);
    let mut definitions = console.definitions(&granted, environment).await?;
    // An archived one stays the choice of the report that has it.
    definitions.retain(|definition| definition.archived_at.is_none() || Some(definition.key) == counted);
    let mut segments = console.segments(&granted, environment).await?;
    segments
        .retain(|segment| segment.archived_at.is_none() || saved.as_ref().is_some_and(|saved| saved.segment == segment.key.to_string()));
    ssr::grant::<ssr::EditReports>(account).await?;
    let definitions = definitions.into_iter().map(|definition| (definition.key, definition.name)).collect();
    let segments = segments.into_iter().map(|segment| (segment.key.to_string(), segment.name)).collect();
    Ok(ReportDesk { account, environment, definitions, segments, filter, saved })
}

#[cfg(feature = "ssr")]
impl From<store::console::reports::Report> for SavedReport {
    fn from(row: store::console::reports::Report) -> Self {
        Self {
            report: row.key,
            version: row.version,
            changed: ssr::moment(row.changed_at),
            name: row.name,
            definition: row.definition,
            definition_name: row.definition_name,
            measure: row.measure,
            days: row.days.get(),
            limits: limits(&row.limits),
            segment: row.limits.segment.map(|(key, _)| key.to_string()).unwrap_or_default(),
        }
    }
}
