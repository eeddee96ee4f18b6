//! What the page can change.

#[cfg(feature = "ssr")]
use domain::excluded_ip::{Caution, Pattern, parse_file, parse_list};
#[cfg(feature = "ssr")]
use store::console::excluded_ips::Edit;

use crate::prelude::*;

/// Saves the list whose `version` was edited. `add` is one more line, the own address, which a button sends along with what is typed. `confirmed` stands for doubtful
/// lines that are meant.
#[server(prefix = "/api/console", endpoint = "excluded_ips_save")]
pub async fn excluded_ips_save(
    account: AccountId,
    #[server(default)] environment: Option<EnvironmentId>,
    version: i64,
    #[server(default)] patterns: String,
    #[server(default)] add: String,
    #[server(default)] confirmed: Option<u64>,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageExcludedIps>(account).await?;
    let (state, lines) = (ssr::state()?, parse_list(&[patterns.as_str(), &add].join("\n"))?);
    let edit = Edit::Replace { version, lines: &lines };
    state.console.edit_excluded_ips(&granted, environment, edit, &caution(&state, Field::Patterns, confirmed, &add)).await?;
    ssr::done(&links::excluded_ips_of(account, environment), Notice::ExcludedIpsSaved);
    Ok(())
}

/// Adds lines to a list that is too long for the box.
#[server(prefix = "/api/console", endpoint = "excluded_ips_add")]
pub async fn excluded_ips_add(
    account: AccountId,
    #[server(default)] environment: Option<EnvironmentId>,
    #[server(default)] patterns: String,
    #[server(default)] add: String,
    #[server(default)] confirmed: Option<u64>,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageExcludedIps>(account).await?;
    let (state, lines) = (ssr::state()?, parse_list(&[patterns.as_str(), &add].join("\n"))?);
    if lines.is_empty() {
        return Err(Error::mistake(Field::Patterns, domain::invalid::Problem::Empty));
    }
    let caution = caution(&state, Field::Patterns, confirmed, &add);
    let edited = state.console.edit_excluded_ips(&granted, environment, Edit::Add(&lines), &caution).await?;
    changed(&links::excluded_ips_of(account, environment), edited);
    Ok(())
}

/// Removes one line, and leads back to where it stood.
#[server(prefix = "/api/console", endpoint = "excluded_ips_remove")]
pub async fn excluded_ips_remove(
    account: AccountId,
    #[server(default)] environment: Option<EnvironmentId>,
    pattern: String,
    #[server(default)] search: String,
    #[server(default)] page: u32,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageExcludedIps>(account).await?;
    let pattern = Pattern::parse(&pattern).map_err(|_| Error::NotFound)?;
    let console = &ssr::state()?.console;
    let edited = console.edit_excluded_ips(&granted, environment, Edit::Remove(pattern), &Caution::default()).await?;
    changed(&links::excluded_ips_page(account, environment, &search, page), edited);
    Ok(())
}

/// Takes the text of a file: instead of the list whose `version` was seen, or, in the `mode` `add`, besides what is there.
#[server(prefix = "/api/console", endpoint = "excluded_ips_upload")]
pub async fn excluded_ips_upload(
    account: AccountId,
    #[server(default)] environment: Option<EnvironmentId>,
    version: i64,
    #[server(default)] mode: String,
    #[server(default)] file: String,
    #[server(default)] confirmed: Option<u64>,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageExcludedIps>(account).await?;
    let (state, lines) = (ssr::state()?, parse_file(&file)?.lines);
    let edit = if mode == "add" { Edit::Add(&lines) } else { Edit::Replace { version, lines: &lines } };
    let edited = state.console.edit_excluded_ips(&granted, environment, edit, &caution(&state, Field::File, confirmed, "")).await?;
    changed(&links::excluded_ips_of(account, environment), edited);
    Ok(())
}

#[cfg(feature = "ssr")]
fn caution<'a>(state: &'a ssr::State, field: Field, confirmed: Option<u64>, add: &str) -> Caution<'a> {
    let proxies = Some(&state.settings.network.trusted_proxies);
    Caution { field, own: ssr::client(), own_is_meant: !add.is_empty(), proxies, confirmed }
}

#[cfg(feature = "ssr")]
fn changed(path: &str, edited: store::console::excluded_ips::Edited) {
    ssr::done_with(path, Notice::ExcludedIpsChanged, &[("added", edited.added), ("removed", edited.removed)]);
}
