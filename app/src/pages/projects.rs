//! Account > Settings > Projects & environments.

mod changes;
mod data;
mod list;
mod new_environment;
mod one;
mod remove;

pub use changes::{ProjectCreate, ProjectDelete, ProjectRename};
pub use data::{EnvironmentRow, LoadProjects, ProjectRow, Projects};
pub use new_environment::{EnvironmentCreate, NewEnvironmentPage};
pub use one::ProjectPage;
pub use remove::DeleteProjectPage;

use list::projects;

use crate::prelude::*;

#[component]
pub fn ProjectsPage() -> AnyView {
    let account = account();
    let (q, sort, page) = (query("q"), query("sort"), query("page"));
    load(
        move || Ok(LoadProjects { account: account()?, project: None, q: q(), sort: sort(), page: page() }),
        |data: Projects| {
            let account = data.account;
            let may_manage = data.may_manage;
            view! {
                <PageHead
                    title="Projects & environments"
                    text="Projects share nothing with each other. The environments of a project start with the same definitions and reports, and never share data."
                />
                {(!may_manage).then(|| view! { <ReadOnlyNote what="create, rename and delete projects and environments" /> })}
                {may_manage.then(|| view! { <CreateForm account /> })}
                {projects(account, may_manage, &data.list, data.projects)}
            }
        },
    )
}

#[component]
fn CreateForm(account: AccountId) -> AnyView {
    view! {
        <Section id="create" title="Create a project" text="A clean slate with one environment, Production.">
            <Form action=ProjectCreate::PATH clears=true>
                <HiddenField name="account" value=account.to_string() />
                <TextField field=Field::Name label="Project name" />
                <Submit label="Create project" />
            </Form>
        </Section>
    }
    .into_any()
}
