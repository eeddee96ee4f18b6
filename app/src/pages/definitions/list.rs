//! The two lists: what can be chosen, and what was put away.

use domain::{definition::DefinitionKind, id::DefinitionKey};

use super::{DefinitionArchive, DefinitionRestore, DefinitionRow, words};
use crate::{
    components::{action_cell, archive_table, archive_table_under},
    prelude::*,
};

pub(super) fn active(
    account: AccountId,
    environment: EnvironmentId,
    kind: DefinitionKind,
    may_edit: bool,
    list: &ListState,
    rows: Vec<DefinitionRow>,
) -> AnyView {
    let words = words(kind);
    if rows.is_empty() && !list.is_searched() {
        let to = links::new_definition_of(account, environment, kind);
        let create = may_edit.then(|| view! { <a class="button primary" href=to>"Create a " {words.noun}</a> });
        return view! { <EmptyState title=words.empty text=words.purpose>{create}</EmptyState> }.into_any();
    }
    let table = if rows.is_empty() {
        list.no_match(words.no_match)
    } else {
        let heads = view! {
            {list.head("name", "Name", "")}
            <th scope="col">{words.rule}</th>
            {list.head("changed", "Changed", "")}
        };
        let rows = rows.into_iter().map(|row| active_row(account, environment, kind, may_edit, row)).collect();
        archive_table_under(words.title, heads.into_any(), may_edit, rows)
    };
    view! {
        {list.search(words.search)}
        {table}
        {list.pages("Pages of definitions")}
    }
    .into_any()
}

pub(super) fn archived(
    account: AccountId,
    environment: EnvironmentId,
    kind: DefinitionKind,
    may_edit: bool,
    list: &ListState,
    rows: Vec<DefinitionRow>,
) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.into_iter().map(|row| archived_row(account, environment, kind, may_edit, row)).collect();
    let pages = list.pages("Pages of archived definitions");
    view! {
        <Section id="archived" title="Archived" text="Nothing new can choose these. Reports that use them go on.">
            {archive_table("Archived", words(kind).rule, "Archived", may_edit, rows)}
            {pages}
        </Section>
    }
    .into_any()
}

fn active_row(account: AccountId, environment: EnvironmentId, kind: DefinitionKind, may_edit: bool, row: DefinitionRow) -> AnyView {
    let actions = may_edit.then(|| action_cell(DefinitionArchive::PATH, "Archive", named(account, environment, row.key), &row.name));
    let DefinitionRow { key, name, rule, changed, .. } = row;
    let title = if may_edit {
        view! { <a href=links::edit_definition(account, environment, kind, key)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td data-label=words(kind).rule><code>{rule}</code></td>
            <td data-label="Changed"><When at=changed /></td>
            {actions}
        </tr>
    }
    .into_any()
}

fn archived_row(account: AccountId, environment: EnvironmentId, kind: DefinitionKind, may_edit: bool, row: DefinitionRow) -> AnyView {
    let actions = may_edit.then(|| action_cell(DefinitionRestore::PATH, "Restore", named(account, environment, row.key), &row.name));
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            <td data-label=words(kind).rule><code>{row.rule}</code></td>
            <td data-label="Archived">{row.archived.map(|at| view! { <When at /> })}</td>
            {actions}
        </tr>
    }
    .into_any()
}

fn named(account: AccountId, environment: EnvironmentId, key: DefinitionKey) -> Vec<(&'static str, String)> {
    vec![("account", account.to_string()), ("environment", environment.to_string()), ("definition", key.to_string())]
}
