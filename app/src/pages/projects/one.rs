//! One project: its name, and its end.

use domain::id::ProjectId;

use super::{LoadProjects, ProjectRename, ProjectRow, Projects};
use crate::prelude::*;

#[component]
pub fn ProjectPage() -> AnyView {
    let (account, project) = (account(), param::<ProjectId>("project"));
    load_part(
        move || Ok(LoadProjects::only(account()?, project()?)),
        || Ok(()),
        |data: Projects, ()| {
            let (account, may_manage) = (data.account, data.may_manage);
            let row = data.projects.into_iter().next().ok_or(Error::NotFound)?;
            let page = view! {
                <PageHead title=row.name.clone() text=said(&row)>
                    <a class="button quiet" href=links::projects(account)>"All projects"</a>
                </PageHead>
                {if may_manage {
                    settings(account, row)
                } else {
                    view! { <ReadOnlyNote what="rename and delete projects" /> }.into_any()
                }}
            };
            Ok(page.into_any())
        },
    )
}

impl LoadProjects {
    fn only(account: AccountId, project: ProjectId) -> Self {
        Self { account, project: Some(project), q: String::new(), sort: String::new(), page: String::new() }
    }
}

fn said(row: &ProjectRow) -> String {
    let count = u64::try_from(row.environments.len()).unwrap_or(u64::MAX);
    ["A project with ", &crate::words::count(count, "environment", "environments"), "."].concat()
}

fn settings(account: AccountId, row: ProjectRow) -> AnyView {
    if row.is_main {
        return view! {
            <p class="note">"This is the account's main project. It belongs to the account for good, so it can be neither renamed nor deleted."</p>
        }
        .into_any();
    }
    let ProjectRow { project, name, .. } = row;
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
