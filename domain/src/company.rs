//! How clients name a company, which Heap's server API calls an account.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::invalid::Problem;

/// The name by which a site knows a company: case-sensitive, kept byte for byte. It may be a person's, so it is never logged, never a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CompanyId(String);

impl CompanyId {
    /// The longest in characters, as of an identity.
    pub const MAX: u32 = 255;

    /// Checks without changing a byte.
    ///
    /// # Errors
    /// `Empty` (also for white space alone), `TooLong`, or `ControlCharacters` for a NUL, which PostgreSQL cannot store.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.trim().is_empty() {
            Err(Problem::Empty)
        } else if text.chars().count() > Self::MAX as usize {
            Err(Problem::TooLong { max: Self::MAX })
        } else if text.contains('\0') {
            Err(Problem::ControlCharacters)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CompanyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CompanyId(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_id_keeps_its_bytes_and_is_never_printed() {
        let id = CompanyId::parse(" Acme ").ok();
        assert_eq!(id.as_ref().map(CompanyId::as_str), Some(" Acme "));
        assert_eq!(format!("{id:?}"), "Some(CompanyId(..))");
        assert_eq!(CompanyId::parse("\t"), Err(Problem::Empty));
        assert_eq!(CompanyId::parse("a\0b"), Err(Problem::ControlCharacters));
        assert_eq!(CompanyId::parse(&"x".repeat(256)), Err(Problem::TooLong { max: 255 }));
    }
}
