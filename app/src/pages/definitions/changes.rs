//! What the pages can change.
#![expect(clippy::too_many_arguments, reason = "arguments of server functions are flat: each is the name of an input")]

#[cfg(feature = "ssr")]
use domain::definition::{ConditionText, DefinitionKind, EventDefinitionDraft, PropertyDefinitionDraft, SegmentDraft};
use domain::id::DefinitionKey;

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "definition_create")]
pub async fn definition_create(account: AccountId, environment: EnvironmentId, name: String, event_name: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let draft = EventDefinitionDraft::parse(&name, &event_name)?;
    ssr::state()?.console.edit_definitions(&granted, environment).create(&draft).await?;
    ssr::done(&links::definitions_of(account, environment, DefinitionKind::Event), Notice::DefinitionCreated);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "definition_edit")]
pub async fn definition_edit(
    account: AccountId,
    environment: EnvironmentId,
    definition: DefinitionKey,
    version: i64,
    name: String,
    event_name: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let draft = EventDefinitionDraft::parse(&name, &event_name)?;
    ssr::state()?.console.edit_definitions(&granted, environment).edit(definition, version, &draft).await?;
    ssr::done(&links::definitions_of(account, environment, DefinitionKind::Event), Notice::DefinitionSaved);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "property_create")]
pub async fn property_create(
    account: AccountId,
    environment: EnvironmentId,
    name: String,
    #[server(default)] kind: String,
    #[server(default)] raw_names: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let draft = PropertyDefinitionDraft::parse(&name, &kind, &raw_names)?;
    ssr::state()?.console.edit_definitions(&granted, environment).create_property(&draft).await?;
    ssr::done(&links::definitions_of(account, environment, DefinitionKind::Property), Notice::DefinitionCreated);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "property_edit")]
pub async fn property_edit(
    account: AccountId,
    environment: EnvironmentId,
    definition: DefinitionKey,
    version: i64,
    name: String,
    #[server(default)] kind: String,
    #[server(default)] raw_names: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let draft = PropertyDefinitionDraft::parse(&name, &kind, &raw_names)?;
    ssr::state()?.console.edit_definitions(&granted, environment).edit_property(definition, version, &draft).await?;
    ssr::done(&links::definitions_of(account, environment, DefinitionKind::Property), Notice::DefinitionSaved);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "segment_create")]
pub async fn segment_create(
    account: AccountId,
    environment: EnvironmentId,
    name: String,
    #[server(default)] property: String,
    #[server(default)] property_name: String,
    #[server(default)] comparison: String,
    #[server(default)] value: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let condition = ConditionText { property: &property, name: &property_name, comparison: &comparison, value: &value };
    let draft = SegmentDraft::parse(&name, &condition)?;
    ssr::state()?.console.edit_definitions(&granted, environment).create_segment(&draft).await?;
    ssr::done(&links::definitions_of(account, environment, DefinitionKind::Segment), Notice::DefinitionCreated);
    Ok(())
}

/// Its key and version, then as for a new one.
#[server(prefix = "/api/console", endpoint = "segment_edit")]
pub async fn segment_edit(
    account: AccountId,
    environment: EnvironmentId,
    definition: DefinitionKey,
    version: i64,
    name: String,
    #[server(default)] property: String,
    #[server(default)] property_name: String,
    #[server(default)] comparison: String,
    #[server(default)] value: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let condition = ConditionText { property: &property, name: &property_name, comparison: &comparison, value: &value };
    let draft = SegmentDraft::parse(&name, &condition)?;
    ssr::state()?.console.edit_definitions(&granted, environment).edit_segment(definition, version, &draft).await?;
    ssr::done(&links::definitions_of(account, environment, DefinitionKind::Segment), Notice::DefinitionSaved);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "definition_archive")]
pub async fn definition_archive(account: AccountId, environment: EnvironmentId, definition: DefinitionKey) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let kind = ssr::state()?.console.edit_definitions(&granted, environment).archive(definition).await?;
    ssr::done_in_list(&links::definitions_of(account, environment, kind), Notice::DefinitionArchived);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "definition_restore")]
pub async fn definition_restore(account: AccountId, environment: EnvironmentId, definition: DefinitionKey) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let kind = ssr::state()?.console.edit_definitions(&granted, environment).restore(definition).await?;
    ssr::done_in_list(&links::definitions_of(account, environment, kind), Notice::DefinitionRestored);
    Ok(())
}
