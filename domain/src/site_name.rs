//! Names that a site gives to users and companies.

/// Makes a type for such a name: case-sensitive, kept byte for byte. It may be personal, so it is never logged and never a key.
macro_rules! site_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The longest in characters (Heap's limit).
            pub const MAX: u32 = 255;

            /// Checks without changing a byte.
            ///
            /// # Errors
            /// `Empty` (also for white space alone), `TooLong`, or `ControlCharacters` for a NUL, which PostgreSQL cannot store.
            pub fn parse(text: &str) -> Result<Self, $crate::invalid::Problem> {
                $crate::site_name::check(text, Self::MAX).map(|()| Self(text.to_owned()))
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}
pub(crate) use site_name;

use crate::invalid::Problem;

pub(crate) fn check(text: &str, max: u32) -> Result<(), Problem> {
    if text.trim().is_empty() {
        Err(Problem::Empty)
    } else if text.chars().count() > max as usize {
        Err(Problem::TooLong { max })
    } else if text.contains('\0') {
        Err(Problem::ControlCharacters)
    } else {
        Ok(())
    }
}
