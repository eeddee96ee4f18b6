//! What can be asked of one property.

use serde_json::Number;

use super::PropertyName;
use crate::{
    collect::{MAX_PROPERTY_TEXT, PropertyValue},
    id::DefinitionKey,
    invalid::{Field, Mistakes, Problem},
};

/// A property as a condition names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// As clients send it.
    Raw(PropertyName),
    /// By its definition.
    Defined(DefinitionKey),
}

/// What is asked of its value. Values of two types are never equal; numbers are equal as double-precision numbers, as in JavaScript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// It is there and equal.
    Is(PropertyValue),
    /// It is not there, or not equal.
    IsNot(PropertyValue),
    /// It is there.
    IsSet,
    /// It is not there.
    IsNotSet,
}

/// A property and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The property.
    pub property: Property,
    /// What is asked.
    pub comparison: Comparison,
}

impl Comparison {
    /// The word that is stored.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Is(_) => "is",
            Self::IsNot(_) => "is_not",
            Self::IsSet => "is_set",
            Self::IsNotSet => "is_not_set",
        }
    }

    /// The value that is compared with.
    pub const fn value(&self) -> Option<&PropertyValue> {
        match self {
            Self::Is(value) | Self::IsNot(value) => Some(value),
            Self::IsSet | Self::IsNotSet => None,
        }
    }

    /// What [`Comparison::as_str`] and [`Comparison::value`] are parts of, if they are.
    pub fn of(word: &str, value: Option<PropertyValue>) -> Option<Self> {
        match (word, value) {
            ("is", Some(value)) => Some(Self::Is(value)),
            ("is_not", Some(value)) => Some(Self::IsNot(value)),
            ("is_set", None) => Some(Self::IsSet),
            ("is_not_set", None) => Some(Self::IsNotSet),
            _ => None,
        }
    }

    /// The words of a form, one for each comparison and type of value, so that a form need not ask for the type.
    pub const CHOICES: [&'static str; 10] =
        ["is", "is_not", "is_number", "is_not_number", "is_true", "is_not_true", "is_false", "is_not_false", "is_set", "is_not_set"];

    /// Which of [`Comparison::CHOICES`] it is.
    pub const fn choice(&self) -> &'static str {
        match self {
            Self::Is(PropertyValue::Text(_)) => "is",
            Self::IsNot(PropertyValue::Text(_)) => "is_not",
            Self::Is(PropertyValue::Number(_)) => "is_number",
            Self::IsNot(PropertyValue::Number(_)) => "is_not_number",
            Self::Is(PropertyValue::Bool(true)) => "is_true",
            Self::IsNot(PropertyValue::Bool(true)) => "is_not_true",
            Self::Is(PropertyValue::Bool(false)) => "is_false",
            Self::IsNot(PropertyValue::Bool(false)) => "is_not_false",
            Self::IsSet => "is_set",
            Self::IsNotSet => "is_not_set",
        }
    }

    /// What is typed beside the choice.
    pub fn typed(&self) -> String {
        match self.value() {
            Some(PropertyValue::Text(text)) => text.clone(),
            Some(PropertyValue::Number(number)) => number.to_string(),
            Some(PropertyValue::Bool(_)) | None => String::new(),
        }
    }

    fn parse(choice: &str, value: &str) -> Result<Self, (Field, Problem)> {
        let value = value.trim();
        let text = || parse_text(value).map_err(|problem| (Field::Value, problem));
        let number = || parse_number(value).map_err(|problem| (Field::Value, problem));
        match choice {
            "is" => text().map(Self::Is),
            "is_not" => text().map(Self::IsNot),
            "is_number" => number().map(Self::Is),
            "is_not_number" => number().map(Self::IsNot),
            "is_true" => Ok(Self::Is(PropertyValue::Bool(true))),
            "is_not_true" => Ok(Self::IsNot(PropertyValue::Bool(true))),
            "is_false" => Ok(Self::Is(PropertyValue::Bool(false))),
            "is_not_false" => Ok(Self::IsNot(PropertyValue::Bool(false))),
            "is_set" => Ok(Self::IsSet),
            "is_not_set" => Ok(Self::IsNotSet),
            _ => Err((Field::Comparison, Problem::NotAChoice)),
        }
    }
}

fn parse_text(text: &str) -> Result<PropertyValue, Problem> {
    if text.is_empty() {
        Err(Problem::Empty)
    } else if text.chars().count() > MAX_PROPERTY_TEXT as usize {
        Err(Problem::TooLong { max: MAX_PROPERTY_TEXT })
    } else if text.contains('\0') {
        Err(Problem::ControlCharacters)
    } else {
        Ok(PropertyValue::Text(text.to_owned()))
    }
}

fn parse_number(text: &str) -> Result<PropertyValue, Problem> {
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    let whole = text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from)).ok();
    let number = whole.or_else(|| Number::from_f64(text.parse().ok()?));
    number.map(PropertyValue::Number).ok_or(Problem::NotANumber)
}

