//! Requesting deletion: counted first, then confirmed.
#![expect(clippy::too_many_arguments, reason = "arguments of server functions are flat: each is the name of an input")]

#[cfg(feature = "ssr")]
use domain::deletion::WhomText;

use super::Found;
use crate::{load::Packed, prelude::*};

/// What one press of a button asks for.
pub(super) const CHANGE: &str = "change";
pub(super) const CONFIRM: &str = "confirm";
/// Followed by the number of a page.
pub(super) const PAGE: &str = "page ";

/// Whom somebody asks to be erased, as it was typed: name and text of each field.
pub type Asked = Vec<(Field, String)>;

/// A request that is not made yet. It goes back and forth in bodies, so that no identity stands in an address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    pub asked: Asked,
    /// What would go; `None` while it is being written whom.
    pub found: Option<Found>,
    pub refused: Option<Unconfirmed>,
    /// What was typed to confirm it then.
    pub confirm: String,
}

/// Why a request was not made.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Unconfirmed {
    /// Another number was typed than that of the users.
    Number,
    /// Others are found now than were shown.
    Users,
}

/// Answers a [`Draft`] with what a request would erase. Makes it only when that very number was typed, counted anew, for the very users that were shown.
#[server(prefix = "/api/console", endpoint = "deletion_request")]
pub async fn deletion_request(
    account: AccountId,
    #[server(default)] kind: String,
    #[server(default)] targets: String,
    #[server(default)] property_name: String,
    #[server(default)] comparison: String,
    #[server(default)] value: String,
    #[server(default)] seal: String,
    #[server(default)] confirm: String,
    #[server(default)] step: String,
) -> Result<Packed, Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let text = WhomText { kind: &kind, targets: &targets, property: &property_name, comparison: &comparison, value: &value };
    let whom = if step == CHANGE { None } else { Some(text.parse()?) };
    let asked = vec![
        (Field::Kind, kind),
        (Field::Targets, targets),
        (Field::PropertyName, property_name),
        (Field::Comparison, comparison),
        (Field::Value, value),
    ];
    let Some(whom) = whom else { return Packed::of(&Draft { asked, found: None, refused: None, confirm: String::new() }) };
    let state = ssr::state()?;
    let deletion = state.console.delete_users(&granted);
    let selection = deletion.select(&whom).await?;
    let page = step.strip_prefix(PAGE).and_then(|number| number.parse().ok());
    let operator = ssr::operator().await.ok();
    let preview = deletion.preview(&selection, page.unwrap_or(1), operator.as_ref()).await?;
    let grace = state.console.grace(&ssr::grant::<ssr::View>(account).await?).await?;
    let refused = (step == CONFIRM).then(|| unconfirmed(&confirm, preview.matched, preview.seal == seal)).flatten();
    if step == CONFIRM && preview.matched > 0 && refused.is_none() {
        let requested = deletion.request_selected(&selection).await?;
        let page = links::deletion_request(account, requested.id);
        ssr::keep_receipt_key(&page, &requested.receipt_key)?;
        ssr::done(&page, Notice::DeletionRequested);
    }
    Packed::of(&Draft { asked, found: Some(Found::of(account, &whom, preview, page.is_some(), grace)), refused, confirm })
}

#[cfg(feature = "ssr")]
fn unconfirmed(typed: &str, matched: u32, unchanged: bool) -> Option<Unconfirmed> {
    match (unchanged, typed.trim() == matched.to_string()) {
        (false, _) => Some(Unconfirmed::Users),
        (true, false) => Some(Unconfirmed::Number),
        (true, true) => None,
    }
}
