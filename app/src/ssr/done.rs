//! How a form that succeeded ends: on another page, with a notice.

use std::fmt::Write;

use domain::id::EnvironmentId;
use http::{Uri, header, request::Parts};
use leptos::prelude::use_context;

use crate::{links, notice::Notice};

/// Leads to `path`, which shows the notice.
pub fn done(path: &str, notice: Notice) {
    done_with(path, notice, &[]);
}

/// The same, with counts for the sentence of the notice.
pub fn done_with(path: &str, notice: Notice, counts: &[(&str, u32)]) {
    let joint = if path.contains('?') { '&' } else { '?' };
    let mut to = format!("{path}{joint}notice={}", notice.as_str());
    if let Some(environment) = remembered() {
        // Writing to a String cannot fail.
        let _ = write!(to, "&{}={environment}", links::ENVIRONMENT);
    }
    for (name, count) in counts {
        // Writing to a String cannot fail.
        let _ = write!(to, "&{name}={count}");
    }
    leptos_axum::redirect(&to);
}

/// The environment in the address of the page that was left.
fn remembered() -> Option<EnvironmentId> {
    let parts = use_context::<Parts>()?;
    let page = parts.headers.get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok()?;
    page.query()?.split('&').find_map(|pair| pair.strip_prefix(links::ENVIRONMENT)?.strip_prefix('=')?.parse().ok())
}

/// Leads to `path` without a word.
pub fn leave(path: &str) {
    leptos_axum::redirect(path);
}
