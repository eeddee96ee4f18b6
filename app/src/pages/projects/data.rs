//! What the page shows.

use domain::id::ProjectId;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Projects {
    pub account: AccountId,
    pub may_manage: bool,
    pub projects: Vec<ProjectRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProjectRow {
    pub project: ProjectId,
    pub name: String,
    pub is_main: bool,
    pub environments: Vec<EnvironmentRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnvironmentRow {
    pub environment: EnvironmentId,
    pub name: String,
    pub time_zone: String,
    pub created: Moment,
}

impl Projects {
    /// One of them, for a page of its own.
    pub(super) fn pick(self, project: ProjectId) -> Result<ProjectRow, Error> {
        self.projects.into_iter().find(|row| row.project == project).ok_or(Error::NotFound)
    }
}

#[server(prefix = "/api/console", endpoint = "load_projects", input = Json, output = Postcard)]
pub async fn load_projects(account: AccountId) -> Result<Projects, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let projects = ssr::state()?.console.projects(&granted).await?.into_iter().map(ProjectRow::from).collect();
    Ok(Projects { account, may_manage: ssr::may::<ssr::ManageProjects>(&granted), projects })
}

#[cfg(feature = "ssr")]
impl From<store::console::projects::Project> for ProjectRow {
    fn from(row: store::console::projects::Project) -> Self {
        let environments = row.environments.into_iter().map(EnvironmentRow::from).collect();
        Self { project: row.id, name: row.name, is_main: row.is_main, environments }
    }
}

#[cfg(feature = "ssr")]
impl From<store::console::environments::Environment> for EnvironmentRow {
    fn from(row: store::console::environments::Environment) -> Self {
        Self { environment: row.id, name: row.name, time_zone: row.time_zone, created: ssr::moment(row.created_at) }
    }
}
