//! Requesting deletion: counted first, then confirmed.
#![expect(clippy::too_many_arguments, reason = "arguments of server functions are flat: each is the name of an input")]

#[cfg(feature = "ssr")]
use domain::deletion::{Suppression, TargetFile, TargetKind, Whom, WhomText};
#[cfg(feature = "ssr")]
use store::access::Granted;

use super::Found;
#[cfg(feature = "ssr")]
use super::found::{begins, expected};
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
    /// What was typed to confirm it then, and for how long they were to be kept out.
    pub confirm: String,
    pub suppression: String,
}

/// Why a request was not made.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Unconfirmed {
    /// Something else was typed than was asked for.
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
    #[server(default)] upload: String,
    #[server(default)] environment: String,
    #[server(default)] seal: String,
    #[server(default)] suppression: String,
    #[server(default)] confirm: String,
    #[server(default)] step: String,
) -> Result<Packed, Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let text = WhomText {
        kind: &kind,
        targets: &targets,
        property: &property_name,
        comparison: &comparison,
        value: &value,
        upload: &upload,
        environment: &environment,
    };
    let whom = if step == CHANGE { None } else { Some(text.parse()?) };
    let asked = vec![
        (Field::Kind, kind),
        (Field::Targets, targets),
        (Field::PropertyName, property_name),
        (Field::Comparison, comparison),
        (Field::Value, value),
        (Field::Upload, upload),
        (Field::Environment, environment),
    ];
    let Some(whom) = whom else { return Packed::of(&Draft { asked, found: None, refused: None, confirm: String::new(), suppression }) };
    let page = step.strip_prefix(PAGE).and_then(|number| number.parse().ok());
    let view = Look { account, asked, page };
    view.answer(&granted, &whom, (step == CONFIRM).then_some((confirm, seal, suppression))).await
}

/// Keeps a file of users for an hour, and answers a [`Draft`] of a request for them.
#[server(prefix = "/api/console", endpoint = "deletion_upload")]
pub async fn deletion_upload(
    account: AccountId,
    #[server(default)] kind: String,
    #[server(default)] file: String,
) -> Result<Packed, Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let file = TargetFile::parse(&file, TargetKind::parse(&kind).unwrap_or(TargetKind::Identity))?;
    let upload = ssr::state()?.console.delete_users(&granted).upload(&file).await?;
    let asked = vec![(Field::Kind, TargetKind::Upload.as_str().to_owned()), (Field::Upload, upload.to_string())];
    Look { account, asked, page: None }.answer(&granted, &Whom::Uploaded(upload), None).await
}

/// A look at what a request would erase.
#[cfg(feature = "ssr")]
struct Look {
    account: AccountId,
    asked: Asked,
    page: Option<u32>,
}

#[cfg(feature = "ssr")]
impl Look {
    /// Makes the request where what was typed to confirm it, and the seal beside it, are right.
    async fn answer(
        self,
        granted: &Granted<ssr::DeleteUsers>,
        whom: &Whom,
        typed: Option<(String, String, String)>,
    ) -> Result<Packed, Error> {
        let Self { account, asked, page } = self;
        let state = ssr::state()?;
        let deletion = state.console.delete_users(granted);
        let selection = deletion.select(whom).await?;
        let operator = ssr::operator().await.ok();
        let preview = deletion.preview(&selection, page.unwrap_or(1), operator.as_ref()).await?;
        let begins = begins(state.console.grace(&ssr::grant::<ssr::View>(account).await?).await?, deletion.would_await_approval().await?);
        let is_confirmed = typed.is_some();
        let (confirm, seal, suppression) = typed.unwrap_or_default();
        let suppressed = Suppression::parse(&suppression).map_err(|problem| Error::mistake(Field::Suppression, problem))?;
        let refused = is_confirmed.then(|| unconfirmed(&confirm, &expected(whom, &preview), preview.seal == seal)).flatten();
        if is_confirmed && preview.matched > 0 && refused.is_none() {
            let requested = deletion.request_selected(&selection, suppressed).await?;
            let page = links::deletion_request(account, requested.id);
            ssr::keep_receipt_key(&page, &requested.receipt_key)?;
            ssr::done(&page, Notice::DeletionRequested);
        }
        let found = Found::of(account, whom, preview, selection.repeated(), page.is_some(), begins);
        Packed::of(&Draft { asked, found: Some(found), refused, confirm, suppression })
    }
}

#[cfg(feature = "ssr")]
fn unconfirmed(typed: &str, expected: &str, unchanged: bool) -> Option<Unconfirmed> {
    match (unchanged, typed.trim() == expected) {
        (false, _) => Some(Unconfirmed::Users),
        (true, false) => Some(Unconfirmed::Number),
        (true, true) => None,
    }
}
