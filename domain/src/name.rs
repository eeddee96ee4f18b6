//! Names of things: trimmed, at least one character, no control characters, a limit each.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::invalid::Problem;

fn parse(text: &str, max: u32) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        Err(Problem::Empty)
    } else if text.chars().count() > max as usize {
        Err(Problem::TooLong { max })
    } else if text.chars().any(char::is_control) {
        Err(Problem::ControlCharacters)
    } else {
        Ok(text.to_owned())
    }
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident, $max:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The longest name in characters.
            pub const MAX: u32 = $max;

            /// Trims and checks.
            ///
            /// # Errors
            /// `Empty`, `TooLong` or `ControlCharacters`.
            pub fn parse(text: &str) -> Result<Self, Problem> {
                parse(text, Self::MAX).map(Self)
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).map_err(|_| "not a name")
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    )*};
}

names! {
    /// The name of an account.
    AccountName, 100;
    /// The name of a person.
    PersonName, 100;
    /// The name of a project.
    ProjectName, 100;
    /// The name of an environment.
    EnvironmentName, 100;
    /// The name of a definition.
    DefinitionName, 200;
    /// The name of a report.
    ReportName, 200;
    /// What an API key is for.
    ApiKeyName, 100;
    /// The name of an event as clients send it; Heap's limit of 1,024 characters.
    EventName, 1024;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_trimmed_and_limited_in_characters() {
        assert_eq!(ProjectName::parse("  Shop ").map(String::from), Ok("Shop".to_owned()));
        assert_eq!(ProjectName::parse(" \t"), Err(Problem::Empty));
        assert_eq!(ProjectName::parse("a\u{7}b"), Err(Problem::ControlCharacters));
        assert!(ProjectName::parse(&"ü".repeat(100)).is_ok());
        assert_eq!(ProjectName::parse(&"ü".repeat(101)), Err(Problem::TooLong { max: 100 }));
    }

    proptest! {
        #[test]
        fn parsing_a_parsed_name_changes_nothing(text in ".{0,120}") {
            if let Ok(name) = ProjectName::parse(&text) {
                prop_assert_eq!(ProjectName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
