//! Why a body is refused, in the plain words that clients of Heap know.

use std::fmt;

/// The place of a mistake and what should be there. Holds nothing personal: no value, and the name of a property only where it is a plain identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} {expected}")]
pub struct CollectError {
    /// Where.
    pub path: Path,
    /// What should be there.
    pub expected: Expected,
}

/// A place in a body: `postBody.events[0].properties.total`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Path {
    item: Option<(&'static str, usize)>,
    key: Option<&'static str>,
    property: Option<Box<str>>,
}

impl Path {
    pub(super) fn item(list: &'static str, index: usize) -> Self {
        Self { item: Some((list, index)), ..Self::default() }
    }

    pub(super) fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// Leaves out what does not look like a name that a programmer chose: it may be somebody's.
    pub(super) fn property(mut self, name: &str) -> Self {
        let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let goes_on_well = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        self.property = (starts_well && goes_on_well && name.len() <= 64).then(|| name.into());
        self
    }

    pub(super) fn should(self, expected: Expected) -> CollectError {
        CollectError { path: self, expected }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postBody")?;
        if let Some((list, index)) = self.item {
            write!(f, ".{list}[{index}]")?;
        }
        if let Some(key) = self.key {
            write!(f, ".{key}")?;
        }
        if let Some(property) = &self.property {
            write!(f, ".{property}")?;
        }
        Ok(())
    }
}

/// What should be at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Expected {
    /// JSON, nested reasonably.
    #[error("should be JSON")]
    Json,
    /// An object.
    #[error("should be object")]
    Object,
    /// An array.
    #[error("should be array")]
    Array,
    /// A string.
    #[error("should be string")]
    Text,
    /// A value of a property.
    #[error("should be string, number, boolean or array of these")]
    Scalar,
    /// A key that is missing.
    #[error("should have required property '{0}'")]
    Key(&'static str),
    /// One of the two names of a user.
    #[error("should have exactly one of 'identity' and 'user_id'")]
    OneName,
    /// The number of an environment.
    #[error("should be an environment id of 1 to 10 digits")]
    EnvironmentId,
    /// The number of an anonymous user.
    #[error("should be an integer from 0 to 9007199254740991")]
    UserId,
    /// A date and time.
    #[error("should match format \"date-time\"")]
    DateTime,
    /// More than white space.
    #[error("should NOT be blank")]
    NotBlank,
    /// Text without NUL.
    #[error("should NOT have NUL characters")]
    NoNul,
    /// Text without control characters.
    #[error("should NOT have control characters")]
    Printable,
    /// No more than so many characters.
    #[error("should NOT be longer than {0} characters")]
    AtMostChars(u32),
    /// No more than so many items.
    #[error("should NOT have more than {0} items")]
    AtMostItems(usize),
    /// At least one item.
    #[error("should NOT have fewer than 1 items")]
    SomeItem,
    /// Names of properties with at least one and no more than so many characters, without NUL.
    #[error("should have property names of 1 to {0} characters without NUL")]
    PropertyNames(u32),
    /// No property that is called `id` in any case.
    #[error("should NOT have a property named 'id'")]
    NoId,
}
