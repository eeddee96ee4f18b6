//! Deleting an environment.

#[cfg(feature = "ssr")]
use super::data::keep;
#[cfg(feature = "ssr")]
use crate::pages::danger::losses;
use crate::{
    pages::danger::{Danger, Losses},
    prelude::*,
};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DoomedEnvironment {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub name: String,
    pub losses: Losses,
}

/// What must stay has no such page.
#[server(prefix = "/api/console", endpoint = "load_doomed_environment", input = Json, output = Postcard)]
pub async fn load_doomed_environment(account: AccountId, environment: EnvironmentId) -> Result<DoomedEnvironment, Error> {
    let view = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::ManageProjects>(account).await?;
    let console = &ssr::state()?.console;
    let row = console.environment(&view, environment).await?;
    let project = console.projects(&view).await?.into_iter().find(|project| project.id == row.project).ok_or(Error::NotFound)?;
    if keep(&row, &project).is_some() {
        return Err(Error::NotFound);
    }
    Ok(DoomedEnvironment { account, environment, name: row.name, losses: losses(&view, &[environment]).await? })
}

#[server(prefix = "/api/console", endpoint = "environment_delete")]
pub async fn environment_delete(account: AccountId, environment: EnvironmentId, #[server(default)] confirm: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    ssr::state()?.console.manage_projects(&granted).delete_environment(environment, &confirm).await?;
    ssr::done(&links::projects(account), Notice::EnvironmentDeleted);
    Ok(())
}

#[component]
pub fn DeleteEnvironmentPage() -> AnyView {
    let place = environment();
    load(
        move || place().map(|(account, environment)| LoadDoomedEnvironment { account, environment }),
        |data: DoomedEnvironment| {
            let fields = vec![("account", data.account.to_string()), ("environment", data.environment.to_string())];
            let back = links::environment(data.account, data.environment);
            view! {
                <Danger
                    action=EnvironmentDelete::PATH
                    fields
                    what="environment"
                    name=data.name
                    losses=data.losses
                    stays="The project's other environments with their definitions, reports and data, your teammates, the excluded IPs of the account and the audit log."
                    back
                />
            }
        },
    )
}
