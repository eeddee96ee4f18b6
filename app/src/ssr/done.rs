//! How a form that succeeded ends: on another page, with a notice.

use std::fmt::Write;

use crate::notice::Notice;

/// Leads to `path`, which shows the notice.
pub fn done(path: &str, notice: Notice) {
    done_with(path, notice, &[]);
}

/// The same, with counts for the sentence of the notice.
pub fn done_with(path: &str, notice: Notice, counts: &[(&str, u32)]) {
    let mut to = format!("{path}?notice={}", notice.as_str());
    for (name, count) in counts {
        // Writing to a String cannot fail.
        let _ = write!(to, "&{name}={count}");
    }
    leptos_axum::redirect(&to);
}

/// Leads to `path` without a word.
pub fn leave(path: &str) {
    leptos_axum::redirect(path);
}
