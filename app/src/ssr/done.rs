//! How a form that succeeded ends: on another page, with a notice.

use std::fmt::Write;

use domain::id::EnvironmentId;
use http::{Uri, header, request::Parts};
use leptos::prelude::use_context;

use crate::{links, notice::Notice};

/// Leads to `path`, which shows the notice.
pub fn done(path: &str, notice: Notice) {
    lead(path, notice, &[], false);
}

/// The same, with counts for the sentence of the notice.
pub fn done_with(path: &str, notice: Notice, counts: &[(&str, u32)]) {
    lead(path, notice, counts, false);
}

/// The same for what was done to a row of the list at `path`: its search, order and page stay as they are.
pub fn done_in_list(path: &str, notice: Notice) {
    lead(path, notice, &[], true);
}

fn lead(path: &str, notice: Notice, counts: &[(&str, u32)], in_list: bool) {
    let left = use_context::<Parts>().and_then(|parts| parts.headers.get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok());
    let kept = left.map(|page| kept(page.query().unwrap_or_default(), in_list && page.path() == path)).unwrap_or_default();
    let joint = if path.contains('?') { '&' } else { '?' };
    let mut to = format!("{path}{joint}{kept}notice={}", notice.as_str());
    for (name, count) in counts {
        // Writing to a String cannot fail.
        let _ = write!(to, "&{name}={count}");
    }
    leptos_axum::redirect(&to);
}

/// What of the query of the page that was left goes on, each with a `&` behind it: the environment, and in a list the place.
fn kept(query: &str, in_list: bool) -> String {
    let holds = |pair: &&str| {
        pair.split_once('=').is_some_and(|(name, value)| match name {
            links::ENVIRONMENT => value.parse::<EnvironmentId>().is_ok(),
            "q" | "sort" | "page" | "invites" | "archived" => in_list,
            _ => false,
        })
    };
    query.split('&').filter(holds).map(|pair| [pair, "&"].concat()).collect()
}

/// Leads to `path` without a word.
pub fn leave(path: &str) {
    leptos_axum::redirect(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_a_list_holds_on_its_own_page_and_the_environment_on_all() {
        let query = "q=a%26b&sort=-name&page=3&e=1234567890&notice=joined&definitions=3&e=x";
        assert_eq!(kept(query, true), "q=a%26b&sort=-name&page=3&e=1234567890&");
        assert_eq!(kept(query, false), "e=1234567890&");
        assert_eq!(kept("", true), "");
    }
}
