//! One project: its name, and its end.

use domain::id::ProjectId;

use super::ProjectRename;
use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProjectView {
    pub account: AccountId,
    pub may_manage: bool,
    pub project: ProjectId,
    pub name: String,
    pub is_main: bool,
    pub environments: u64,
}

#[server(prefix = "/api/console", endpoint = "load_project", input = Json)]
pub async fn load_project(account: AccountId, project: ProjectId) -> Result<ProjectView, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let row = ssr::state()?.console.project(&granted, project).await?;
    let environments = u64::try_from(row.environments.len()).unwrap_or(u64::MAX);
    let may_manage = ssr::may::<ssr::ManageProjects>(&granted);
    Ok(ProjectView { account, may_manage, project, name: row.name, is_main: row.is_main, environments })
}

#[component]
pub fn ProjectPage() -> AnyView {
    let (account, project) = (account(), param::<ProjectId>("project"));
    load(
        move || Ok(LoadProject { account: account()?, project: project()? }),
        |row: ProjectView| {
            let (account, may_manage) = (row.account, row.may_manage);
            let text = ["A project with ", &crate::words::count(row.environments, "environment", "environments"), "."].concat();
            view! {
                <PageHead title=row.name.clone() text>
                    <a class="button quiet" href=links::projects(account)>"All projects"</a>
                </PageHead>
                {if may_manage {
                    settings(row)
                } else {
                    view! { <ReadOnlyNote what="rename and delete projects" /> }.into_any()
                }}
            }
        },
    )
}

fn settings(row: ProjectView) -> AnyView {
    if row.is_main {
        return view! {
            <p class="note">"This is the account's main project. It belongs to the account for good, so it can be neither renamed nor deleted."</p>
        }
        .into_any();
    }
    let ProjectView { account, project, name, .. } = row;
    let delete = ["Delete project ", &name].concat();
    view! {
        <Section id="rename" title="Name">
            <Form action=ProjectRename::PATH>
                <HiddenField name="account" value=account.to_string() />
                <HiddenField name="project" value=project.to_string() />
                <TextField field=Field::Name label="Project name" value=name />
                <Submit label="Rename project" />
            </Form>
        </Section>
        <Section id="delete" title="Delete this project" text="All of its environments go with everything in them. You see what goes before you confirm." danger=true>
            <div class="row"><a class="button danger" href=links::delete_project(account, project)>{delete}</a></div>
        </Section>
    }
    .into_any()
}
