//! The way to the operator, on every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::links;

/// Stands at the bottom right, but not where it would lead nowhere: before there is an operator, and on the page that it leads to.
#[component]
pub fn TalkTab() -> AnyView {
    let path = use_location().pathname;
    let tab = move || {
        let path = path.get();
        let leads_on = path != links::SET_UP && path != links::TALK_TO_US;
        leads_on.then(|| view! { <footer class="talk"><a href=links::talk_to_us(&path)>"Talk to us"</a></footer> })
    };
    tab.into_any()
}
