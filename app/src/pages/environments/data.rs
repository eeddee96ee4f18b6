//! What the page shows.

use super::Light;
#[cfg(feature = "ssr")]
use crate::pages::first_steps::first_steps;
use crate::{pages::first_steps::FirstSteps, prelude::*};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnvironmentView {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub name: String,
    pub project: String,
    pub time_zone: String,
    pub may_manage: bool,
    pub first_steps: Option<FirstSteps>,
    /// Why it cannot be deleted, if it cannot.
    pub keep: Option<Keep>,
    pub light: Light,
    /// Sends a first event.
    pub command: String,
    /// What becomes of it where the reader's own address is excluded.
    pub excluded: Option<String>,
}

/// Why an environment stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    MainProduction,
    LastOfProject,
}

#[server(prefix = "/api/console", endpoint = "load_environment", input = Json, output = Postcard)]
pub async fn load_environment(account: AccountId, environment: EnvironmentId) -> Result<EnvironmentView, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let state = ssr::state()?;
    let row = state.console.environment(&granted, environment).await?;
    let project = state.console.projects(&granted).await?.into_iter().find(|project| project.id == row.project).ok_or(Error::NotFound)?;
    Ok(EnvironmentView {
        account,
        environment,
        keep: keep(&row, &project),
        name: row.name,
        project: project.name,
        time_zone: row.time_zone,
        may_manage: ssr::may::<ssr::ManageProjects>(&granted),
        first_steps: first_steps(&granted).await?,
        light: Light::of(state.console.holdings(&granted, environment).await?),
        command: command(&state.settings.public_url, environment),
        excluded: excluded(&state, &granted, environment).await?,
    })
}

#[cfg(feature = "ssr")]
pub(super) fn keep(row: &store::console::environments::Environment, project: &store::console::projects::Project) -> Option<Keep> {
    if row.is_main_production {
        Some(Keep::MainProduction)
    } else if project.environments.len() <= 1 {
        Some(Keep::LastOfProject)
    } else {
        None
    }
}

/// A client is not told that its address is excluded, so that it goes on as before; who tries the command is.
#[cfg(feature = "ssr")]
async fn excluded(
    state: &ssr::State,
    granted: &store::access::Granted<ssr::View>,
    environment: EnvironmentId,
) -> Result<Option<String>, Error> {
    let Some(address) = ssr::client() else { return Ok(None) };
    let decision = state.console.judge_address(granted, Some(environment), address).await?.decision;
    let line = decision.map(|decision| decision.line.pattern);
    Ok(line.map(|line| format!("Your address is excluded by the line {line}: what you send from here is answered OK and not stored.")))
}

/// For any shell; the line breaks are escaped, so that it can be pasted as it stands.
#[cfg(feature = "ssr")]
fn command(public_url: &str, environment: EnvironmentId) -> String {
    [
        "curl ",
        public_url,
        "/api/track \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"app_id\": \"",
        &environment.to_string(),
        "\", \"identity\": \"alice@example.com\", \"event\": \"First event\"}'",
    ]
    .concat()
}
