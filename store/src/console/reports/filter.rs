//! What limits a report, as SQL.
//!
//! A segment is the set of its users, made once a statement from the properties: `members`, which events are joined to. Joins between tables of users carry environment and user
//! key; those that an alias leads to stand in the set under the identity, so that the join to it needs no other.

use domain::{
    collect::PropertyValue,
    definition::{Comparison, Condition, Property, PropertyName},
    id::EnvironmentId,
};

use super::Limits;
use crate::{
    Error,
    console::definitions::{condition::json, properties, segments},
    engine::{Bound, Query, Tx},
    keys::Keys,
};

/// The limits of a report without references: what is asked of which raw properties.
#[derive(Default)]
pub(super) struct Filter {
    pub(super) users: Option<Asked>,
    pub(super) events: Option<Asked>,
}

pub(super) struct Asked {
    /// Of those that are there the first counts.
    names: Vec<PropertyName>,
    comparison: Comparison,
}

impl Filter {
    /// Archived definitions count as any.
    pub(super) async fn of(tx: &mut Tx, environment: EnvironmentId, limits: &Limits) -> Result<Self, Error> {
        let users = match &limits.segment {
            Some((key, _)) => {
                let segment = segments::one(tx, environment, *key).await?;
                Some(Asked::of(tx, environment, segment.condition).await?)
            }
            None => None,
        };
        let events = match &limits.filter {
            Some((condition, _)) => Some(Asked::of(tx, environment, condition.clone()).await?),
            None => None,
        };
        Ok(Self { users, events })
    }
}

impl Asked {
    async fn of(tx: &mut Tx, environment: EnvironmentId, condition: Condition) -> Result<Self, Error> {
        let names = match condition.property {
            Property::Raw(name) => vec![name],
            Property::Defined(key) => properties::one(tx, environment, key).await?.raw_names,
        };
        Ok(Self { names, comparison: condition.comparison })
    }

    /// Whether it is asked for users outside of [`Asked::members`].
    pub(super) fn excludes(&self) -> bool {
        matches!(self.comparison, Comparison::IsNot(_) | Comparison::IsNotSet)
    }

    /// `SELECT`: the users who have the property, or the value where there is one to compare with. What an identity has itself wins over what was known of its devices, as it
    /// does when their rows are moved to it.
    pub(super) fn members(&self, query: &mut Query, keys: &Keys, environment: EnvironmentId) -> Result<(), Error> {
        query.push("SELECT COALESCE(b.identified_key, p.user_key) AS who FROM user_properties p LEFT JOIN aliases b ON b.environment_id = p.environment_id AND b.user_key = p.user_key WHERE p.environment_id = ");
        query.bind(environment).push(" AND p.property_key IN (");
        let names: Vec<Bound> = self.names.iter().map(|name| query.value(keys.name_key(environment, name.as_str()))).collect();
        query
            .list(&names, |query, name| {
                query.name(*name);
            })
            .push(") GROUP BY COALESCE(b.identified_key, p.user_key)");
        if let Some(value) = self.comparison.value() {
            query.push(" HAVING MIN(CASE WHEN ");
            equals(query, value, |query| {
                query.push("p.value");
            })?;
            query.push(" THEN ");
            rank(query, &names);
            query.push(" END) <= MIN(");
            rank(query, &names);
            query.push(")");
        }
        Ok(())
    }

    /// What is true of the events `e` that count.
    pub(super) fn holds(&self, query: &mut Query) -> Result<(), Error> {
        let names: Vec<Bound> = self.names.iter().map(|name| query.selector(name.as_str())).collect();
        let value = |query: &mut Query| {
            if let [name] = names[..] {
                query.member("e.properties", name);
            } else {
                query.push("COALESCE(");
                query
                    .list(&names, |query, name| {
                        query.member("e.properties", *name);
                    })
                    .push(")");
            }
        };
        match &self.comparison {
            Comparison::IsSet => {
                value(query);
                query.push(" IS NOT NULL");
            }
            Comparison::IsNotSet => {
                value(query);
                query.push(" IS NULL");
            }
            Comparison::Is(compared) => equals(query, compared, value)?,
            Comparison::IsNot(compared) => {
                query.push("(");
                equals(query, compared, value)?;
                query.push(") IS NOT TRUE");
            }
        }
        Ok(())
    }
}

/// Which of a user's rows counts: the lowest. Those of one name stand together, an identity's own before its devices'.
fn rank(query: &mut Query, names: &[Bound]) {
    query.push("(CASE p.property_key");
    for (place, name) in names.iter().enumerate() {
        query.push(" WHEN ").name(*name).push(" THEN ").number(2 * place);
    }
    query.push(" END + CASE WHEN b.identified_key IS NULL THEN 0 ELSE 1 END)");
}

/// Whether JSON text is that of a value. Text and truth have one spelling; numbers have many, such as 1 and 1.0.
pub(in crate::console) fn equals(query: &mut Query, value: &PropertyValue, text: impl Fn(&mut Query)) -> Result<(), Error> {
    if let PropertyValue::Number(number) = value {
        query.push("CASE WHEN substr(");
        text(query);
        query.push(", 1, 1) IN ('\"', 't', 'f') THEN NULL ELSE CAST(");
        text(query);
        query.push(" AS DOUBLE PRECISION) END = CAST(").bind(number.to_string()).push(" AS DOUBLE PRECISION)");
    } else {
        text(query);
        query.push(" = ").bind(json(value)?);
    }
    Ok(())
}
