//! The top of every page.

use leptos::prelude::*;
use leptos_meta::Title;

/// Title, one sentence that says what the page is for, and its one main action as children.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> AnyView {
    view! {
        <Title text=title.clone() />
        <header class="page-head">
            <div>
                <h1>{title}</h1>
                {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-action">{children()}</div> })}
        </header>
    }
    .into_any()
}
