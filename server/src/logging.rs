//! The log, on standard error.

use std::{
    error::Error,
    io::{self, IsTerminal},
};

use tracing::{Level, level_filters::LevelFilter};
use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Our own crates log at `level`. Libraries only warn: what they say in detail may hold addresses of pages and values of queries.
pub(crate) fn init(level: Level) {
    let libraries = LevelFilter::WARN.min(LevelFilter::from_level(level));
    let ours = ["server", "app", "store", "domain"].map(|name| (name, level));
    let targets = Targets::new().with_default(libraries).with_targets(ours);
    let lines = fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    // Only a test could have set one before.
    let _already_set = tracing_subscriber::registry().with(lines).with(targets).try_init();
}

/// An error and what lies beneath it, in one line. Never by `Debug`, which shows the rows that a database refused.
pub(crate) fn cause(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut beneath = error.source();
    while let Some(source) = beneath {
        text.push_str(": ");
        text.push_str(&source.to_string());
        beneath = source.source();
    }
    text
}
