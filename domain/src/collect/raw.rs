//! JSON as it comes, read into the shape that a body should have without judging it yet.
//!
//! Not `serde_json::Value`, which takes up to a hundred times the memory of a hostile body: what no field wants is passed over while it is read. Everything is
//! read through `deserialize_any`, so that the nesting limit of `serde_json` holds for what is passed over too.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::Number;

use super::properties::MAX_JOINED;

/// Something that is made of any JSON value.
pub(super) trait Raw<'a>: Sized {
    /// Made of `null`.
    fn absent() -> Self;
    /// Made of what does not fit.
    fn other() -> Self;
    fn scalar(_scalar: Scalar<'a>) -> Self {
        Self::other()
    }
    fn list<A: SeqAccess<'a>>(mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Read<Skipped>>()?.is_some() {}
        Ok(Self::other())
    }
    fn object<A: MapAccess<'a>>(mut entries: A) -> Result<Self, A::Error> {
        while entries.next_key::<Read<Skipped>>()?.is_some() {
            entries.next_value::<Read<Skipped>>()?;
        }
        Ok(Self::other())
    }
}

/// Reads a `T` from a deserializer.
pub(super) struct Read<T>(pub T);

impl<'a, T: Raw<'a>> Deserialize<'a> for Read<T> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue(PhantomData)).map(Read)
    }
}

struct AnyValue<T>(PhantomData<T>);

impl<'a, T: Raw<'a>> Visitor<'a> for AnyValue<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::absent())
    }

    fn visit_bool<E>(self, value: bool) -> Result<T, E> {
        Ok(T::scalar(Scalar::Bool(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<T, E> {
        Ok(T::scalar(Scalar::Number(value.into())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<T, E> {
        Ok(T::scalar(Scalar::Number(value.into())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<T, E> {
        Ok(Number::from_f64(value).map_or_else(T::other, |number| T::scalar(Scalar::Number(number))))
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<T, E> {
        Ok(T::scalar(Scalar::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::scalar(Scalar::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, items: A) -> Result<T, A::Error> {
        T::list(items)
    }

    fn visit_map<A: MapAccess<'a>>(self, entries: A) -> Result<T, A::Error> {
        T::object(entries)
    }
}

struct Skipped;

impl Raw<'_> for Skipped {
    fn absent() -> Self {
        Self
    }

    fn other() -> Self {
        Self
    }
}

/// A value without members, or an array of such, joined.
#[derive(Default)]
pub(super) enum Scalar<'a> {
    #[default]
    Absent,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    /// The items joined with `||`, `null` left out, cut at [`MAX_JOINED`] characters.
    Joined(String),
    Other,
}

impl<'a> Raw<'a> for Scalar<'a> {
    fn absent() -> Self {
        Self::Absent
    }

    fn other() -> Self {
        Self::Other
    }

    fn scalar(scalar: Self) -> Self {
        scalar
    }

    fn list<A: SeqAccess<'a>>(mut items: A) -> Result<Self, A::Error> {
        let mut joined = String::new();
        let mut room = MAX_JOINED;
        let (mut first, mut plain) = (true, true);
        while let Some(Read(item)) = items.next_element::<Read<Scalar<'a>>>()? {
            let text = match item {
                Scalar::Absent => continue,
                Scalar::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
                Scalar::Number(number) => Cow::Owned(number.to_string()),
                Scalar::Text(text) => text,
                Scalar::Joined(_) | Scalar::Other => {
                    plain = false;
                    continue;
                }
            };
            let separator = if first { "" } else { "||" };
            first = false;
            for character in separator.chars().chain(text.chars()).take(room) {
                joined.push(character);
                room -= 1;
            }
        }
        Ok(if plain { Self::Joined(joined) } else { Self::Other })
    }
}

/// An object with the fields of `T`.
#[derive(Default)]
pub(super) enum Object<T> {
    #[default]
    Absent,
    Is(T),
    Other,
}

/// The fields of an object, set one after the other.
pub(super) trait Fields<'a>: Default {
    fn set<A: MapAccess<'a>>(&mut self, key: &str, entries: &mut A) -> Result<(), A::Error>;
}

impl<'a, T: Fields<'a>> Raw<'a> for Object<T> {
    fn absent() -> Self {
        Self::Absent
    }

    fn other() -> Self {
        Self::Other
    }

    fn object<A: MapAccess<'a>>(mut entries: A) -> Result<Self, A::Error> {
        let mut fields = T::default();
        while let Some(Read(key)) = entries.next_key::<Read<Scalar<'a>>>()? {
            match key {
                Scalar::Text(key) => fields.set(&key, &mut entries)?,
                _ => skip(&mut entries)?,
            }
        }
        Ok(Self::Is(fields))
    }
}

/// Passes over the value of a key that nobody wants.
pub(super) fn skip<'a, A: MapAccess<'a>>(entries: &mut A) -> Result<(), A::Error> {
    entries.next_value::<Read<Skipped>>().map(|_| ())
}

/// An array, of which no more than `MAX` items are kept.
#[derive(Default)]
pub(super) enum List<T, const MAX: usize> {
    #[default]
    Absent,
    Is(Vec<T>),
    TooMany,
    Other,
}

impl<'a, T: Raw<'a>, const MAX: usize> Raw<'a> for List<T, MAX> {
    fn absent() -> Self {
        Self::Absent
    }

    fn other() -> Self {
        Self::Other
    }

    fn list<A: SeqAccess<'a>>(mut items: A) -> Result<Self, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < MAX {
            match items.next_element::<Read<T>>()? {
                Some(Read(item)) => kept.push(item),
                None => return Ok(Self::Is(kept)),
            }
        }
        let mut more = false;
        while items.next_element::<Read<Skipped>>()?.is_some() {
            more = true;
        }
        Ok(if more { Self::TooMany } else { Self::Is(kept) })
    }
}
