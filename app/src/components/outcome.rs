//! What a form was answered with, where that is more than a notice.

use leptos::{html::Section, prelude::*};

/// A box that takes the focus when it appears, so that nobody misses what is shown only once.
#[component]
pub fn Outcome(id: &'static str, #[prop(into)] title: String, children: Children) -> AnyView {
    let heading = [id, "-heading"].concat();
    let labelled = heading.clone();
    let node = NodeRef::<Section>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            let _ = node.focus();
        }
    });
    view! {
        <section id=id class="outcome" aria-labelledby=labelled tabindex="-1" autofocus node_ref=node>
            <h2 id=heading>{title}</h2>
            {children()}
        </section>
    }
    .into_any()
}
