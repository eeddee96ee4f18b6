//! Segments: the users of whom a condition is true.

use super::{Condition, ConditionText, Property};
use crate::{
    collect,
    invalid::{Field, Invalid, Mistakes, Problem},
    name::DefinitionName,
};

/// A segment as its form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentDraft {
    /// The segment's name.
    pub name: DefinitionName,
    /// What is true of its users.
    pub condition: Condition,
}

impl SegmentDraft {
    /// Checks every field and tells all that is wrong at once.
    ///
    /// # Errors
    /// The mistakes of the form.
    pub fn parse(name: &str, condition: &ConditionText<'_>) -> Result<Self, Invalid> {
        let mut mistakes = Mistakes::new();
        let name = mistakes.take(Field::Name, DefinitionName::parse(name));
        let condition = condition.parse(&mut mistakes);
        let problem = match &condition {
            Some(None) => Some(Problem::Empty),
            Some(Some(Condition { property: Property::Raw(name), .. })) if collect::is_reserved_for_users(name.as_str()) => {
                Some(Problem::Reserved)
            }
            _ => None,
        };
        if let Some(problem) = problem {
            mistakes.add(Field::PropertyName, None, problem);
        }
        match (name, condition, problem) {
            (Some(name), Some(Some(condition)), None) => Ok(Self { name, condition }),
            _ => Err(mistakes.into_invalid()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_has_a_name_and_a_condition() {
        let text = ConditionText { name: "plan", comparison: "is", value: "gold", ..ConditionText::default() };
        assert_eq!(SegmentDraft::parse(" Paying ", &text).map(|draft| draft.name.to_string()), Ok("Paying".to_owned()));
    }

    #[test]
    fn no_segment_asks_for_an_id_because_none_is_collected() {
        let text = ConditionText { name: "ID", comparison: "is_set", ..ConditionText::default() };
        let problem = SegmentDraft::parse("All", &text).err().and_then(|i| Some(i.of(Field::PropertyName)?.problem));
        assert_eq!(problem, Some(Problem::Reserved));
    }

    #[test]
    fn a_segment_without_a_property_is_refused() {
        let invalid = SegmentDraft::parse("", &ConditionText { comparison: "is_set", ..ConditionText::default() }).err();
        let told = |field| invalid.as_ref().and_then(|i| i.of(field)).map(|m| m.problem);
        assert_eq!(told(Field::Name), Some(Problem::Empty));
        assert_eq!(told(Field::PropertyName), Some(Problem::Empty));
    }
}
