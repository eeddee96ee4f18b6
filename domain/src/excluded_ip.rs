//! Addresses whose data is never collected: how a line is written, which addresses it covers, which address counts.

mod client_address;
mod list;
mod matcher;
mod pattern;
mod wildcard;

pub use client_address::{TrustedProxies, client_address};
pub use list::{Line, MAX_LINES, parse_list, to_text};
pub use matcher::Matcher;
pub use pattern::Pattern;

#[cfg(test)]
mod properties;
