//! Long lists: the search above, heads that sort, the pages below. Links and a plain form, whose addresses come ready from the server.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::EmptyState;
use crate::{links, load};

/// How a list stands, made by `ssr::list_state`: texts by name, all of them optional. Columns differ from list to list, and a list of texts needs no reader of its own in the browser.
///
/// `search` is what was searched for; `controls` is there where the list is long enough to be searched; `sort` is the order, unless it is the usual one; `shown` says which
/// rows these are. Addresses, without their `?`: `clear` leads out of the search, `previous` and `next` to the pages beside this one, `by NAME` sorts by a column. `sorted NAME`
/// is the direction of the column that the list is sorted by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ListState(Vec<(String, String)>);

impl ListState {
    #[cfg(feature = "ssr")]
    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.push((name.into(), text.into()));
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// The rows are those that a search found.
    pub fn is_searched(&self) -> bool {
        self.get("search").is_some()
    }

    /// The form that searches, for a list that is long.
    pub fn search(&self, label: &'static str) -> AnyView {
        if self.get("controls").is_none() {
            return ().into_any();
        }
        let search = self.text("search");
        let kept = |name, value: String| view! { <input type="hidden" name=name disabled=value.is_empty() value=value /> };
        view! {
            <form method="get" action=load::here().0 class="list-search" role="search">
                <input
                    id="search"
                    type="search"
                    name="q"
                    value=search.clone()
                    prop:value=search
                    maxlength="100"
                    autocomplete="off"
                    aria-label=label
                    placeholder=label
                />
                {kept("sort", self.text("sort"))}
                {kept(links::ENVIRONMENT, environment())}
                <button class="button quiet">"Search"</button>
                <a class="button quiet" hidden=!self.is_searched() href=here(&self.text("clear"))>"Clear"</a>
                <span class="list-shown">{self.text("shown")}</span>
            </form>
        }
        .into_any()
    }

    /// The head of a column, which sorts by it where the list is long.
    pub fn head(&self, column: &str, label: &'static str, class: &'static str) -> AnyView {
        let sorted = self.get(&["sorted ", column].concat()).map(ToOwned::to_owned);
        let label = match self.get(&["by ", column].concat()) {
            Some(to) => view! { <a href=here(to)>{label}</a> }.into_any(),
            None => label.into_any(),
        };
        view! { <th scope="col" class=class aria-sort=sorted>{label}</th> }.into_any()
    }

    /// The ways to the pages before and after.
    pub fn pages(&self, label: &'static str) -> AnyView {
        let (previous, next) = (self.get("previous"), self.get("next"));
        if previous.or(next).is_none() {
            return ().into_any();
        }
        let way =
            |to: Option<&str>, label| view! { <a class="button quiet" hidden=to.is_none() href=here(to.unwrap_or_default())>{label}</a> };
        view! {
            <nav class="pages" aria-label=label>
                {way(previous, "Previous")}
                <span>{self.text("shown")}</span>
                {way(next, "Next")}
            </nav>
        }
        .into_any()
    }

    /// What stands in place of the rows when the search finds none.
    pub fn no_match(&self, text: &'static str) -> AnyView {
        let title = ["No match for “", &self.text("search"), "”"].concat();
        let clear = here(&self.text("clear"));
        view! {
            <EmptyState title text>
                <p><a href=clear>"Clear the search"</a></p>
            </EmptyState>
        }
        .into_any()
    }
}

/// The environment that the address remembers.
fn environment() -> String {
    environment_of(&load::here().1).to_owned()
}

fn environment_of(query: &str) -> &str {
    query.split('&').find_map(|pair| pair.strip_prefix(links::ENVIRONMENT)?.strip_prefix('=')).unwrap_or_default()
}

/// This page with another query. The path is spelled out: a refused post is answered under another address.
fn here(query: &str) -> String {
    let (path, now) = load::here();
    let environment = environment_of(&now);
    let (first, then) = if query.is_empty() { ("", "?") } else { ("?", "&") };
    let page = [&path, first, query].concat();
    if environment.is_empty() { page } else { [&page, then, links::ENVIRONMENT, "=", environment].concat() }
}
