//! What the pages show.

use domain::id::DefinitionKey;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Definitions {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub may_edit: bool,
    pub rows: Vec<DefinitionRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DefinitionRow {
    pub key: DefinitionKey,
    pub name: String,
    pub event_name: String,
    pub version: i64,
    pub changed: Moment,
    pub archived: Option<Moment>,
}

#[server(prefix = "/api/console", endpoint = "load_definitions", input = Json, output = Postcard)]
pub async fn load_definitions(account: AccountId, environment: EnvironmentId) -> Result<Definitions, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let rows = ssr::state()?.console.definitions(&granted, environment).await?.into_iter().map(DefinitionRow::from).collect();
    Ok(Definitions { account, environment, may_edit: ssr::may::<ssr::EditDefinitions>(&granted), rows })
}

/// For who may edit it.
#[server(prefix = "/api/console", endpoint = "load_definition", input = Json, output = Postcard)]
pub async fn load_definition(account: AccountId, environment: EnvironmentId, definition: DefinitionKey) -> Result<DefinitionRow, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let row = ssr::state()?.console.definition(&granted, environment, definition).await?;
    ssr::grant::<ssr::EditDefinitions>(account).await?;
    Ok(row.into())
}

#[cfg(feature = "ssr")]
impl From<store::console::definitions::EventDefinition> for DefinitionRow {
    fn from(row: store::console::definitions::EventDefinition) -> Self {
        Self {
            key: row.key,
            name: row.name,
            event_name: row.event_name,
            version: row.version,
            changed: ssr::moment(row.changed_at),
            archived: row.archived_at.map(ssr::moment),
        }
    }
}
