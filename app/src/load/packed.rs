//! Answers to forms that are too much for JSON, whose readers would weigh on the browser's module.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::base64;

/// A value as postcard, in base64.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Packed(String);

impl Packed {
    /// # Errors
    /// `Unavailable` for what postcard cannot say, such as a map of unknown length.
    #[cfg(feature = "ssr")]
    pub fn of<T: Serialize>(value: &T) -> Result<Self, crate::Error> {
        let bytes = postcard::to_allocvec(value).map_err(|_| crate::Error::Unavailable { reference: None })?;
        Ok(Self(base64::write(&bytes)))
    }

    /// The value, if it is one of this type.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        postcard::from_bytes(&base64::read(&self.0)?).ok()
    }
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_read_as_what_it_was() {
        let value = (7_u64, Some("ü".to_owned()), vec![[None, Some(3_u32)]]);
        assert_eq!(Packed::of(&value).unwrap().read(), Some(value));
        assert_eq!(Packed("?".to_owned()).read::<String>(), None);
    }
}
