//! The two lists: what is looked at, and what was put away.

use domain::id::ReportKey;

use super::{ReportArchive, ReportRestore, ReportRow, said, span};
use crate::{
    components::{action_cell, archive_table, archive_table_under},
    prelude::*,
};

pub(super) fn active(
    account: AccountId,
    environment: EnvironmentId,
    may_edit: bool,
    definitions: bool,
    list: &ListState,
    rows: Vec<ReportRow>,
) -> AnyView {
    if rows.is_empty() && !list.is_searched() {
        return empty(account, environment, may_edit, definitions);
    }
    let table = if rows.is_empty() {
        list.no_match("No report has this in its name or in the name of its definition.")
    } else {
        let heads = view! {
            {list.head("name", "Name", "")}
            <th scope="col">"Shows"</th>
            {list.head("changed", "Changed", "")}
        };
        let rows = rows.into_iter().map(|row| active_row(account, environment, may_edit, row)).collect();
        archive_table_under("Reports", heads.into_any(), may_edit, rows)
    };
    view! {
        {list.search("Search reports")}
        {table}
        {list.pages("Pages of reports")}
    }
    .into_any()
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

pub(super) fn archived(account: AccountId, environment: EnvironmentId, may_edit: bool, list: &ListState, rows: Vec<ReportRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.into_iter().map(|row| archived_row(account, environment, may_edit, row)).collect();
    let pages = list.pages("Pages of archived reports");
    view! {
        <Section id="archived" title="Archived" text="Put away, and kept as they were.">
            {archive_table("Archived reports", "Shows", "Archived", may_edit, rows)}
            {pages}
        </Section>
    }
    .into_any()
}

fn active_row(account: AccountId, environment: EnvironmentId, may_edit: bool, row: ReportRow) -> AnyView {
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

fn archived_row(account: AccountId, environment: EnvironmentId, may_edit: bool, row: ReportRow) -> AnyView {
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
