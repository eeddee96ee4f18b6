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
    view! { <Title text=title.clone() /> {page_header(title, text, children.map(|children| children().into_any()))} }.into_any()
}

/// The same for a page that is written on the server, whose title goes apart.
pub fn page_header(title: String, text: String, action: Option<AnyView>) -> AnyView {
    view! {
        <header class="page-head">
            <div>
                <h1>{title}</h1>
                {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            </div>
            {action.map(|action| view! { <div class="page-action">{action}</div> })}
        </header>
    }
    .into_any()
}
