//! What the pages show.

#[cfg(feature = "ssr")]
use domain::listing::{Listing, ReportSort};
use domain::{id::ReportKey, report::Measure};

#[cfg(feature = "ssr")]
use crate::pages::definitions::condition::said;
#[cfg(feature = "ssr")]
use crate::pages::first_steps::first_steps;
use crate::{pages::first_steps::FirstSteps, prelude::*};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reports {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub may_edit: bool,
    pub first_steps: Option<FirstSteps>,
    /// Whether there is anything to report on.
    pub definitions: bool,
    pub list: ListState,
    pub active: Vec<ReportRow>,
    pub archived_list: ListState,
    pub archived: Vec<ReportRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportRow {
    pub key: ReportKey,
    pub name: String,
    pub definition_name: String,
    pub measure: Measure,
    pub days: u16,
    /// What it is limited to, in words that go on after the days.
    pub limits: String,
    pub changed: Moment,
    pub archived: Option<Moment>,
}

#[server(prefix = "/api/console", endpoint = "load_reports", input = Json, output = Postcard)]
pub async fn load_reports(
    account: AccountId,
    environment: EnvironmentId,
    #[server(default)] q: String,
    #[server(default)] sort: String,
    #[server(default)] page: String,
    #[server(default)] archived: String,
) -> Result<Reports, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let definitions = console.definitions(&granted, environment).await?.iter().any(|definition| definition.archived_at.is_none());
    let (used, shelved) = (Listing::<ReportSort>::parse(&q, &sort, &page), Listing::<ReportSort>::parse(&q, &sort, &archived));
    let (active, archived) = console.report_pages(&granted, environment, &used, &shelved).await?;
    let archived_list = ssr::list_state(&shelved, &archived, "archived");
    Ok(Reports {
        account,
        environment,
        may_edit: ssr::may::<ssr::EditReports>(&granted),
        first_steps: first_steps(&granted).await?,
        definitions,
        list: ssr::searched_with(ssr::list_state(&used, &active, "page"), &archived_list),
        active: active.rows.into_iter().map(ReportRow::from).collect(),
        archived_list,
        archived: archived.rows.into_iter().map(ReportRow::from).collect(),
    })
}

#[cfg(feature = "ssr")]
pub(super) fn limits(limits: &store::console::reports::Limits) -> String {
    let segment = limits.segment.as_ref().map(|(_, name)| [", users of ", name].concat());
    let filter = limits.filter.as_ref().map(|(condition, called)| [", where ", &said(condition, called)].concat());
    segment.into_iter().chain(filter).collect()
}

#[cfg(feature = "ssr")]
impl From<store::console::reports::Report> for ReportRow {
    fn from(row: store::console::reports::Report) -> Self {
        Self {
            key: row.key,
            name: row.name,
            definition_name: row.definition_name,
            measure: row.measure,
            days: row.days.get(),
            limits: limits(&row.limits),
            changed: ssr::moment(row.changed_at),
            archived: row.archived_at.map(ssr::moment),
        }
    }
}
