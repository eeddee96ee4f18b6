//! What the page shows.

use domain::id::ApiKeyId;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Privacy {
    pub account: AccountId,
    pub may_edit: bool,
    /// The id of Main Production, by which scripts name the account.
    pub app_id: EnvironmentId,
    /// Where scripts find this server.
    pub server: String,
    /// Those whose settings are a click away.
    pub environments: Vec<(EnvironmentId, String)>,
    /// In hours.
    pub grace: u16,
    pub keys: Vec<ApiKeyRow>,
}

/// A key without its secret, which nobody can show again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApiKeyRow {
    pub id: ApiKeyId,
    pub name: String,
    pub created: Moment,
    pub created_by: String,
    pub used: Option<Moment>,
}

#[server(prefix = "/api/console", endpoint = "load_privacy", input = Json, output = Postcard)]
pub async fn load_privacy(account: AccountId) -> Result<Privacy, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let state = ssr::state()?;
    let keys = state.console.api_keys(&granted).await?.into_iter().map(ApiKeyRow::from).collect();
    Ok(Privacy {
        account,
        may_edit: ssr::may::<ssr::ManagePrivacy>(&granted),
        app_id: ssr::app_id(&state.console, &granted).await?,
        environments: environments(state.console.projects(&granted).await?),
        server: state.settings.public_url.clone(),
        grace: state.console.grace(&granted).await?.hours(),
        keys,
    })
}

/// As many as a page of a list has; the others are found by their own pages.
#[cfg(feature = "ssr")]
fn environments(projects: Vec<store::console::projects::Project>) -> Vec<(EnvironmentId, String)> {
    let of = |project: store::console::projects::Project| {
        let name = project.name;
        project.environments.into_iter().map(move |environment| (environment.id, [&name, " / ", &environment.name].concat()))
    };
    projects.into_iter().flat_map(of).take(50).collect()
}

#[cfg(feature = "ssr")]
impl From<store::console::api_keys::ApiKey> for ApiKeyRow {
    fn from(key: store::console::api_keys::ApiKey) -> Self {
        let name = if key.name.is_empty() { "Without a name".to_owned() } else { key.name };
        Self { id: key.id, name, created: ssr::moment(key.created_at), created_by: key.created_by, used: key.used_at.map(ssr::moment) }
    }
}
