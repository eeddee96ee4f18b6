//! Long lists: the search above, heads that sort, the pages below. Links and a plain form, whose addresses come ready from the server.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use super::EmptyState;
use crate::links;

/// How a list stands, made by `ssr::list_state`. Addresses are what follows the `?`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListState {
    /// The list is long enough to be searched and sorted.
    pub controls: bool,
    /// What was searched for.
    pub search: String,
    /// The order that the search keeps; empty for the usual one.
    pub sort: String,
    /// Which rows these are, of how many.
    pub shown: String,
    pub columns: Vec<Column>,
    /// The same without the search.
    pub clear: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// A column that the list can be sorted by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    /// For `aria-sort`, where the list is sorted by it.
    pub sorted: Option<String>,
    /// Sorted by it, or the other way round.
    pub to: String,
}

impl ListState {
    /// Nothing is in the list that the search finds; without a search, nothing at all.
    pub fn is_searched(&self) -> bool {
        !self.search.is_empty()
    }

    /// The form that searches, for a list that is long.
    pub fn search(&self, label: &'static str) -> AnyView {
        if !self.controls {
            return ().into_any();
        }
        let kept = |name, value: String| (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> });
        let clear = self.is_searched().then(|| view! { <a class="button quiet" href=here(&self.clear)>"Clear"</a> });
        view! {
            <form method="get" action=use_location().pathname.get_untracked() class="list-search" role="search">
                <input
                    id="search"
                    type="search"
                    name="q"
                    value=self.search.clone()
                    prop:value=self.search.clone()
                    maxlength="100"
                    autocomplete="off"
                    aria-label=label
                    placeholder=label
                />
                {kept("sort", self.sort.clone())}
                {kept(links::ENVIRONMENT, environment())}
                <button class="button quiet">"Search"</button>
                {clear}
                <span class="list-shown">{self.shown.clone()}</span>
            </form>
        }
        .into_any()
    }

    /// The head of a column, which sorts by it where the list is long.
    pub fn head(&self, column: &str, label: &'static str, class: &'static str) -> AnyView {
        let column = self.columns.iter().find(|known| known.name == column);
        let sorted = column.and_then(|column| column.sorted.clone());
        let label = match column {
            Some(column) => view! { <a href=here(&column.to)>{label}</a> }.into_any(),
            None => label.into_any(),
        };
        view! { <th scope="col" class=class aria-sort=sorted>{label}</th> }.into_any()
    }

    /// The ways to the pages before and after.
    pub fn pages(&self, label: &'static str) -> AnyView {
        let way = |to: &Option<String>, label| to.as_ref().map(|to| view! { <a class="button quiet" href=here(to)>{label}</a> });
        (self.previous.is_some() || self.next.is_some())
            .then(|| {
                view! {
                    <nav class="pages" aria-label=label>
                        {way(&self.previous, "Previous")}
                        <span>{self.shown.clone()}</span>
                        {way(&self.next, "Next")}
                    </nav>
                }
            })
            .into_any()
    }

    /// What stands in place of the rows when the search finds none.
    pub fn no_match(&self, text: &'static str) -> AnyView {
        let title = ["No match for “", &self.search, "”"].concat();
        let clear = here(&self.clear);
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
    use_location().query.with_untracked(|query| query.get(links::ENVIRONMENT)).unwrap_or_default()
}

/// This page with another query. The path is spelled out: a refused post is answered under another address.
fn here(query: &str) -> String {
    let (path, environment) = (use_location().pathname.get_untracked(), environment());
    let (first, then) = (if query.is_empty() { "" } else { "?" }, if query.is_empty() { "?" } else { "&" });
    let page = [&path, first, query].concat();
    if environment.is_empty() { page } else { [&page, then, links::ENVIRONMENT, "=", &environment].concat() }
}
