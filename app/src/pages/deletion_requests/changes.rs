//! Requesting deletion: counted first, then confirmed.

#[cfg(feature = "ssr")]
use domain::deletion::parse_form;

use super::Found;
use crate::prelude::*;

/// What one press of a button asks for.
pub(super) const CHANGE: &str = "change";
pub(super) const CONFIRM: &str = "confirm";

/// A request that is not made yet. It goes back and forth in bodies, so that no identity stands in an address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    pub kind: String,
    pub targets: String,
    /// What would go; `None` while the list is being written.
    pub found: Option<Found>,
    /// It was confirmed with another number.
    pub refused: bool,
}

/// Answers what a request would erase. Makes it only when that very number was typed, counted anew.
#[server(prefix = "/api/console", endpoint = "deletion_request")]
pub async fn deletion_request(
    account: AccountId,
    #[server(default)] kind: String,
    #[server(default)] targets: String,
    #[server(default)] confirm: String,
    #[server(default)] step: String,
) -> Result<Draft, Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    if step == CHANGE {
        return Ok(Draft { kind, targets, found: None, refused: false });
    }
    let named = parse_form(&kind, &targets)?;
    let state = ssr::state()?;
    let deletion = state.console.delete_users(&granted);
    let found = Found::from(deletion.preview(&named).await?);
    let confirmed = step == CONFIRM && found.matched > 0 && confirm.trim() == found.matched.to_string();
    if confirmed {
        ssr::done(&links::deletion_request(account, deletion.request(&named).await?), Notice::DeletionRequested);
    }
    Ok(Draft { kind, targets, found: Some(found), refused: step == CONFIRM && !confirmed })
}