/// A condition as a form gives it: a definition or a raw name, one of [`Comparison::CHOICES`], a value.
#[derive(Debug, Clone, Copy, Default)]
pub struct ConditionText<'a> {
    /// The key of a property definition, or nothing.
    pub property: &'a str,
    /// A raw name, or nothing.
    pub name: &'a str,
    /// The choice.
    pub comparison: &'a str,
    /// What it is compared with, where the choice needs it.
    pub value: &'a str,
}

impl ConditionText<'_> {
    /// Notes what is wrong and answers nothing then. A condition of no property and no value is none.
    pub fn parse(&self, mistakes: &mut Mistakes) -> Option<Option<Condition>> {
        let (property, name) = (self.property.trim(), self.name.trim());
        if property.is_empty() && name.is_empty() && self.value.trim().is_empty() {
            return Some(None);
        }
        let property = match (property, name) {
            ("", name) => mistakes.take(Field::PropertyName, PropertyName::parse(name).map(Property::Raw)),
            (key, "") => mistakes.take(Field::Property, key.parse().map(Property::Defined).map_err(|_| Problem::NotAChoice)),
            _ => mistakes.take(Field::PropertyName, Err(Problem::NotBoth)),
        };
        let comparison = Comparison::parse(self.comparison, self.value).map_err(|(field, problem)| mistakes.add(field, None, problem)).ok();
        Some(Some(Condition { property: property?, comparison: comparison? }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "0197c0de-0000-7000-8000-000000000001";

    fn parse(property: &str, name: &str, comparison: &str, value: &str) -> Result<Option<Condition>, Vec<(Field, Problem)>> {
        let mut mistakes = Mistakes::new();
        let parsed = ConditionText { property, name, comparison, value }.parse(&mut mistakes);
        let told: Vec<_> = mistakes.into_invalid().mistakes.into_iter().map(|m| (m.field, m.problem)).collect();
        assert_eq!(parsed.is_none(), !told.is_empty());
        parsed.ok_or(told)
    }

    #[test]
    fn a_condition_names_a_raw_property_or_a_defined_one() {
        let raw = parse("", " plan ", "is_set", "");
        let defined = parse(KEY, "", "is_set", "");
        let property = |parsed: Result<Option<Condition>, _>| parsed.ok().flatten().map(|condition| condition.property);
        assert_eq!(property(raw), PropertyName::parse("plan").ok().map(Property::Raw));
        assert_eq!(property(defined), KEY.parse().ok().map(Property::Defined));
        assert_eq!(parse(KEY, "plan", "is_set", ""), Err(vec![(Field::PropertyName, Problem::NotBoth)]));
        assert_eq!(parse("x", "", "is_set", ""), Err(vec![(Field::Property, Problem::NotAChoice)]));
    }

    #[test]
    fn nothing_typed_is_no_condition_and_a_value_alone_is_half_of_one() {
        assert_eq!(parse("", "", "is", ""), Ok(None));
        assert_eq!(parse("", "", "is", "gold"), Err(vec![(Field::PropertyName, Problem::Empty)]));
    }

    #[test]
    fn everything_wrong_with_a_condition_is_told_at_once() {
        assert_eq!(parse("x", "", "is", ""), Err(vec![(Field::Property, Problem::NotAChoice), (Field::Value, Problem::Empty)]));
        assert_eq!(parse("", "plan", "was", "gold"), Err(vec![(Field::Comparison, Problem::NotAChoice)]));
        for bad in ["one", "1,5", "inf", "NaN", "1e999"] {
            assert_eq!(parse("", "age", "is_number", bad), Err(vec![(Field::Value, Problem::NotANumber)]), "{bad}");
        }
        assert_eq!(parse("", "plan", "is", &"x".repeat(1025)), Err(vec![(Field::Value, Problem::TooLong { max: 1024 })]));
    }

    fn value() -> impl Strategy<Value = PropertyValue> {
        prop_oneof![
            any::<bool>().prop_map(PropertyValue::Bool),
            any::<i64>().prop_map(|n| PropertyValue::Number(n.into())),
            any::<u64>().prop_map(|n| PropertyValue::Number(n.into())),
            any::<f64>().prop_filter_map("finite", |n| Number::from_f64(n).map(PropertyValue::Number)),
            "[^\0]{1,40}"
                .prop_map(|text| PropertyValue::Text(text.trim().to_owned()))
                .prop_filter("not blank", |v| *v != PropertyValue::Text(String::new())),
        ]
    }

    proptest! {
        #[test]
        fn a_comparison_survives_its_form_and_its_storage(value in value(), which in 0..4) {
            let comparison = match which {
                0 => Comparison::Is(value),
                1 => Comparison::IsNot(value),
                2 => Comparison::IsSet,
                _ => Comparison::IsNotSet,
            };
            prop_assert_eq!(Comparison::of(comparison.as_str(), comparison.value().cloned()), Some(comparison.clone()));
            prop_assert!(Comparison::CHOICES.contains(&comparison.choice()));
            prop_assert_eq!(Comparison::parse(comparison.choice(), &comparison.typed()), Ok(comparison));
        }
    }
}
