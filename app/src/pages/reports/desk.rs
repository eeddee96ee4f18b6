//! What making and changing a report starts from.

use domain::{
    id::{DefinitionKey, ReportKey},
    report::Measure,
};

use crate::prelude::*;

/// What the form starts from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportDesk {
    pub account: AccountId,
    pub environment: EnvironmentId,
    /// What can be counted, by name.
    pub definitions: Vec<(DefinitionKey, String)>,
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
}

#[server(prefix = "/api/console", endpoint = "load_report_desk", input = Json, output = Postcard)]
pub async fn load_report_desk(account: AccountId, environment: EnvironmentId, report: Option<ReportKey>) -> Result<ReportDesk, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let saved = match report {
        Some(report) => Some(SavedReport::from(console.report(&granted, environment, report).await?)),
        None => None,
    };
    let counted = saved.as_ref().map(|saved| saved.definition);
    let mut definitions = console.definitions(&granted, environment).await?;
    // An archived one stays the choice of the report that has it.
    definitions.retain(|definition| definition.archived_at.is_none() || Some(definition.key) == counted);
    ssr::grant::<ssr::EditReports>(account).await?;
    let definitions = definitions.into_iter().map(|definition| (definition.key, definition.name)).collect();
    Ok(ReportDesk { account, environment, definitions, saved })
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
        }
    }
}
