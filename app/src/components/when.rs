//! A point in time.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An instant in words, made on the server by `ssr::moment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// For machines.
    pub iso: String,
    /// To the second.
    pub exact: String,
    /// As a person would say it now.
    pub relative: String,
}

/// The words, with the exact time behind them.
#[component]
pub fn When(at: Moment) -> AnyView {
    view! { <time datetime=at.iso title=at.exact>{at.relative}</time> }.into_any()
}
