//! What the page can change.

use domain::id::ProjectId;
#[cfg(feature = "ssr")]
use domain::{name::ProjectName, zone::ZoneName};

use crate::prelude::*;

/// The days of the new Production are those of Main's, until an environment with other ones is added.
#[server(prefix = "/api/console", endpoint = "project_create")]
pub async fn project_create(account: AccountId, name: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    let name = ProjectName::parse(&name).map_err(|problem| Error::mistake(Field::Name, problem))?;
    let console = &ssr::state()?.console;
    let projects = console.projects(&ssr::grant::<ssr::View>(account).await?).await?;
    let main = projects.first().and_then(|main| main.environments.first());
    let zone = main.and_then(|environment| ZoneName::parse(&environment.time_zone).ok()).unwrap_or_default();
    console.manage_projects(&granted).create(&name, &zone).await?;
    ssr::done(&links::projects(account), Notice::ProjectCreated);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "project_rename")]
pub async fn project_rename(account: AccountId, project: ProjectId, name: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    let name = ProjectName::parse(&name).map_err(|problem| Error::mistake(Field::Name, problem))?;
    ssr::state()?.console.manage_projects(&granted).rename(project, &name).await?;
    ssr::done(&links::projects(account), Notice::ProjectRenamed);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "project_delete")]
pub async fn project_delete(account: AccountId, project: ProjectId, #[server(default)] confirm: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    ssr::state()?.console.manage_projects(&granted).delete(project, &confirm).await?;
    ssr::done(&links::projects(account), Notice::ProjectDeleted);
    Ok(())
}
