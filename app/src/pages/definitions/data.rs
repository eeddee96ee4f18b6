//! What the lists show.

#[cfg(feature = "ssr")]
use domain::definition::PropertyKind;
use domain::{definition::DefinitionKind, id::DefinitionKey};
#[cfg(feature = "ssr")]
use store::console::definitions::{EventDefinition, PropertyDefinition, Segment};

#[cfg(feature = "ssr")]
use super::condition::said;
use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Definitions {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub kind: DefinitionKind,
    pub may_edit: bool,
    pub rows: Vec<DefinitionRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DefinitionRow {
    pub key: DefinitionKey,
    pub name: String,
    /// What it says: the name of events, names of a property, or a condition.
    pub rule: String,
    pub changed: Moment,
    pub archived: Option<Moment>,
}

#[server(prefix = "/api/console", endpoint = "load_definitions", input = Json, output = Postcard)]
pub async fn load_definitions(account: AccountId, environment: EnvironmentId, kind: DefinitionKind) -> Result<Definitions, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let rows = match kind {
        DefinitionKind::Event => console.definitions(&granted, environment).await?.into_iter().map(DefinitionRow::from).collect(),
        DefinitionKind::Property => {
            console.property_definitions(&granted, environment).await?.into_iter().map(DefinitionRow::from).collect()
        }
        DefinitionKind::Segment => console.segments(&granted, environment).await?.into_iter().map(DefinitionRow::from).collect(),
    };
    Ok(Definitions { account, environment, kind, may_edit: ssr::may::<ssr::EditDefinitions>(&granted), rows })
}

#[cfg(feature = "ssr")]
impl From<EventDefinition> for DefinitionRow {
    fn from(row: EventDefinition) -> Self {
        Self {
            key: row.key,
            name: row.name,
            rule: row.event_name,
            changed: ssr::moment(row.changed_at),
            archived: row.archived_at.map(ssr::moment),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<PropertyDefinition> for DefinitionRow {
    fn from(row: PropertyDefinition) -> Self {
        let whose = match row.kind {
            PropertyKind::User => "user: ",
            PropertyKind::Event => "event: ",
        };
        let names: Vec<&str> = row.raw_names.iter().map(domain::definition::PropertyName::as_str).collect();
        Self {
            key: row.key,
            name: row.name,
            rule: [whose, &names.join(", ")].concat(),
            changed: ssr::moment(row.changed_at),
            archived: row.archived_at.map(ssr::moment),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<Segment> for DefinitionRow {
    fn from(row: Segment) -> Self {
        Self {
            key: row.key,
            name: row.name,
            rule: said(&row.condition, &row.property_name),
            changed: ssr::moment(row.changed_at),
            archived: row.archived_at.map(ssr::moment),
        }
    }
}
