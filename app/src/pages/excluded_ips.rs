//! Account > Settings > Excluded IPs.

mod changes;
mod data;
mod editor;
mod lines;

pub use changes::ExcludedIpsSave;
pub use data::{ExcludedIpList, ExcludedIpRow, LoadExcludedIps, Visitor};

use editor::Editor;
use lines::Lines;

use crate::prelude::*;

/// The list that counts for all environments.
#[component]
pub fn ExcludedIpsPage() -> AnyView {
    let account = account();
    load(move || Ok(LoadExcludedIps { account: account()?, environment: None }), page)
}

/// The list of one environment.
#[component]
pub fn EnvironmentExcludedIpsPage() -> AnyView {
    let key = environment();
    load(move || key().map(|(account, environment)| LoadExcludedIps { account, environment: Some(environment) }), page)
}

fn page(data: ExcludedIpList) -> AnyView {
    let (account, environment, may_edit) = (data.account, data.environment, data.may_edit);
    view! {
        <PageHead title="Excluded IPs" text="Data from these addresses is refused from the moment you save. Nothing collected before changes, and removing a line lets its data in again." />
        {(!may_edit).then(|| view! { <ReadOnlyNote what="change these lists" /> })}
        <nav class="tabs" aria-label="Lists">
            <ul>{data.scopes.into_iter().map(|(scope, label)| tab(account, scope, label, scope == environment)).collect_view()}</ul>
        </nav>
        {may_edit.then(|| view! { <Editor account environment version=data.version text=data.text visitor=data.visitor /> })}
        <Lines environment=environment.is_some() rows=data.lines />
    }
    .into_any()
}

fn tab(account: AccountId, scope: Option<EnvironmentId>, label: String, here: bool) -> AnyView {
    view! { <li><a href=links::excluded_ips_of(account, scope) aria-current=here.then_some("page")>{label}</a></li> }.into_any()
}
