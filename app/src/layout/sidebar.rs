//! The navigation.

use domain::id::{AccountId, EnvironmentId};
use leptos::prelude::*;
use leptos_router::components::A;
use server_fn::ServerFn;

use super::{account::Place, switcher::Switcher};
use crate::{
    forms::{Form, Submit},
    links,
    pages::sign_out::SignOut,
};

/// Beside the page where there is room; a popover, which works without script, where there is none.
#[component]
pub(super) fn Sidebar(place: Place, environment: Memo<Option<EnvironmentId>>) -> AnyView {
    let account = place.account;
    let here = StoredValue::new(place.clone());
    let to = move |link: fn(_, _) -> String| {
        move || {
            here.with_value(|place| place.environment(environment.get()).map(|(_, environment, _)| link(account, environment)))
                .unwrap_or_default()
        }
    };
    // The environment that is oldest needs no mention.
    let from_here = move |link: fn(AccountId) -> String| {
        move || {
            let page = link(account);
            let chosen = here.with_value(|place| {
                let (chosen, first) = (place.environment(environment.get())?.1, place.environment(None)?.1);
                (chosen != first).then_some(chosen)
            });
            chosen.map_or(page.clone(), |chosen| links::with_environment(&page, chosen))
        }
    };
    view! {
        <nav id="sidebar" class="sidebar" popover aria-label="Main">
            <Switcher place=here environment />
            <ul>
                <li><A href=to(links::reports) attr:data-icon="reports">"Reports"</A></li>
                <li><A href=to(links::definitions) attr:data-icon="definitions">"Definitions"</A></li>
                <li><A href=to(links::environment) attr:data-icon="environment">"Environment"</A></li>
            </ul>
            <p class="nav-heading" id="account-settings">"Account settings"</p>
            <ul aria-labelledby="account-settings">
                <li><A href=from_here(links::teammates) attr:data-icon="teammates">"Teammates"</A></li>
                <li><A href=from_here(links::projects) attr:data-icon="projects">"Projects & environments"</A></li>
                <li><A href=from_here(links::excluded_ips) attr:data-icon="excluded">"Excluded IPs"</A></li>
                <li><A href=from_here(links::privacy) attr:data-icon="privacy">"Privacy & security"</A></li>
                <li><A href=from_here(links::deletion_requests) attr:data-icon="deletion">"Deletion requests"</A></li>
                <li><A href=from_here(links::mail) attr:data-icon="mail">"Mail"</A></li>
                <li><A href=from_here(links::audit_log) attr:data-icon="audit">"Audit log"</A></li>
            </ul>
            {place.inbox.map(|label| view! { <ul class="nav-operator"><li><a href=links::INBOX data-icon="inbox">{label}</a></li></ul> })}
            <p class="nav-help">
                <a href=links::DELETE_DATA>"Help"</a>
                <a href=links::CHANGELOG>"What is new"</a>
            </p>
            <div class="nav-foot">
                <A href=links::ME>{place.person}</A>
                <Form action=SignOut::PATH class="inline">
                    <Submit label="Sign out" kind="quiet" />
                </Form>
            </div>
        </nav>
    }
    .into_any()
}
