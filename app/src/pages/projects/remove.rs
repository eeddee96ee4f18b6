//! Deleting a project.

use domain::id::ProjectId;

use super::ProjectDelete;
#[cfg(feature = "ssr")]
use crate::pages::danger::losses;
use crate::{
    pages::danger::{Danger, Losses},
    prelude::*,
};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DoomedProject {
    pub account: AccountId,
    pub project: ProjectId,
    pub name: String,
    pub losses: Losses,
}

/// Main has no such page.
#[server(prefix = "/api/console", endpoint = "load_doomed_project", input = Json, output = Postcard)]
pub async fn load_doomed_project(account: AccountId, project: ProjectId) -> Result<DoomedProject, Error> {
    let view = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::ManageProjects>(account).await?;
    let projects = ssr::state()?.console.projects(&view).await?;
    let row = projects.into_iter().find(|row| row.id == project && !row.is_main).ok_or(Error::NotFound)?;
    let ids: Vec<EnvironmentId> = row.environments.iter().map(|environment| environment.id).collect();
    Ok(DoomedProject { account, project, name: row.name, losses: losses(&view, &ids).await? })
}

#[component]
pub fn DeleteProjectPage() -> AnyView {
    let (account, project) = (account(), param::<ProjectId>("project"));
    load(
        move || Ok(LoadDoomedProject { account: account()?, project: project()? }),
        |data: DoomedProject| {
            let fields = vec![("account", data.account.to_string()), ("project", data.project.to_string())];
            let back = links::project(data.account, data.project);
            view! {
                <Danger
                    action=ProjectDelete::PATH
                    fields
                    what="project"
                    name=data.name
                    losses=data.losses
                    stays="Every other project with its environments and data, your teammates, the excluded IPs and the audit log."
                    back
                />
            }
        },
    )
}
