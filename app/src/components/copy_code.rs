//! A command to be copied: all of it in sight, and a button that takes it once the WASM is there.

use leptos::{prelude::*, task::spawn_local};

use crate::browser;

/// `label` names what is copied, for who cannot see it.
#[component]
pub fn CopyCode(#[prop(into)] text: String, #[prop(into)] label: String) -> AnyView {
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
        <div class="copy-code">
            <pre tabindex="0" role="region" aria-label=label.clone()><code>{shown}</code></pre>
            <button type="button" class="button quiet" on:click=copy>
                <span>{move || if copied.get() { "Copied" } else { "Copy" }}</span>
                <span class="unseen">" " {label}</span>
            </button>
            <span class="unseen" role="status">{move || copied.get().then_some("Copied")}</span>
        </div>
    }
    .into_any()
}
