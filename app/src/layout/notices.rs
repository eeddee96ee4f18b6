//! Short notices of success.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{Notice, load::Changes};

/// The live region. It is there before there is anything to say, or a reader would miss the first.
#[component]
pub fn Notices() -> AnyView {
    let query = use_query_map();
    let changes = expect_context::<Changes>();
    let sentence = move || query.with(|query| Some(Notice::parse(query.get_str("notice")?)?.sentence(|name| query.get(name))));
    // The same notice twice in a row is shown twice.
    let class = move || if changes.get().is_multiple_of(2) { "notice" } else { "notice again" };
    view! { <div class="notices" role="status">{move || sentence().filter(|_| !changes.refused()).map(|text| view! { <p class=class>{text}</p> })}</div> }.into_any()
}
