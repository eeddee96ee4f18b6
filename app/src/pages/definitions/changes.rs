//! What the pages can change.

#[cfg(feature = "ssr")]
use domain::definition::EventDefinitionDraft;
use domain::id::DefinitionKey;

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "definition_create")]
pub async fn definition_create(account: AccountId, environment: EnvironmentId, name: String, event_name: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    let draft = EventDefinitionDraft::parse(&name, &event_name)?;
    ssr::state()?.console.edit_definitions(&granted, environment).create(&draft).await?;
    ssr::done(&links::definitions(account, environment), Notice::DefinitionCreated);
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
    ssr::done(&links::definitions(account, environment), Notice::DefinitionSaved);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "definition_archive")]
pub async fn definition_archive(account: AccountId, environment: EnvironmentId, definition: DefinitionKey) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    ssr::state()?.console.edit_definitions(&granted, environment).archive(definition).await?;
    ssr::done(&links::definitions(account, environment), Notice::DefinitionArchived);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "definition_restore")]
pub async fn definition_restore(account: AccountId, environment: EnvironmentId, definition: DefinitionKey) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::EditDefinitions>(account).await?;
    ssr::state()?.console.edit_definitions(&granted, environment).restore(definition).await?;
    ssr::done(&links::definitions(account, environment), Notice::DefinitionRestored);
    Ok(())
}
