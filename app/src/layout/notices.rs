//! Short notices of success.

use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query_map;

use crate::{Notice, load::Changes};

/// The live region. It is there before there is anything to say, or a reader would miss the first.
#[component]
pub fn Notices() -> AnyView {
    let query = use_query_map();
    let changes = expect_context::<Changes>();
    let sentence = move || query.with(|query| Some(Notice::parse(query.get_str("notice")?)?.sentence(|name| query.get(name))));
    let notice = move || {
        let text = sentence().filter(|_| !changes.refused())?;
        let view = view! { <p class="notice">{text}</p> };
        // Another element each time, so that the same notice twice in a row is shown twice.
        Some(if changes.get().is_multiple_of(2) { Either::Left(view) } else { Either::Right(view) })
    };
    view! { <div class="notices" role="status">{notice}</div> }.into_any()
}
