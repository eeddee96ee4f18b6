//! What an environment keeps of what clients send. The server goes by it whatever a client sends, and of two settings the stricter one counts.

mod change;
mod enforce;
mod host;
mod lines;
mod name;
mod page;
mod retention;
mod scrub;
mod sender;
mod settings;
mod switch;

pub use change::{Change, List};
pub use enforce::Ignored;
pub use host::{Host, HostPattern};
pub use lines::{Line, Lines, MAX_LINE, MAX_LINES};
pub use name::NamePattern;
pub use page::{Page, PagePattern};
pub use retention::Retention;
pub use scrub::ScrubRules;
pub use sender::{Location, Sender, Site};
pub use settings::{Capture, Privacy, Typed};
pub use switch::{Switch, Switches};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
