//! The part of a form that asks something of a property: for segments and for limits of reports.

#[cfg(feature = "ssr")]
use domain::definition::{Comparison, Condition, Property, PropertyKind};
#[cfg(feature = "ssr")]
use store::console::definitions::PropertyDefinition;

use crate::{forms::typed, prelude::*};

/// What can be chosen, and what is chosen or typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConditionDesk {
    /// Key and name of each property definition that can be asked for.
    pub properties: Vec<(String, String)>,
    /// The comparisons, and how they are called.
    pub comparisons: Vec<(String, String)>,
    pub property: String,
    pub property_name: String,
    pub comparison: String,
    pub value: String,
    /// Names that clients sent.
    pub received: Vec<String>,
}

impl ConditionDesk {
    /// Whether there is anything in the fields.
    pub fn is_in_use(&self) -> bool {
        let filled = |field, given: &str| !typed(field, given).is_empty();
        filled(Field::Property, &self.property) || filled(Field::PropertyName, &self.property_name) || filled(Field::Value, &self.value)
    }

    /// The fields. Without a raw name or a definition they are about nothing, which is for the form to judge.
    pub fn fields(self, optional: bool) -> AnyView {
        let choices = |list: Vec<(String, String)>| list.into_iter().map(|(value, label)| Choice::new(value, label)).collect::<Vec<_>>();
        let defined = !self.properties.is_empty();
        let select = defined.then(|| {
            let mut all = vec![Choice::new("", "None of these: the one named below")];
            all.extend(choices(self.properties));
            view! { <SelectField field=Field::Property label="Defined property" value=self.property choices=all /> }
        });
        view! {
            {select}
            <TextField field=Field::PropertyName label="Property name" hint="Exactly as clients send it, for example plan." value=self.property_name code=true suggestions=self.received optional=optional || defined />
            <SelectField field=Field::Comparison label="Comparison" value=self.comparison choices=choices(self.comparisons) />
            <TextField field=Field::Value label="Value" hint="What the text or number is compared with. Capital letters count." value=self.value optional=true />
        }
        .into_any()
    }
}

#[cfg(feature = "ssr")]
impl ConditionDesk {
    /// From what is saved, or empty.
    pub fn of(saved: Option<&Condition>, mut definitions: Vec<PropertyDefinition>, kind: PropertyKind, received: Vec<String>) -> Self {
        let (property, property_name) = match saved.map(|condition| &condition.property) {
            Some(Property::Defined(key)) => (key.to_string(), String::new()),
            Some(Property::Raw(name)) => (String::new(), name.to_string()),
            None => (String::new(), String::new()),
        };
        // An archived one stays the choice of who has it.
        definitions.retain(|row| row.kind == kind && (row.archived_at.is_none() || row.key.to_string() == property));
        Self {
            properties: definitions.into_iter().map(|row| (row.key.to_string(), row.name)).collect(),
            comparisons: Comparison::CHOICES.into_iter().map(|choice| (choice.to_owned(), words(choice).to_owned())).collect(),
            property,
            property_name,
            comparison: saved.map_or("is", |condition| condition.comparison.choice()).to_owned(),
            value: saved.map(|condition| condition.comparison.typed()).unwrap_or_default(),
            received,
        }
    }
}

/// A condition in words: `plan is gold`.
#[cfg(feature = "ssr")]
pub fn said(condition: &Condition, property: &str) -> String {
    let value = condition.comparison.typed();
    let words = words(condition.comparison.choice());
    if value.is_empty() { [property, " ", words].concat() } else { [property, " ", words, " ", &value].concat() }
}

#[cfg(feature = "ssr")]
fn words(choice: &str) -> &'static str {
    match choice {
        "is" => "is",
        "is_not" => "is not",
        "is_number" => "is the number",
        "is_not_number" => "is not the number",
        "is_true" => "is true",
        "is_not_true" => "is not true",
        "is_false" => "is false",
        "is_not_false" => "is not false",
        "is_set" => "is set",
        _ => "is not set",
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_comparison_is_called_by_words_of_its_own() {
        let all: std::collections::BTreeSet<_> = Comparison::CHOICES.into_iter().map(words).collect();
        assert_eq!(all.len(), Comparison::CHOICES.len());
    }
}
