//! What the pages can change.
#![expect(clippy::too_many_arguments, reason = "arguments of server functions are flat: each is the name of an input")]

use domain::id::ReportKey;
#[cfg(feature = "ssr")]
use domain::{
    definition::ConditionText,
    report::{LimitsText, ReportDraft},
};

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "report_create")]
pub async fn report_create(
    account: AccountId,
    environment: EnvironmentId,
    name: String,
    #[server(default)] definition: String,
    #[server(default)] measure: String,
    #[server(default)] days: String,
    #[server(default)] segment: String,
    #[server(default)] property: String,
    #[server(default)] property_name: String,
    #[server(default)] comparison: String,
    #[server(default)] value: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditReports>(account).await?;
    let filter = ConditionText { property: &property, name: &property_name, comparison: &comparison, value: &value };
    let draft = ReportDraft::parse_limited(&name, &definition, &measure, &days, &LimitsText { segment: &segment, filter })?;
    let report = ssr::state()?.console.edit_reports(&granted, environment).create(&draft).await?;
    ssr::done(&links::report(account, environment, report), Notice::ReportCreated);
    Ok(())
}

/// Its key and version, then as for a new one.
#[server(prefix = "/api/console", endpoint = "report_edit")]
pub async fn report_edit(
    account: AccountId,
    environment: EnvironmentId,
    report: ReportKey,
    version: i64,
    name: String,
    #[server(default)] definition: String,
    #[server(default)] measure: String,
    #[server(default)] days: String,
    #[server(default)] segment: String,
    #[server(default)] property: String,
    #[server(default)] property_name: String,
    #[server(default)] comparison: String,
    #[server(default)] value: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditReports>(account).await?;
    let filter = ConditionText { property: &property, name: &property_name, comparison: &comparison, value: &value };
    let draft = ReportDraft::parse_limited(&name, &definition, &measure, &days, &LimitsText { segment: &segment, filter })?;
    ssr::state()?.console.edit_reports(&granted, environment).edit(report, version, &draft).await?;
    ssr::done(&links::report(account, environment, report), Notice::ReportSaved);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "report_archive")]
pub async fn report_archive(account: AccountId, environment: EnvironmentId, report: ReportKey) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditReports>(account).await?;
    ssr::state()?.console.edit_reports(&granted, environment).archive(report).await?;
    ssr::done_in_list(&links::reports(account, environment), Notice::ReportArchived);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "report_restore")]
pub async fn report_restore(account: AccountId, environment: EnvironmentId, report: ReportKey) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditReports>(account).await?;
    ssr::state()?.console.edit_reports(&granted, environment).restore(report).await?;
    ssr::done_in_list(&links::reports(account, environment), Notice::ReportRestored);
    Ok(())
}
