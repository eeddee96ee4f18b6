//! Account > Settings > Excluded IPs.

mod changes;
mod data;
mod diagnosis;
mod editor;
mod file;
mod lines;
mod tester;

pub use changes::{ExcludedIpsAdd, ExcludedIpsRemove, ExcludedIpsSave, ExcludedIpsUpload};
pub use data::{AddressTest, Diagnosis, ExcludedIpList, ExcludedIpRow, LinesPage, LoadExcludedIps, Visitor};

use leptos_router::hooks::use_query_map;

use crate::{prelude::*, words};

/// The list that counts for all environments.
#[component]
pub fn ExcludedIpsPage() -> AnyView {
    let account = account();
    page(move || account().map(|account| (account, None)))
}

/// The list of one environment.
#[component]
pub fn EnvironmentExcludedIpsPage() -> AnyView {
    let key = environment();
    page(move || key().map(|(account, environment)| (account, Some(environment))))
}

fn page(list: impl Fn() -> Result<(AccountId, Option<EnvironmentId>), Error> + Send + Sync + 'static) -> AnyView {
    let query = use_query_map();
    load(
        move || {
            let (account, environment) = list()?;
            let asked = |name| query.with(|query| query.get(name)).unwrap_or_default();
            let page = asked("page").parse().unwrap_or(1);
            Ok(LoadExcludedIps { account, environment, search: asked("q"), page, address: asked(Field::Address.as_str()) })
        },
        view,
    )
}

fn view(data: ExcludedIpList) -> AnyView {
    let ExcludedIpList { account, may_edit, environment, scopes, more, version, text, visitor, lines, test, diagnosis } = data;
    let removable = may_edit && text.is_none();
    view! {
        <PageHead title="Excluded IPs" text="Data from these addresses is refused from the moment you save. Nothing collected before changes, and removing a line lets its data in again." />
        {(!may_edit).then(|| view! { <ReadOnlyNote what="change these lists" /> })}
        <nav class="tabs" aria-label="Lists">
            <ul>{scopes.into_iter().map(|(scope, label)| tab(account, scope, label, scope == environment)).collect_view()}</ul>
        </nav>
        {(more > 0).then(|| view! {
            <p class="aside">
                {words::count(more, "environment more has its list", "environments more have their lists")} " on " <a href=links::projects(account)>"their pages"</a> "."
            </p>
        })}
        {may_edit.then(|| editor::editor(account, environment, version, text, visitor))}
        {lines::lines(account, environment, removable, lines)}
        {tester::tester(account, environment, test)}
        {diagnosis::diagnosis(diagnosis)}
        {file::file(account, environment, version, may_edit)}
    }
    .into_any()
}

fn tab(account: AccountId, scope: Option<EnvironmentId>, label: String, here: bool) -> AnyView {
    view! { <li><a href=links::excluded_ips_of(account, scope) aria-current=here.then_some("page")>{label}</a></li> }.into_any()
}

/// Which list a form is about.
fn named(account: AccountId, environment: Option<EnvironmentId>) -> AnyView {
    view! {
        <HiddenField name="account" value=account.to_string() />
        {environment.map(|environment| view! { <HiddenField name="environment" value=environment.to_string() /> })}
    }
    .into_any()
}

/// What there is to say, as names and values.
fn facts(facts: Vec<(String, String)>) -> AnyView {
    let fact = |(name, value): (String, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    view! { <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
}
