//! The log, on standard error.

use std::io::{self, IsTerminal};

pub(crate) use app::ssr::cause;
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
