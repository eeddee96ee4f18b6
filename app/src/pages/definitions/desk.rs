//! What making and changing a definition starts from.

#[cfg(feature = "ssr")]
use domain::definition::PropertyKind;
use domain::{definition::DefinitionKind, id::DefinitionKey};

use super::condition::ConditionDesk;
#[cfg(feature = "ssr")]
use super::{data::DefinitionRow, stored::Stored};
use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DefinitionDesk {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub kind: DefinitionKind,
    /// Names that clients sent, where one is typed.
    pub received: Vec<String>,
    /// For segments.
    pub condition: Option<ConditionDesk>,
    /// The definition that is edited.
    pub saved: Option<SavedDefinition>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedDefinition {
    pub key: DefinitionKey,
    pub version: i64,
    pub changed: Moment,
    pub name: String,
    /// What it says, as lists show it.
    pub rule: String,
    /// The name of events, or the names of a property, one a line.
    pub names: String,
    /// Whose property it is.
    pub whose: String,
}

/// For who may edit it.
#[server(prefix = "/api/console", endpoint = "load_definition_desk", input = Json, output = Postcard)]
pub async fn load_definition_desk(
    account: AccountId,
    environment: EnvironmentId,
    kind: DefinitionKind,
    definition: Option<DefinitionKey>,
) -> Result<DefinitionDesk, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let mut condition = None;
    let saved = match (kind, definition) {
        (DefinitionKind::Event, Some(key)) => {
            let row = console.definition(&granted, environment, key).await?;
            Some(saved(row.version, row.event_name.clone(), String::new(), Stored::from(row).into()))
        }
        (DefinitionKind::Property, Some(key)) => {
            let row = console.property_definition(&granted, environment, key).await?;
            let names: Vec<&str> = row.raw_names.iter().map(domain::definition::PropertyName::as_str).collect();
            Some(saved(row.version, names.join("\n"), row.kind.as_str().to_owned(), Stored::from(row).into()))
        }
        (DefinitionKind::Segment, key) => {
            let definitions = console.property_definitions(&granted, environment).await?;
            let row = match key {
                Some(key) => Some(console.segment(&granted, environment, key).await?),
                None => None,
            };
            let names = console.received_properties(&granted, environment, PropertyKind::User).await?;
            condition = Some(ConditionDesk::of(row.as_ref().map(|row| &row.condition), definitions, PropertyKind::User, names));
            row.map(|row| saved(row.version, String::new(), String::new(), Stored::from(row).into()))
        }
        (_, None) => {
            console.environment(&granted, environment).await?;
            None
        }
    };
    ssr::grant::<ssr::EditDefinitions>(account).await?;
    let received = match kind {
        DefinitionKind::Event => console.received_events(&granted, environment).await?,
        DefinitionKind::Property | DefinitionKind::Segment => Vec::new(),
    };
    Ok(DefinitionDesk { account, environment, kind, received, condition, saved })
}

#[cfg(feature = "ssr")]
fn saved(version: i64, names: String, whose: String, row: DefinitionRow) -> SavedDefinition {
    let DefinitionRow { key, name, rule, changed, .. } = row;
    SavedDefinition { key, version, changed, name, rule, names, whose }
}
