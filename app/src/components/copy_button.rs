//! Text to be copied: a field to select it from, and a button that does it once the WASM is there.

use leptos::{prelude::*, task::spawn_local};

use crate::browser;

/// `label` names what is copied, for who cannot see it.
#[component]
pub fn CopyButton(#[prop(into)] text: String, #[prop(into)] label: String) -> AnyView {
    let copied = RwSignal::new(false);
    let shown = text.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let done = browser::copy(&text).await;
            copied.try_set(done);
        });
    };
    view! {
        <span class="copy">
            <input class="code" readonly value=shown aria-label=label.clone() />
            <button type="button" class="button quiet" on:click=copy>
                <span>{move || if copied.get() { "Copied" } else { "Copy" }}</span>
                <span class="unseen">{label}</span>
            </button>
            <span class="unseen" role="status">{move || copied.get().then_some("Copied")}</span>
        </span>
    }
    .into_any()
}
