//! Making and revoking keys.

use domain::id::ApiKeyId;
#[cfg(feature = "ssr")]
use domain::name::ApiKeyName;

use crate::prelude::*;

/// A key, on its only way out.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewApiKey {
    pub secret: String,
}

#[server(prefix = "/api/console", endpoint = "api_key_create")]
pub async fn api_key_create(account: AccountId, name: String) -> Result<NewApiKey, Error> {
    let granted = ssr::grant::<ssr::ManagePrivacy>(account).await?;
    let name = ApiKeyName::parse(&name).map_err(|problem| Error::mistake(Field::Name, problem))?;
    let secret = ssr::state()?.console.manage_api_keys(&granted).create(&name).await?;
    Ok(NewApiKey { secret })
}

#[server(prefix = "/api/console", endpoint = "api_key_revoke")]
pub async fn api_key_revoke(account: AccountId, key: ApiKeyId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManagePrivacy>(account).await?;
    ssr::state()?.console.manage_api_keys(&granted).revoke(key).await?;
    ssr::done(&links::privacy(account), Notice::ApiKeyRevoked);
    Ok(())
}
