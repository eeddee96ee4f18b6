//! The two lists: what can be chosen, and what was put away.

use super::{DefinitionArchive, DefinitionRestore, DefinitionRow};
use crate::prelude::*;

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
    table("Event definitions", "Changed", may_edit, rows.into_iter().map(|row| active(account, environment, may_edit, row)).collect())
}

#[component]
pub(super) fn Archived(account: AccountId, environment: EnvironmentId, may_edit: bool, rows: Vec<DefinitionRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.into_iter().map(|row| archived(account, environment, may_edit, row)).collect();
    view! {
        <Section id="archived" title="Archived" text="New reports cannot choose these. Reports that use them go on.">
            {table("Archived event definitions", "Archived", may_edit, rows)}
        </Section>
    }
    .into_any()
}

fn table(caption: &'static str, time: &'static str, may_edit: bool, rows: Vec<AnyView>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Event name"</th>
                    <th scope="col">{time}</th>
                    {may_edit.then(|| view! { <th scope="col"><span class="unseen">"Actions"</span></th> })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn active(account: AccountId, environment: EnvironmentId, may_edit: bool, row: DefinitionRow) -> AnyView {
    let DefinitionRow { key, name, event_name, changed, .. } = row;
    let edit = links::edit_definition(account, environment, key);
    let title = if may_edit { view! { <a href=edit>{name.clone()}</a> }.into_any() } else { name.clone().into_any() };
    let actions = may_edit.then(|| {
        view! {
            <td class="actions">
                <ButtonForm action=DefinitionArchive::PATH key=key.to_string() fields=named(account, environment, &row.key.to_string()) label="Archive" about=name />
            </td>
        }
    });
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
    let key = row.key.to_string();
    let about = row.name.clone();
    let actions = may_edit.then(|| {
        let fields = named(account, environment, &key);
        view! { <td class="actions"><ButtonForm action=DefinitionRestore::PATH key fields label="Restore" about /></td> }
    });
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

fn named(account: AccountId, environment: EnvironmentId, key: &str) -> Vec<(&'static str, String)> {
    vec![("account", account.to_string()), ("environment", environment.to_string()), ("definition", key.to_owned())]
}
