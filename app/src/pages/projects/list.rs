//! The projects, each with its environments.

use super::{EnvironmentRow, ProjectRow};
use crate::prelude::*;

pub(super) fn projects(account: AccountId, may_manage: bool, list: &ListState, rows: Vec<ProjectRow>) -> AnyView {
    let nothing =
        rows.is_empty().then(|| list.no_match("No environment has this in its name, its id, its time zone or its project's name."));
    view! {
        {list.search("Search projects and environments")}
        {nothing}
        {rows.into_iter().map(|row| project(account, may_manage, list, row)).collect_view()}
        {list.pages("Pages of environments")}
    }
    .into_any()
}

fn project(account: AccountId, may_manage: bool, list: &ListState, row: ProjectRow) -> AnyView {
    let heading = ["project-", &row.project.to_string()].concat();
    let labelled = heading.clone();
    let actions = may_manage.then(|| {
        view! {
            <div class="row">
                <a class="button quiet" href=links::new_environment(account, row.project)>
                    "Add environment"<span class="unseen">" to " {row.name.clone()}</span>
                </a>
                <a class="button quiet" href=links::project(account, row.project)>
                    <span class="unseen">{row.name.clone()} " "</span>"Settings"
                </a>
            </div>
        }
    });
    view! {
        <section class="section project" aria-labelledby=labelled>
            <header class="project-head">
                <h2 id=heading>{row.name.clone()}</h2>
                {actions}
            </header>
            {environments(account, list, &row.name, row.environments)}
        </section>
    }
    .into_any()
}

fn environments(account: AccountId, list: &ListState, project: &str, rows: Vec<EnvironmentRow>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">"Environments of " {project.to_owned()}</caption>
            <thead>
                <tr>
                    {list.head("name", "Environment", "")}
                    {list.head("id", "Environment id", "")}
                    {list.head("time_zone", "Time zone", "")}
                    {list.head("created", "Created", "")}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| environment(account, row)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn environment(account: AccountId, row: EnvironmentRow) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=links::environment(account, row.environment)>{row.name}</a></th>
            <td data-label="Environment id"><code>{row.environment.to_string()}</code></td>
            <td data-label="Time zone">{row.time_zone}</td>
            <td data-label="Created"><When at=row.created /></td>
        </tr>
    }
    .into_any()
}
