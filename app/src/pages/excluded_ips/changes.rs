//! Saving a list.

#[cfg(feature = "ssr")]
use domain::excluded_ip::parse_list;

use crate::prelude::*;

/// Saves the list whose `version` was edited. `add` is one more line, which a button sends in the browsers that cannot put it into the box.
#[server(prefix = "/api/console", endpoint = "excluded_ips_save")]
pub async fn excluded_ips_save(
    account: AccountId,
    #[server(default)] environment: Option<EnvironmentId>,
    version: i64,
    #[server(default)] patterns: String,
    #[server(default)] add: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageExcludedIps>(account).await?;
    let lines = parse_list(&[patterns, add].join("\n"))?;
    ssr::state()?.console.save_excluded_ips(&granted, environment, version, &lines).await?;
    ssr::done(&links::excluded_ips_of(account, environment), Notice::ExcludedIpsSaved);
    Ok(())
}
