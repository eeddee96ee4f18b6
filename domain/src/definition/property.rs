//! Property definitions: one name for a property that clients call by several.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    collect,
    invalid::{Field, Invalid, Mistakes, Problem},
    name::DefinitionName,
};

/// Whose property it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropertyKind {
    /// Of users.
    User,
    /// Of events.
    Event,
}

impl PropertyKind {
    /// Every kind there is.
    pub const ALL: [Self; 2] = [Self::User, Self::Event];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Event => "event",
        }
    }

    /// The reverse of [`PropertyKind::as_str`].
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(word: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(Problem::NotAChoice)
    }
}

/// The name of a property as clients send it: what the collector takes, which is any text of at most [`PropertyName::MAX`] characters without a NUL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PropertyName(String);

impl PropertyName {
    /// The longest name in characters.
    pub const MAX: u32 = collect::MAX_PROPERTY_NAME;

    /// Judges a name as the collector does, without the space around it.
    ///
    /// # Errors
    /// `Empty`, `TooLong` or `ControlCharacters`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            Err(Problem::Empty)
        } else if collect::is_property_name(text) {
            Ok(Self(text.to_owned()))
        } else if text.contains('\0') {
            Err(Problem::ControlCharacters)
        } else {
            Err(Problem::TooLong { max: Self::MAX })
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PropertyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PropertyName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not the name of a property")
    }
}

impl From<PropertyName> for String {
    fn from(name: PropertyName) -> Self {
        name.0
    }
}

/// A property definition as its form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyDefinitionDraft {
    /// The definition's name.
    pub name: DefinitionName,
    /// Whose property it is.
    pub kind: PropertyKind,
    /// What clients call it, each once. Of those that are there the first counts.
    pub raw_names: Vec<PropertyName>,
}

impl PropertyDefinitionDraft {
    /// The most raw names.
    pub const MAX_NAMES: u32 = 20;

    /// Checks every field and tells all that is wrong at once. `raw_names` has a name a line; empty lines and repetitions are passed over.
    ///
    /// # Errors
    /// The mistakes of the form.
    pub fn parse(name: &str, kind: &str, raw_names: &str) -> Result<Self, Invalid> {
        let mut mistakes = Mistakes::new();
        let name = mistakes.take(Field::Name, DefinitionName::parse(name));
        let kind = mistakes.take(Field::Kind, PropertyKind::parse(kind));
        let raw_names = parse_names(raw_names, kind, &mut mistakes);
        match (name, kind, raw_names) {
            (Some(name), Some(kind), Some(raw_names)) => Ok(Self { name, kind, raw_names }),
            _ => Err(mistakes.into_invalid()),
        }
    }
}

fn parse_names(text: &str, kind: Option<PropertyKind>, mistakes: &mut Mistakes) -> Option<Vec<PropertyName>> {
    let mut names = Vec::new();
    let mut whole = true;
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        match PropertyName::parse(text) {
            // The collector refuses a property of this name for users.
            Ok(name) if kind == Some(PropertyKind::User) && collect::is_reserved_for_users(name.as_str()) => {
                mistakes.add(Field::RawNames, Some(line), Problem::Reserved);
                whole = false;
            }
            Ok(name) if names.contains(&name) => {}
            Ok(name) => names.push(name),
            Err(problem) => {
                mistakes.add(Field::RawNames, Some(line), problem);
                whole = false;
            }
        }
    }
    if names.len() > PropertyDefinitionDraft::MAX_NAMES as usize {
        mistakes.add(Field::RawNames, None, Problem::TooMany { max: PropertyDefinitionDraft::MAX_NAMES });
        whole = false;
    } else if whole && names.is_empty() {
        mistakes.add(Field::RawNames, None, Problem::Empty);
        whole = false;
    }
    whole.then_some(names)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(draft: &PropertyDefinitionDraft) -> Vec<&str> {
        draft.raw_names.iter().map(PropertyName::as_str).collect()
    }

    #[test]
    fn a_property_has_the_names_of_its_lines_in_their_order_each_once() {
        let draft = PropertyDefinitionDraft::parse("Plan", "user", " plan \r\n\nPlan\nplan\n").ok();
        assert_eq!(draft.as_ref().map(names), Some(vec!["plan", "Plan"]));
    }

    #[test]
    fn everything_wrong_with_a_property_is_told_at_once_with_its_line() {
        let text = format!("a\n{}\nb\u{0}c", "x".repeat(1024));
        let invalid = PropertyDefinitionDraft::parse("", "session", &text).err();
        let told: Vec<_> = invalid.iter().flat_map(|i| &i.mistakes).map(|m| (m.field, m.line, m.problem)).collect();
        assert_eq!(
            told,
            [
                (Field::Name, None, Problem::Empty),
                (Field::Kind, None, Problem::NotAChoice),
                (Field::RawNames, Some(2), Problem::TooLong { max: 1023 }),
                (Field::RawNames, Some(3), Problem::ControlCharacters),
            ]
        );
    }

    #[test]
    fn a_property_has_one_to_twenty_names() {
        let problem =
            |text: &str| PropertyDefinitionDraft::parse("P", "event", text).err().and_then(|i| Some(i.of(Field::RawNames)?.problem));
        let many = |count: u32| (0..count).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        assert_eq!(problem(" \n "), Some(Problem::Empty));
        assert_eq!(problem(&many(20)), None);
        assert_eq!(problem(&many(21)), Some(Problem::TooMany { max: 20 }));
    }

    #[test]
    fn no_user_property_is_called_id_because_none_is_collected() {
        let problem = |kind| PropertyDefinitionDraft::parse("P", kind, "Id").err().and_then(|i| Some(i.of(Field::RawNames)?.problem));
        assert_eq!(problem("user"), Some(Problem::Reserved));
        assert_eq!(problem("event"), None);
    }

    proptest! {
        #[test]
        fn a_name_is_taken_exactly_if_the_collector_takes_it(text in "[a\0ü \"\\\\]{0,30}", times in 1_usize..60) {
            let text = text.trim().repeat(times);
            prop_assert_eq!(PropertyName::parse(&text).is_ok(), collect::is_property_name(&text));
        }
    }
}
