//! Time zones of environments, and the days in them.

#[cfg(not(target_arch = "wasm32"))]
mod days;

#[cfg(not(target_arch = "wasm32"))]
pub use days::{Bucket, day_buckets, names};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::invalid::Problem;

/// The name of a time zone in the IANA database, as that writes it.
///
/// In the browser only the syntax is checked, because the database would double the download; the server decides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(String);

impl ZoneName {
    /// The longest name in bytes that is looked up.
    const MAX: usize = 64;

    /// Checks the name, in any case.
    ///
    /// # Errors
    /// `Empty` or `UnknownTimeZone`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Empty);
        }
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'+');
        if text.len() > Self::MAX || !text.bytes().all(allowed) {
            return Err(Problem::UnknownTimeZone);
        }
        known(text).map(Self).ok_or(Problem::UnknownTimeZone)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn known(text: &str) -> Option<String> {
    days::canonical(text)
}

#[cfg(target_arch = "wasm32")]
#[expect(clippy::unnecessary_wraps, reason = "as on the server")]
fn known(text: &str) -> Option<String> {
    Some(text.to_owned())
}

impl Default for ZoneName {
    fn default() -> Self {
        Self("UTC".to_owned())
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ZoneName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a time zone")
    }
}

impl From<ZoneName> for String {
    fn from(zone: ZoneName) -> Self {
        zone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_one_of_the_iana_database_in_its_spelling() {
        assert_eq!(ZoneName::parse(" europe/berlin ").map(String::from), Ok("Europe/Berlin".to_owned()));
        assert_eq!(ZoneName::parse("utc").map(String::from), Ok("UTC".to_owned()));
        assert_eq!(ZoneName::parse("UTC"), Ok(ZoneName::default()));
        assert_eq!(ZoneName::parse(""), Err(Problem::Empty));
        for bad in ["Mars/Olympus", "+02:00", "../etc/passwd", "Europe/Berlin\0", "Etc/Unknown", "Europe", &"a/".repeat(40)] {
            assert_eq!(ZoneName::parse(bad), Err(Problem::UnknownTimeZone), "{bad}");
        }
    }
}
