//! Event definitions.

use crate::{
    invalid::{Field, Invalid, Mistakes},
    name::{DefinitionName, EventName},
};

/// An event definition as its form gives it: all events of one name, of the past as of the future.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDefinitionDraft {
    /// The definition's name.
    pub name: DefinitionName,
    /// The name of the events as clients send it.
    pub event_name: EventName,
}

impl EventDefinitionDraft {
    /// Checks every field and tells all that is wrong at once.
    ///
    /// # Errors
    /// The mistakes of the form.
    pub fn parse(name: &str, event_name: &str) -> Result<Self, Invalid> {
        let mut mistakes = Mistakes::new();
        let name = mistakes.take(Field::Name, DefinitionName::parse(name));
        let event_name = mistakes.take(Field::EventName, EventName::parse(event_name));
        match (name, event_name) {
            (Some(name), Some(event_name)) => Ok(Self { name, event_name }),
            _ => Err(mistakes.into_invalid()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invalid::Problem;

    #[test]
    fn a_definition_has_a_name_and_the_name_of_an_event() {
        let draft = EventDefinitionDraft::parse("Order placed", "order placed");
        let names = draft.map(|d| (d.name.to_string(), d.event_name.to_string()));
        assert_eq!(names, Ok(("Order placed".to_owned(), "order placed".to_owned())));
    }

    #[test]
    fn both_fields_are_told_when_both_are_wrong() {
        let invalid = EventDefinitionDraft::parse(" ", &"x".repeat(1025)).err();
        let told = |field| invalid.as_ref().and_then(|i| i.of(field)).map(|m| m.problem);
        assert_eq!(told(Field::Name), Some(Problem::Empty));
        assert_eq!(told(Field::EventName), Some(Problem::TooLong { max: 1024 }));
    }
}
