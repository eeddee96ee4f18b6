//! The two lists: what can be chosen, and what was put away.

use domain::id::DefinitionKey;

use super::{DefinitionArchive, DefinitionRestore, DefinitionRow};
use crate::{
    components::{action_cell, archive_table},
    prelude::*,
};

#[component]
pub(super) fn Active(account: AccountId, environment: EnvironmentId, may_edit: bool, rows: Vec<DefinitionRow>) -> AnyView {
    if rows.is_empty() {
        let create = may_edit
            .then(|| view! { <a class="button primary" href=links::new_definition(account, environment)>"Create a definition"</a> });
        return view! {
            <EmptyState title="No definitions yet" text="A definition gives the events of one name a name of your own, and reports count what it names.">{create}</EmptyState>
        }
        .into_any();
    }
    archive_table(
        "Event definitions",
        "Event name",
        "Changed",
        may_edit,
        rows.into_iter().map(|row| active(account, environment, may_edit, row)).collect(),
    )
}

#[component]
pub(super) fn Archived(account: AccountId, environment: EnvironmentId, may_edit: bool, rows: Vec<DefinitionRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.into_iter().map(|row| archived(account, environment, may_edit, row)).collect();
    view! {
        <Section id="archived" title="Archived" text="New reports cannot choose these. Reports that use them go on.">
            {archive_table("Archived event definitions", "Event name", "Archived", may_edit, rows)}
        </Section>
    }
    .into_any()
}

fn active(account: AccountId, environment: EnvironmentId, may_edit: bool, row: DefinitionRow) -> AnyView {
    let actions = may_edit.then(|| action_cell(DefinitionArchive::PATH, "Archive", named(account, environment, row.key), &row.name));
    let DefinitionRow { key, name, event_name, changed, .. } = row;
    let title =
        if may_edit { view! { <a href=links::edit_definition(account, environment, key)>{name}</a> }.into_any() } else { name.into_any() };
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td data-label="Event name"><code>{event_name}</code></td>
            <td data-label="Changed"><When at=changed /></td>
            {actions}
        </tr>
    }
    .into_any()
}

fn archived(account: AccountId, environment: EnvironmentId, may_edit: bool, row: DefinitionRow) -> AnyView {
    let actions = may_edit.then(|| action_cell(DefinitionRestore::PATH, "Restore", named(account, environment, row.key), &row.name));
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            <td data-label="Event name"><code>{row.event_name}</code></td>
            <td data-label="Archived">{row.archived.map(|at| view! { <When at /> })}</td>
            {actions}
        </tr>
    }
    .into_any()
}

fn named(account: AccountId, environment: EnvironmentId, key: DefinitionKey) -> Vec<(&'static str, String)> {
    vec![("account", account.to_string()), ("environment", environment.to_string()), ("definition", key.to_string())]
}
