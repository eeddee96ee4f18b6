//! The navigation.

use domain::id::EnvironmentId;
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
                <li><A href=links::teammates(account) attr:data-icon="teammates">"Teammates"</A></li>
                <li><A href=links::projects(account) attr:data-icon="projects">"Projects & environments"</A></li>
                <li><A href=links::excluded_ips(account) attr:data-icon="excluded">"Excluded IPs"</A></li>
                <li><A href=links::privacy(account) attr:data-icon="privacy">"Privacy & security"</A></li>
                <li><A href=links::deletion_requests(account) attr:data-icon="deletion">"Deletion requests"</A></li>
                <li><A href=links::audit_log(account) attr:data-icon="audit">"Audit log"</A></li>
            </ul>
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
