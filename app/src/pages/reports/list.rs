//! The two lists: what is looked at, and what was put away.

use domain::id::ReportKey;

use super::{ReportArchive, ReportRestore, ReportRow, said, span};
use crate::{
    components::{action_cell, archive_table},
    prelude::*,
};

#[component]
pub(super) fn Active(account: AccountId, environment: EnvironmentId, may_edit: bool, definitions: bool, rows: Vec<ReportRow>) -> AnyView {
    if rows.is_empty() {
        return empty(account, environment, may_edit, definitions);
    }
    archive_table(
        "Reports",
        "Shows",
        "Changed",
        may_edit,
        rows.into_iter().map(|row| active(account, environment, may_edit, row)).collect(),
    )
}

/// The next thing to do, which may be two steps away.
fn empty(account: AccountId, environment: EnvironmentId, may_edit: bool, definitions: bool) -> AnyView {
    let (text, to, label) = if definitions {
        ("A report counts the events or users of a definition, day by day.", links::new_report(account, environment), "Create a report")
    } else {
        (
            "A report counts what a definition names, and there is no definition yet. Start with one.",
            links::new_definition(account, environment),
            "Create a definition",
        )
    };
    let events = links::environment(account, environment);
    view! {
        <EmptyState title="No reports yet" text>
            {may_edit.then(|| view! { <a class="button primary" href=to>{label}</a> })}
            <p><a href=events>"See whether events arrive"</a></p>
        </EmptyState>
    }
    .into_any()
}

#[component]
pub(super) fn Archived(account: AccountId, environment: EnvironmentId, may_edit: bool, rows: Vec<ReportRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.into_iter().map(|row| archived(account, environment, may_edit, row)).collect();
    view! { <Section id="archived" title="Archived" text="Put away, and kept as they were.">{archive_table("Archived reports", "Shows", "Archived", may_edit, rows)}</Section> }.into_any()
}

fn active(account: AccountId, environment: EnvironmentId, may_edit: bool, row: ReportRow) -> AnyView {
    let actions = may_edit.then(|| action_cell(ReportArchive::PATH, "Archive", named(account, environment, row.key), &row.name));
    view! {
        <tr>
            {name(account, environment, &row)}
            <td data-label="Changed"><When at=row.changed /></td>
            {actions}
        </tr>
    }
    .into_any()
}

fn archived(account: AccountId, environment: EnvironmentId, may_edit: bool, row: ReportRow) -> AnyView {
    let actions = may_edit.then(|| action_cell(ReportRestore::PATH, "Restore", named(account, environment, row.key), &row.name));
    view! {
        <tr>
            {name(account, environment, &row)}
            <td data-label="Archived">{row.archived.map(|at| view! { <When at /> })}</td>
            {actions}
        </tr>
    }
    .into_any()
}

fn name(account: AccountId, environment: EnvironmentId, row: &ReportRow) -> AnyView {
    let shows = [said(row.measure), " of ", &row.definition_name, ", ", &span(row.days).to_ascii_lowercase(), &row.limits].concat();
    view! {
        <th scope="row"><a href=links::report(account, environment, row.key)>{row.name.clone()}</a></th>
        <td data-label="Shows">{shows}</td>
    }
    .into_any()
}

fn named(account: AccountId, environment: EnvironmentId, key: ReportKey) -> Vec<(&'static str, String)> {
    vec![("account", account.to_string()), ("environment", environment.to_string()), ("report", key.to_string())]
}
