//! The projects, each with its environments.

use super::{EnvironmentRow, ProjectRow};
use crate::prelude::*;

#[component]
pub(super) fn ProjectList(account: AccountId, may_manage: bool, rows: Vec<ProjectRow>) -> AnyView {
    rows.into_iter().map(|row| project(account, may_manage, row)).collect_view().into_any()
}

fn project(account: AccountId, may_manage: bool, row: ProjectRow) -> AnyView {
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
            {environments(account, &row.name, row.environments)}
        </section>
    }
    .into_any()
}

pub(super) fn environments(account: AccountId, project: &str, rows: Vec<EnvironmentRow>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">"Environments of " {project.to_owned()}</caption>
            <thead>
                <tr>
                    <th scope="col">"Environment"</th>
                    <th scope="col">"Environment id"</th>
                    <th scope="col">"Time zone"</th>
                    <th scope="col">"Created"</th>
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
