//! Definitions of whatever kind, as their list searches and sorts them.

use domain::{
    definition::{DefinitionKind, PropertyKind, PropertyName},
    id::{DefinitionKey, EnvironmentId},
    listing::{DefinitionSort, Listed, Search},
    time::Millis,
};
use store::{
    access::{Granted, View},
    console::definitions::{EventDefinition, PropertyDefinition, Segment},
};

use super::{DefinitionRow, condition::said};
use crate::{Error, ssr};

pub(super) struct Stored {
    key: DefinitionKey,
    name: String,
    rule: String,
    changed_at: Millis,
    pub(super) archived_at: Option<Millis>,
}

/// Every definition of one kind, archived ones too.
///
/// # Errors
/// `NotFound` for an environment that is not the account's.
pub(super) async fn all(granted: &Granted<View>, environment: EnvironmentId, kind: DefinitionKind) -> Result<Vec<Stored>, Error> {
    let console = &ssr::state()?.console;
    Ok(match kind {
        DefinitionKind::Event => console.definitions(granted, environment).await?.into_iter().map(Stored::from).collect(),
        DefinitionKind::Property => console.property_definitions(granted, environment).await?.into_iter().map(Stored::from).collect(),
        DefinitionKind::Segment => console.segments(granted, environment).await?.into_iter().map(Stored::from).collect(),
    })
}

impl Listed for Stored {
    type Sort = DefinitionSort;
    type Key = (String, Millis);

    fn matches(&self, search: &Search) -> bool {
        search.is_in(&self.name) || search.is_in(&self.rule)
    }

    fn key(&self, by: DefinitionSort) -> Self::Key {
        match by {
            DefinitionSort::Name => (self.name.to_lowercase(), Millis(0)),
            DefinitionSort::Changed => (String::new(), self.archived_at.unwrap_or(self.changed_at)),
        }
    }
}

impl From<Stored> for DefinitionRow {
    fn from(row: Stored) -> Self {
        let (changed, archived) = (ssr::moment(row.changed_at), row.archived_at.map(ssr::moment));
        Self { key: row.key, name: row.name, rule: row.rule, changed, archived }
    }
}

impl From<EventDefinition> for Stored {
    fn from(row: EventDefinition) -> Self {
        Self { key: row.key, name: row.name, rule: row.event_name, changed_at: row.changed_at, archived_at: row.archived_at }
    }
}

impl From<PropertyDefinition> for Stored {
    fn from(row: PropertyDefinition) -> Self {
        let whose = match row.kind {
            PropertyKind::User => "user: ",
            PropertyKind::Event => "event: ",
        };
        let names: Vec<&str> = row.raw_names.iter().map(PropertyName::as_str).collect();
        let rule = [whose, &names.join(", ")].concat();
        Self { key: row.key, name: row.name, rule, changed_at: row.changed_at, archived_at: row.archived_at }
    }
}

impl From<Segment> for Stored {
    fn from(row: Segment) -> Self {
        let rule = said(&row.condition, &row.property_name);
        Self { key: row.key, name: row.name, rule, changed_at: row.changed_at, archived_at: row.archived_at }
    }
}

#[cfg(test)]
mod tests {
    use domain::listing::Listing;
    use uuid::Uuid;

    use super::*;

    fn found(search: &str, sort: &str, page: &str) -> Vec<String> {
        let stored = |n: i64| Stored {
            key: DefinitionKey(Uuid::nil()),
            name: format!("Step {n:04}"),
            rule: format!("step {}", n % 7),
            changed_at: Millis(-n),
            archived_at: None,
        };
        let page = Listing::parse(search, sort, page).pick((0..1_000).map(stored).collect());
        page.rows.into_iter().map(|row| row.name).collect()
    }

    #[test]
    fn a_thousand_definitions_are_searched_by_name_and_by_what_they_say_and_sorted_by_their_change() {
        assert_eq!(found("step 0042", "", ""), ["Step 0042"]);
        assert_eq!(found("STEP 3", "", "").first().map(String::as_str), Some("Step 0003"));
        assert_eq!(found("", "changed", "").first().map(String::as_str), Some("Step 0999"));
        assert_eq!(found("", "", "20").last().map(String::as_str), Some("Step 0999"));
        assert_eq!(found("nowhere", "", ""), Vec::<String>::new());
    }
}
