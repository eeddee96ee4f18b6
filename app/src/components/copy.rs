//! Text to be copied: it can be selected, and a button takes it once the WASM is there.

use leptos::{prelude::*, task::spawn_local};
use web_sys::MouseEvent;

use crate::browser;

/// A short text, in a field. `label` names what is copied, for who cannot see it.
#[component]
pub fn CopyField(#[prop(into)] text: String, #[prop(into)] label: String) -> AnyView {
    let field = view! { <input class="code" readonly value=text.clone() aria-label=label.clone() /> };
    view! { <span class="copy">{field} {button(text, label)}</span> }.into_any()
}

/// A command, all of it in sight.
#[component]
pub fn CopyCode(#[prop(into)] text: String, #[prop(into)] label: String) -> AnyView {
    let code = view! { <pre tabindex="0" role="region" aria-label=label.clone()><code>{text.clone()}</code></pre> };
    view! { <div class="copy-code">{code} {button(text, label)}</div> }.into_any()
}

/// Where the browser keeps the clipboard to itself, the text is selected, which is half the way.
fn button(text: String, label: String) -> AnyView {
    let told = RwSignal::new(None);
    let copy = move |event: MouseEvent| {
        let text = text.clone();
        let beside = browser::sibling_before(&event);
        spawn_local(async move {
            let done = browser::copy(&text).await;
            if let Some(beside) = beside.filter(|_| !done) {
                browser::select(&beside);
            }
            told.try_set(Some(if done { "Copied" } else { "Press Ctrl+C" }));
        });
    };
    view! {
        <button type="button" class="button quiet" on:click=copy>
            <span>{move || told.get().unwrap_or("Copy")}</span>
            <span class="unseen">" " {label}</span>
        </button>
        <span class="unseen" role="status">{move || told.get()}</span>
    }
    .into_any()
}
