//! Which project and environment the pages are about.

use domain::id::{AccountId, EnvironmentId};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::account::{Place, PlaceProject};
use crate::links;

#[component]
pub(super) fn Switcher(place: StoredValue<Place>, environment: Memo<Option<EnvironmentId>>) -> AnyView {
    let chosen = move |pick: fn((&str, EnvironmentId, &str)) -> String| {
        move || place.with_value(|place| place.environment(environment.get()).map(pick)).unwrap_or_default()
    };
    let current = Memo::new(move |_| place.with_value(|place| Some(place.environment(environment.get())?.1)));
    let lists = place.with_value(|place| {
        let projects = place.projects.iter().map(|project| list(place.account, project, current)).collect_view();
        let others = (!place.others.is_empty()).then(|| other_accounts(&place.others));
        (projects, others)
    });
    // Who is in one account alone knows which it is.
    let account = place
        .with_value(|place| (!place.others.is_empty()).then(|| view! { <span class="switch-account">{place.account_name.clone()}</span> }));
    view! {
        <button type="button" class="switch" popovertarget="switcher">
            <span class="unseen">"Project and environment: "</span>
            {account}
            <span class="switch-project">{chosen(|(project, _, _)| project.to_owned())}</span>
            <span class="switch-environment">{chosen(|(_, _, name)| name.to_owned())}</span>
        </button>
        <div id="switcher" class="switcher" popover>
            <p class="switcher-account">{place.with_value(|place| place.account_name.clone())}</p>
            {lists}
            {place.with_value(|place| (place.more > 0).then(|| view! { <p class="switcher-project">"and " {crate::words::number(place.more)} " more"</p> }))}
            <a class="switcher-more" href=place.with_value(|place| links::projects(place.account))>"Manage projects & environments"</a>
        </div>
    }
    .into_any()
}

fn list(account: AccountId, project: &PlaceProject, current: Memo<Option<EnvironmentId>>) -> AnyView {
    let entry = |(id, name): &(EnvironmentId, String)| {
        let id = *id;
        let mark = move || (current.get() == Some(id)).then_some("true");
        view! { <li><a href=same_page_of(account, id) aria-current=mark>{name.clone()}</a></li> }
    };
    view! {
        <p class="switcher-project">{project.name.clone()}</p>
        <ul>{project.environments.iter().map(entry).collect_view()}</ul>
    }
    .into_any()
}

/// Definitions stay definitions and settings stay settings; what belongs to one environment alone leads to its reports.
fn same_page_of(account: AccountId, environment: EnvironmentId) -> impl Fn() -> String {
    let path = use_location().pathname;
    move || {
        let section = path.with(|path| path.split("/e/").nth(1).and_then(|rest| rest.split('/').nth(1)).map(ToOwned::to_owned));
        match section.as_deref() {
            Some("definitions") => links::definitions(account, environment),
            Some("settings") => links::environment(account, environment),
            _ => links::reports(account, environment),
        }
    }
}

fn other_accounts(others: &[(AccountId, String)]) -> AnyView {
    let entry = |(id, name): &(AccountId, String)| view! { <li><a href=links::account(*id)>{name.clone()}</a></li> };
    view! {
        <p class="switcher-project">"Other accounts"</p>
        <ul>{others.iter().map(entry).collect_view()}</ul>
    }
    .into_any()
}
