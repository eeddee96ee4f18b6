//! What is shown in the place of a page that cannot be.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_location};

use crate::{Error, links, words};

/// The page for an error. The answer carries the error's status.
pub fn failure(error: &Error) -> AnyView {
    answer_with(error.status());
    let (title, text) = match error {
        Error::SignInRequired => return view! { <SignInFirst /> }.into_any(),
        Error::NotFound => ("Not found", "This page does not exist, or it belongs to an account that you are not a teammate of.".to_owned()),
        Error::Forbidden => ("Not for read-only access", "Your access is read-only. A teammate with full access can do this, or change your access under Teammates.".to_owned()),
        Error::Unavailable { reference: Some(reference) } => (
            "Something failed",
            ["The server could not make this page. Nothing was changed. Try again in a moment; if it keeps failing, tell the operator this reference: ", &reference.to_string(), "."].concat(),
        ),
        Error::Unavailable { reference: None } => ("No connection", "Cairn could not be reached. Check your connection and load the page again.".to_owned()),
        other => ("This did not work", words::error(other)),
    };
    sorry(title, text)
}

/// For addresses that no page has.
#[component]
pub fn NotFound() -> AnyView {
    view! { <main id="main" class="gate"><div class="card">{failure(&Error::NotFound)}</div></main> }.into_any()
}

fn sorry(title: &'static str, text: String) -> AnyView {
    view! {
        <Title text=title />
        <div class="sorry">
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a class="button quiet" href=links::HOME>"Go to the start page"</a></p>
        </div>
    }
    .into_any()
}

#[component]
fn SignInFirst() -> impl IntoView {
    let location = use_location();
    let path = location.pathname.get_untracked();
    let search = location.search.get_untracked();
    let next = if search.is_empty() { path } else { [&path, "?", &search].concat() };
    view! { <Redirect path=links::sign_in(&next) /> }
}

#[cfg(feature = "ssr")]
fn answer_with(status: u16) {
    if let (Some(response), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}

#[cfg(not(feature = "ssr"))]
fn answer_with(_: u16) {}
