//! `/help/changelog`: what changed in Cairn, as the server that answers knows it.

use super::markdown;
use crate::{
    components::page_header,
    load::{Html, Written},
    prelude::*,
};

const TITLE: &str = "What is new";
const TEXT: &str = "What changed in Cairn, up to what runs here.";
const CHANGELOG: &str = include_str!("../../../../CHANGELOG.md");

pub(crate) fn changelog() -> Written {
    let html = Html::of(|| {
        view! {
            <div class="help">
                {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
                <div class="prose">{markdown::shown(CHANGELOG)}</div>
                <p class="aside"><a href=links::DELETE_DATA>"Help"</a> " · " <a href=links::HOME>"To the console"</a></p>
            </div>
        }
        .into_any()
    });
    Written { title: TITLE.to_owned(), html }
}
