//! What stands where a page will be.

use leptos::prelude::*;

#[component]
pub fn Skeleton() -> AnyView {
    view! {
        <div class="skeleton" aria-busy="true">
            <span class="unseen">"Loading"</span>
            <div class="bone title"></div>
            <div class="bone line"></div>
            <div class="bone block"></div>
        </div>
    }
    .into_any()
}
