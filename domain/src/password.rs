//! Passwords as they are typed. What is stored is made by the server.

use std::fmt;

use crate::{email::EmailAddress, invalid::Problem};

/// A password that may be chosen. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The shortest in characters (NIST SP 800-63B-4, section 3.1.1.2, rounded to what a person of one factor should have).
    pub const MIN: u32 = 10;
    /// The longest in characters; hashing takes its time by length.
    pub const MAX: u32 = 256;

    /// Checks a new password of the person with this address.
    ///
    /// # Errors
    /// `Empty`, `TooShort`, `TooLong` or `PasswordIsEmail`.
    pub fn parse(text: &str, email: Option<&EmailAddress>) -> Result<Self, Problem> {
        let length = text.chars().count();
        if length == 0 {
            Err(Problem::Empty)
        } else if length < Self::MIN as usize {
            Err(Problem::TooShort { min: Self::MIN })
        } else if length > Self::MAX as usize {
            Err(Problem::TooLong { max: Self::MAX })
        } else if email.is_some_and(|email| email.as_str().eq_ignore_ascii_case(text)) {
            Err(Problem::PasswordIsEmail)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The text, for hashing.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_a_length_and_is_not_the_address() {
        let ada = EmailAddress::parse("ada@example.com").ok();
        assert_eq!(Password::parse("", ada.as_ref()), Err(Problem::Empty));
        assert_eq!(Password::parse("123456789", ada.as_ref()), Err(Problem::TooShort { min: 10 }));
        assert_eq!(Password::parse(&"x".repeat(257), ada.as_ref()), Err(Problem::TooLong { max: 256 }));
        assert_eq!(Password::parse("Ada@example.com", ada.as_ref()), Err(Problem::PasswordIsEmail));
        assert!(Password::parse("correct horse", ada.as_ref()).is_ok());
    }

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::parse("correct horse", None);
        assert_eq!(format!("{password:?}"), "Ok(Password(..))");
    }
}
