//! Pages that the server writes whole. The browser holds no code for any of them: it asks for the text of the page and shows it. For pages that are read; their
//! forms are sent by the browser itself.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::forms::{LastAnswer, LastPost};

/// HTML made by [`Html::of`] or [`Html::of_progress`], and by nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Html {
    text: String,
    /// Whether the page that is made of it is to be asked for again after a while.
    progresses: bool,
}

/// The same without script.
#[cfg(feature = "ssr")]
const REFRESH: &str = r#"<noscript><meta http-equiv="refresh" content="3"></noscript>"#;

impl Html {
    /// What the view says, without anything that lives: `view` is made once and not hydrated.
    #[cfg(feature = "ssr")]
    pub fn of(view: impl FnOnce() -> AnyView) -> Self {
        // A page that is made as part of its answer has these; the answer to the script alone has not.
        if use_context::<LastPost>().is_none() {
            provide_context(LastPost::new(None));
            provide_context(LastAnswer::new(None));
        }
        Self { text: view().to_html(), progresses: false }
    }

    /// The same for a whole page that shows how something gets on. Nobody is to type in it: it is made anew every few seconds.
    #[cfg(feature = "ssr")]
    pub fn of_progress(view: impl FnOnce() -> AnyView) -> Self {
        let Self { text, .. } = Self::of(view);
        Self { text: [REFRESH, &text].concat(), progresses: true }
    }

    /// Shows it. `class` is that of the element around it.
    pub fn view(self, class: &'static str) -> AnyView {
        view! { <div class=class inner_html=self.text></div> }.into_any()
    }
}

/// A page: its title, and everything within `main`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub title: String,
    pub html: Html,
}

impl Written {
    pub const fn progresses(&self) -> bool {
        self.html.progresses
    }

    pub fn view(self) -> AnyView {
        view! { <Title text=self.title /> {self.html.view("written")} }.into_any()
    }
}

/// Path and query of this page. On the server they are what the browser says, where the text of a page alone is asked for.
pub(crate) fn here() -> (String, String) {
    #[cfg(feature = "ssr")]
    if let Some(Address { path, query }) = use_context() {
        return (path, query);
    }
    let location = use_location();
    (location.pathname.get_untracked(), location.search.get_untracked())
}

/// The address of a page whose text alone is asked for.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone)]
pub(crate) struct Address {
    path: String,
    query: String,
}

#[cfg(feature = "ssr")]
impl Address {
    /// Of a path and, behind a question mark, a query.
    pub(crate) fn of(page: &str) -> Self {
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        Self { path: path.to_owned(), query: query.to_owned() }
    }

    /// The parts of the path.
    pub(crate) fn parts(&self) -> Vec<&str> {
        self.path.split('/').filter(|part| !part.is_empty()).collect()
    }

    /// A parameter of the query; empty where there is none.
    pub(crate) fn query(&self, name: &str) -> String {
        let found = form_urlencoded::parse(self.query.as_bytes()).find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let address = Address::of("/a/7/settings/audit-log?q=a%26b&sort=-at");
        assert_eq!(address.parts(), ["a", "7", "settings", "audit-log"]);
        assert_eq!(["q", "sort", "page"].map(|name| address.query(name)), ["a&b", "-at", ""]);
        assert_eq!(Address::of("/inbox").query("q"), "");
    }

    #[test]
    fn what_is_written_cannot_leave_its_place() {
        let html = Owner::new_root(None).with(|| Html::of(|| view! { <p>{"<script>".to_owned()}</p> }.into_any()));
        assert_eq!(html.text, "<p>&lt;script&gt;</p>");
    }
}
