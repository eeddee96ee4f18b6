//! Renaming is a page of its own, because the environment's page may load itself again while somebody types.

#[cfg(feature = "ssr")]
use domain::name::EnvironmentName;

use super::{EnvironmentView, LoadEnvironment};
use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "environment_rename")]
pub async fn environment_rename(account: AccountId, environment: EnvironmentId, name: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    let name = EnvironmentName::parse(&name).map_err(|problem| Error::mistake(Field::Name, problem))?;
    ssr::state()?.console.manage_projects(&granted).rename_environment(environment, &name).await?;
    ssr::done(&links::environment(account, environment), Notice::EnvironmentRenamed);
    Ok(())
}

#[component]
pub fn RenameEnvironmentPage() -> AnyView {
    let place = environment();
    load_part(
        move || place().map(|(account, environment)| LoadEnvironment { account, environment }),
        || Ok(()),
        |data: EnvironmentView, ()| {
            if !data.may_manage {
                return Err(Error::Forbidden);
            }
            let back = links::environment(data.account, data.environment);
            let page = view! {
                <PageHead title=["Rename ", &data.name].concat() text="Its id stays the same, so clients go on as before." />
                <Form action=EnvironmentRename::PATH>
                    <HiddenField name="account" value=data.account.to_string() />
                    <HiddenField name="environment" value=data.environment.to_string() />
                    <TextField field=Field::Name label="Environment name" value=data.name />
                    <div class="row">
                        <Submit label="Rename environment" />
                        <a class="button quiet" href=back>"Cancel"</a>
                    </div>
                </Form>
            };
            Ok(page.into_any())
        },
    )
}
