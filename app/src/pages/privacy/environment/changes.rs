//! Saving the settings.
#![expect(clippy::too_many_arguments, reason = "arguments of server functions are flat: each is the name of an input")]

#[cfg(feature = "ssr")]
use domain::privacy::{Privacy, Typed};

use crate::prelude::*;

/// Saves all of them, of the `version` that was edited.
#[server(prefix = "/api/console", endpoint = "privacy_save")]
pub async fn privacy_save(
    account: AccountId,
    environment: EnvironmentId,
    version: i64,
    #[server(default)] stored_address: String,
    #[server(default)] location: String,
    #[server(default)] user_agent: String,
    #[server(default)] privacy_control: String,
    #[server(default)] target_text: String,
    #[server(default)] hosts: String,
    #[server(default)] event_properties: String,
    #[server(default)] user_properties: String,
    #[server(default)] capture: String,
    #[server(default)] pages: String,
    #[server(default)] retention: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManagePrivacy>(account).await?;
    let privacy = Privacy::parse(&Typed {
        stored_address: &stored_address,
        location: &location,
        user_agent: &user_agent,
        privacy_control: &privacy_control,
        target_text: &target_text,
        hosts: &hosts,
        event_properties: &event_properties,
        user_properties: &user_properties,
        capture: &capture,
        pages: &pages,
        retention: &retention,
    })?;
    ssr::state()?.console.save_privacy(&granted, environment, version, &privacy).await?;
    ssr::done(&links::environment_privacy(account, environment), Notice::PrivacySaved);
    Ok(())
}
