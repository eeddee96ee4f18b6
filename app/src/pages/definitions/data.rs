//! What the lists show.

#[cfg(feature = "ssr")]
use domain::listing::{DefinitionSort, Listing};
use domain::{definition::DefinitionKind, id::DefinitionKey};

#[cfg(feature = "ssr")]
use super::stored;
use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Definitions {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub kind: DefinitionKind,
    pub may_edit: bool,
    pub list: ListState,
    pub active: Vec<DefinitionRow>,
    pub archived_list: ListState,
    pub archived: Vec<DefinitionRow>,
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
pub async fn load_definitions(
    account: AccountId,
    environment: EnvironmentId,
    kind: DefinitionKind,
    #[server(default)] q: String,
    #[server(default)] sort: String,
    #[server(default)] page: String,
    #[server(default)] archived: String,
) -> Result<Definitions, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let may_edit = ssr::may::<ssr::EditDefinitions>(&granted);
    let (used, shelved) = (Listing::<DefinitionSort>::parse(&q, &sort, &page), Listing::<DefinitionSort>::parse(&q, &sort, &archived));
    let all = stored::all(&granted, environment, kind).await?;
    let (archived, active): (Vec<_>, Vec<_>) = all.into_iter().partition(|stored| stored.archived_at.is_some());
    let (active, archived) = (used.pick(active), shelved.pick(archived));
    let archived_list = ssr::list_state(&shelved, &archived, "archived");
    Ok(Definitions {
        account,
        environment,
        kind,
        may_edit,
        list: ssr::searched_with(ssr::list_state(&used, &active, "page"), &archived_list),
        active: active.rows.into_iter().map(DefinitionRow::from).collect(),
        archived_list,
        archived: archived.rows.into_iter().map(DefinitionRow::from).collect(),
    })
}
