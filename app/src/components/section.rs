//! A part of a page with its own heading.

use leptos::prelude::*;

/// A heading, a sentence, the content. `id` is unique on the page; `danger` comes last.
#[component]
pub fn Section(
    id: &'static str,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    #[prop(optional)] danger: bool,
    children: Children,
) -> AnyView {
    let heading = [id, "-heading"].concat();
    let labelled = heading.clone();
    view! {
        <section id=id class="section" class:danger=danger aria-labelledby=labelled>
            <header>
                <h2 id=heading>{title}</h2>
                {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            </header>
            {children()}
        </section>
    }
    .into_any()
}
