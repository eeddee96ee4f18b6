//! Conditions in their columns, which segments and reports have alike.

use domain::{
    collect::PropertyValue,
    definition::{Comparison, Condition, Property, PropertyKind, PropertyName},
    id::{DefinitionKey, EnvironmentId},
    invalid::{Field, Problem},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::properties;
use crate::{
    Error,
    engine::{Arg, Tx, args},
};

/// The columns, with the name of the definition.
#[derive(FromRow)]
pub(in crate::console) struct ConditionRow {
    property_definition: Option<Uuid>,
    property_definition_name: Option<String>,
    property_name: Option<String>,
    comparison: Option<String>,
    value: Option<String>,
}

impl ConditionRow {
    /// The condition and how its property is called; nothing where there is none.
    pub(in crate::console) fn read(self) -> Option<Result<(Condition, String), Error>> {
        let comparison = self.comparison.clone()?;
        Some(self.stored(&comparison).ok_or(Error::Inconsistent { table: "segments, reports" }))
    }

    fn stored(self, comparison: &str) -> Option<(Condition, String)> {
        let value = match self.value {
            Some(json) => Some(serde_json::from_str::<PropertyValue>(&json).ok()?),
            None => None,
        };
        let comparison = Comparison::of(comparison, value)?;
        let (property, called) = match (self.property_definition, self.property_name) {
            (Some(key), None) => (Property::Defined(DefinitionKey(key)), self.property_definition_name?),
            (None, Some(name)) => (Property::Raw(PropertyName::parse(&name).ok()?), name),
            _ => return None,
        };
        Some((Condition { property, comparison }, called))
    }
}

/// `property_definition`, `property_name`, `comparison` and `value`.
pub(in crate::console) fn columns(condition: Option<&Condition>) -> Result<Vec<Arg>, Error> {
    let (definition, name) = match condition.map(|condition| &condition.property) {
        Some(Property::Defined(key)) => (Some(key.0), None),
        Some(Property::Raw(name)) => (None, Some(name.to_string())),
        None => (None, None),
    };
    let comparison = condition.map(|condition| condition.comparison.as_str().to_owned());
    let value = condition.and_then(|condition| condition.comparison.value()).map(json).transpose()?;
    Ok(args![definition, name, comparison, value])
}

/// A value as the collector stores it.
pub(in crate::console) fn json(value: &PropertyValue) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::Inconsistent { table: "segments, reports" })
}

/// Refuses a definition that the environment has not, or that is of another kind.
pub(in crate::console) async fn check(
    tx: &mut Tx,
    environment: EnvironmentId,
    condition: &Condition,
    kind: PropertyKind,
) -> Result<(), Error> {
    let Property::Defined(key) = condition.property else { return Ok(()) };
    match properties::one(tx, environment, key).await {
        Ok(definition) if definition.kind == kind => Ok(()),
        Ok(_) | Err(Error::NotFound) => Err(Error::mistake(Field::Property, Problem::Missing)),
        Err(error) => Err(error),
    }
}
