//! What the page shows.

use domain::id::ProjectId;
#[cfg(feature = "ssr")]
use domain::listing::{EnvironmentSort, Listing};
#[cfg(feature = "ssr")]
use store::console::projects::Housed;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Projects {
    pub account: AccountId,
    pub may_manage: bool,
    pub list: ListState,
    /// Those that the environments of this page belong to.
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

/// With `project`, none but that: for its own page.
#[server(prefix = "/api/console", endpoint = "load_projects", input = Json, output = Postcard)]
pub async fn load_projects(
    account: AccountId,
    project: Option<ProjectId>,
    #[server(default)] q: String,
    #[server(default)] sort: String,
    #[server(default)] page: String,
) -> Result<Projects, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let (console, may_manage) = (&ssr::state()?.console, ssr::may::<ssr::ManageProjects>(&granted));
    if let Some(project) = project {
        let projects = by_project(console.project(&granted, project).await?.housed());
        return Ok(Projects { account, may_manage, list: ListState::default(), projects });
    }
    let listing = Listing::<EnvironmentSort>::parse(&q, &sort, &page);
    let found = console.environments_page(&granted, &listing).await?;
    let list = ssr::list_state(&listing, &found, "page");
    Ok(Projects { account, may_manage, list, projects: by_project(found.rows) })
}

/// The environments of a project stand one after the other.
#[cfg(feature = "ssr")]
fn by_project(rows: Vec<Housed>) -> Vec<ProjectRow> {
    let mut projects: Vec<ProjectRow> = Vec::new();
    for row in rows {
        let environment = EnvironmentRow::from(row.environment);
        if let Some(last) = projects.last_mut().filter(|last| last.project == row.project) {
            last.environments.push(environment);
        } else {
            let (project, name, is_main) = (row.project, row.project_name, row.is_main);
            projects.push(ProjectRow { project, name, is_main, environments: vec![environment] });
        }
    }
    projects
}

#[cfg(feature = "ssr")]
impl From<store::console::environments::Environment> for EnvironmentRow {
    fn from(row: store::console::environments::Environment) -> Self {
        Self { environment: row.id, name: row.name, time_zone: row.time_zone, created: ssr::moment(row.created_at) }
    }
}
