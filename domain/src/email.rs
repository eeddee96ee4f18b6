//! E-mail addresses of persons.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::invalid::Problem;

/// An address in lower case: two spellings of one mailbox are one person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The longest address in characters (RFC 5321, section 4.5.3.1.3).
    pub const MAX: u32 = 254;

    /// Trims, checks the syntax (RFC 5322 without display names, comments or address literals) and lowers the case.
    ///
    /// # Errors
    /// `Empty`, `TooLong` or `NotAnEmail`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Empty);
        }
        if text.chars().count() > Self::MAX as usize {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        let options = email_address::Options::default().without_display_text().without_domain_literal().with_required_tld();
        match email_address::EmailAddress::parse_with_options(text, options) {
            Ok(_) => Ok(Self(text.to_lowercase())),
            // Development machines have addresses such as admin@localhost.
            Err(_) if is_local(text) => Ok(Self(text.to_lowercase())),
            Err(_) => Err(Problem::NotAnEmail),
        }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local(text: &str) -> bool {
    let options = email_address::Options::default().without_display_text().without_domain_literal();
    text.ends_with("@localhost") && email_address::EmailAddress::parse_with_options(text, options).is_ok()
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not an e-mail address")
    }
}

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_mailbox_are_equal() {
        assert_eq!(EmailAddress::parse(" Ada@Example.COM "), EmailAddress::parse("ada@example.com"));
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        assert_eq!(EmailAddress::parse(""), Err(Problem::Empty));
        for bad in ["ada", "ada@", "@example.com", "a b@example.com", "Ada <ada@example.com>", "ada@example", "ada@[127.0.0.1]"] {
            assert_eq!(EmailAddress::parse(bad), Err(Problem::NotAnEmail), "{bad}");
        }
        assert!(EmailAddress::parse("admin@localhost").is_ok());
        assert_eq!(EmailAddress::parse(&format!("a@{}.com", "b".repeat(260))), Err(Problem::TooLong { max: 254 }));
    }
}
