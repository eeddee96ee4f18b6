//! Why a page shows no controls.

use leptos::prelude::*;

/// Said once a page, to who may look and not change. `what` completes "can ...".
#[component]
pub fn ReadOnlyNote(what: &'static str) -> AnyView {
    view! {
        <p class="note">"Your access is read-only. Teammates with full access can " {what} "."</p>
    }
    .into_any()
}
