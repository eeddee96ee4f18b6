//! Properties of events and users.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize, de::MapAccess};
use serde_json::Number;

use super::{
    error::{CollectError, Expected, Path},
    raw::{Fields, Object, Read, Scalar},
};

/// The longest name or text in characters: fewer than 1,024 (Heap's limit).
const MAX_CHARS: u32 = 1_023;
/// The longest name of a property in characters.
pub const MAX_PROPERTY_NAME: u32 = MAX_CHARS;
/// The longest text that a client may send as the value of a property, in characters.
pub const MAX_SENT_TEXT: u32 = MAX_CHARS;
/// The longest text that a property has, in characters: that of a joined array.
pub const MAX_PROPERTY_TEXT: u32 = 1_024;
/// Where the text of a joined array is cut, in characters (Heap's limit).
pub(super) const MAX_JOINED: usize = MAX_PROPERTY_TEXT as usize;

/// The value of a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PropertyValue {
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was sent.
    Number(Number),
    /// Text, also that of a joined array.
    Text(String),
}

/// Properties by name. Personal: never printed.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Properties(BTreeMap<String, PropertyValue>);

impl Properties {
    /// The properties in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &PropertyValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The value of a property.
    pub fn get(&self, name: &str) -> Option<&PropertyValue> {
        self.0.get(name)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Properties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Properties({})", self.0.len())
    }
}

impl IntoIterator for Properties {
    type Item = (String, PropertyValue);
    type IntoIter = std::collections::btree_map::IntoIter<String, PropertyValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(String, PropertyValue)> for Properties {
    fn from_iter<I: IntoIterator<Item = (String, PropertyValue)>>(properties: I) -> Self {
        Self(properties.into_iter().collect())
    }
}

/// Properties as they come.
#[derive(Default)]
pub(super) struct RawProperties<'a>(Vec<(String, Scalar<'a>)>);

impl<'a> Fields<'a> for RawProperties<'a> {
    fn set<A: MapAccess<'a>>(&mut self, key: &str, entries: &mut A) -> Result<(), A::Error> {
        let Read(value) = entries.next_value::<Read<Scalar<'a>>>()?;
        self.0.push((key.to_owned(), value));
        Ok(())
    }
}

/// Judges the properties of an event. A property that is `null` has no value and is left out.
pub(super) fn of_event(raw: Object<RawProperties<'_>>, at: &Path) -> Result<Properties, CollectError> {
    let at = at.clone().key("properties");
    let raw = match raw {
        Object::Absent => return Ok(Properties::default()),
        Object::Other => return Err(at.should(Expected::Object)),
        Object::Is(RawProperties(raw)) => raw,
    };
    let mut properties = BTreeMap::new();
    for (name, value) in raw {
        if !is_property_name(&name) {
            return Err(at.should(Expected::PropertyNames(MAX_PROPERTY_NAME)));
        }
        match judge(value) {
            Ok(Some(value)) => drop(properties.insert(name, value)),
            Ok(None) => drop(properties.remove(&name)),
            Err(expected) => return Err(at.property(&name).should(expected)),
        }
    }
    Ok(Properties(properties))
}

/// Judges the properties of a user, of which none may be called `id`.
pub(super) fn of_user(raw: Object<RawProperties<'_>>, at: &Path) -> Result<Properties, CollectError> {
    match &raw {
        Object::Is(RawProperties(names)) if names.iter().any(|(name, _)| is_reserved_for_users(name)) => {
            Err(at.clone().key("properties").should(Expected::NoId))
        }
        _ => of_event(raw, at),
    }
}

/// Whether a property may be called so.
pub(crate) fn is_property_name(name: &str) -> bool {
    !(name.is_empty() || longer_than(name, MAX_PROPERTY_NAME) || name.contains('\0'))
}

/// Whether a property of a user may not be called so.
pub(crate) fn is_reserved_for_users(name: &str) -> bool {
    name.eq_ignore_ascii_case("id")
}

fn judge(value: Scalar<'_>) -> Result<Option<PropertyValue>, Expected> {
    match value {
        Scalar::Absent => Ok(None),
        Scalar::Bool(value) => Ok(Some(PropertyValue::Bool(value))),
        Scalar::Number(number) => Ok(Some(PropertyValue::Number(number))),
        Scalar::Text(text) if longer_than(&text, MAX_SENT_TEXT) => Err(Expected::AtMostChars(MAX_SENT_TEXT)),
        Scalar::Text(text) => plain(text).map(Some),
        Scalar::Joined(text) => plain(Cow::Owned(text)).map(Some),
        Scalar::Other => Err(Expected::Scalar),
    }
}

fn plain(text: Cow<'_, str>) -> Result<PropertyValue, Expected> {
    if text.contains('\0') { Err(Expected::NoNul) } else { Ok(PropertyValue::Text(text.into_owned())) }
}

/// Counts characters only where the bytes leave it open.
pub(super) fn longer_than(text: &str, max: u32) -> bool {
    text.len() > max as usize && text.chars().count() > max as usize
}
