//! How clients name a user.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{invalid::Problem, site_name::site_name};

/// An anonymous user's number, 0 to 2^53-1 (Heap's server API: the integers that JavaScript holds exactly).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(u64);

impl UserId {
    /// The largest.
    pub const MAX: u64 = (1 << 53) - 1;

    /// The user of this number, if it is in range.
    pub const fn new(number: u64) -> Option<Self> {
        if number <= Self::MAX { Some(Self(number)) } else { None }
    }

    /// Decimal digits only.
    ///
    /// # Errors
    /// `Empty` or `NotATarget`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Empty);
        }
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::NotATarget);
        }
        text.parse().ok().and_then(Self::new).ok_or(Problem::NotATarget)
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number as the database keeps it.
    #[expect(clippy::cast_possible_wrap, reason = "at most 2^53-1")]
    pub const fn as_i64(self) -> i64 {
        self.0 as i64
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

site_name! {
    /// The name by which a site knows a user.
    Identity
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_id_is_an_integer_that_javascript_holds() {
        assert_eq!(UserId::parse("9007199254740991").map(UserId::get), Ok(UserId::MAX));
        for bad in ["9007199254740992", "-1", "1.0", "1e3", "x", "99999999999999999999"] {
            assert_eq!(UserId::parse(bad), Err(Problem::NotATarget), "{bad}");
        }
    }

    #[test]
    fn an_identity_keeps_its_bytes_and_is_never_printed() {
        let identity = Identity::parse(" Ada@Example.com ").ok();
        assert_eq!(identity.as_ref().map(Identity::as_str), Some(" Ada@Example.com "));
        assert_eq!(format!("{identity:?}"), "Some(Identity(..))");
        assert_eq!(Identity::parse("  "), Err(Problem::Empty));
        assert_eq!(Identity::parse("a\0b"), Err(Problem::ControlCharacters));
    }
}
