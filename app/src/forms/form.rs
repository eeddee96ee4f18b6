//! The form itself and its button.

use leptos::{context::Provider, prelude::*};

use super::{KEY, PAGE, send::sender, state::FormState, summary::Summary};
use crate::{Error, load::here};

/// A form that posts to the server function at `action` (its `PATH`).
///
/// `key` tells forms of one action on one page apart. With `clears`, what was typed goes once it is saved.
#[component]
pub fn Form(
    action: &'static str,
    #[prop(optional, into)] key: String,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] clears: bool,
    /// What is wrong from the start, where the page and not a refusal brings it.
    #[prop(optional_no_strip)]
    refused: Option<Error>,
    children: Children,
) -> AnyView {
    let state = FormState::new(action, &key, refused);
    let send = sender(state, action, clears);
    let key = (!key.is_empty()).then(|| view! { <input type="hidden" name=KEY value=key /> });
    let class = if class.is_empty() { "form" } else { class };
    view! {
        <form id=state.id() class=class action=action method="post" novalidate on:submit=send>
            {key}
            <input type="hidden" name=PAGE value=page() />
            <Summary state bare={class == "inline"} />
            <Provider value=state>{children()}</Provider>
        </form>
    }
    .into_any()
}

/// A form with a file. The browser sends it as it is also once the WASM is there, and the server turns it into the form that the server function at `action` reads.
#[component]
pub fn FileForm(action: &'static str, children: Children) -> AnyView {
    let state = FormState::new(action, "", None);
    view! {
        <form id=state.id() class="form" action=action method="post" enctype="multipart/form-data">
            <input type="hidden" name=PAGE value=page() />
            <Summary state bare=false />
            <Provider value=state>{children()}</Provider>
        </form>
    }
    .into_any()
}

/// Path and query of this page, without a notice, which was about something else and stands at the end.
fn page() -> String {
    let (path, search) = here();
    let kept = search.split("notice=").next().unwrap_or_default().trim_matches(['?', '&']);
    if kept.is_empty() { path } else { [&path, "?", kept].concat() }
}

/// The button that sends a form. It says what it does, stays enabled, and shows that it is at work.
#[component]
pub fn Submit(
    #[prop(into)] label: String,
    /// `primary` by default; `quiet` beside other content, `danger` for what cannot be undone.
    #[prop(optional)]
    kind: &'static str,
    /// What a reader hears where the label alone names no object.
    #[prop(optional, into)]
    about: Option<String>,
    /// What the server function is told where a form has several buttons.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(optional)] value: Option<&'static str>,
) -> AnyView {
    let pending = expect_context::<FormState>().pending;
    let class = ["button ", if kind.is_empty() { "primary" } else { kind }].concat();
    view! {
        <button type="submit" class=class name=name value=value aria-busy=move || pending.get().then_some("true")>
            <span>{label}</span>
            {about.map(|about| view! { <span class="unseen">{about}</span> })}
        </button>
    }
    .into_any()
}

/// The button of a form that turns one thing on or off; it shows how things are.
#[component]
pub fn Toggle(
    #[prop(into)] label: String,
    /// What a reader hears after the label, such as the row's name.
    #[prop(into)]
    about: String,
    on: bool,
) -> AnyView {
    let pending = expect_context::<FormState>().pending;
    view! {
        <button
            type="submit"
            class="toggle"
            aria-pressed=if on { "true" } else { "false" }
            aria-busy=move || pending.get().then_some("true")
        >
            <span>{label}</span>
            <span class="unseen">" " {about}</span>
        </button>
    }
    .into_any()
}

/// A form that is one button, for rows of lists: `fields` are what the server function is told.
#[component]
pub fn ButtonForm(
    action: &'static str,
    #[prop(into)] key: String,
    fields: Vec<(&'static str, String)>,
    #[prop(into)] label: String,
    /// What a reader hears after the label, such as the row's name.
    #[prop(into)]
    about: String,
    #[prop(default = "quiet")] kind: &'static str,
) -> AnyView {
    view! {
        <Form action key class="inline">
            {fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            <Submit label kind about=[" ", &about].concat() />
        </Form>
    }
    .into_any()
}
