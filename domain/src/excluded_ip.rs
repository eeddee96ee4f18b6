//! Addresses whose data is never collected: how a line is written, which addresses it covers, which address counts.

mod caution;
mod client_address;
mod exclusions;
mod list;
mod matcher;
mod overlap;
mod pattern;
mod private;
mod wildcard;

pub use caution::{Caution, Doubt};
pub use client_address::{TrustedProxies, client_address};
pub use exclusions::Exclusions;
pub use list::{BOX_LINES, FileLines, Line, MAX_LINES, parse_file, parse_list, to_text};
pub use matcher::Matcher;
pub use overlap::Overlap;
pub use pattern::{Pattern, parse_address};

#[cfg(test)]
mod properties;
