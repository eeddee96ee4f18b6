//! Deletion requests: who goes, the order, and how far it is.

pub(super) mod approving;
pub(super) mod everything;
pub(super) mod making;
pub(super) mod pace;
pub(super) mod page;
pub(super) mod preview;
pub(super) mod quotes;
pub(crate) mod receipt;
pub(super) mod reports;
mod request;
pub(super) mod resolve;
pub(super) mod scrub;
mod selection;
pub(super) mod turning;
pub(super) mod upload;
pub(super) mod users;
pub(super) mod waiting;

pub use pace::{PROMISED_SECONDS, PROMISED_USERS, Pace};
pub use preview::{Preview, PreviewEnvironment};
pub use quotes::{MOST_QUOTES, Quote, QuotePlace, Quotes};
pub use receipt::Requested;
pub use reports::ChangingReport;
pub use request::Request;
pub use selection::Selection;
pub use upload::UPLOAD_KEPT_MINUTES;
pub use users::PreviewUser;

use data_encoding::BASE64URL_NOPAD;
use domain::{
    audit::Deed,
    deletion::{RequestState, Suppression, Sweep, Target},
    id::RequestId,
};
use uuid::Uuid;

use super::{
    Console,
    suppressions::{self, Hashes},
};
use crate::{
    Error,
    access::{DeleteUsers, Granted, View},
    engine::{Tx, args, statements},
};
use making::New;
use request::{RequestRow, select_requests, state};
use resolve::Found;

statements! {
    REQUESTS_LIST = select_requests!(" WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    REQUEST_ONE = select_requests!(" WHERE account_id = $1 AND id = $2");
    REQUEST_STATE = "SELECT state FROM deletion_requests WHERE account_id = $1 AND id = $2";
}

/// How many requests a page shows.
pub const PAGE: u32 = 50;

/// The deeds of those who may delete users.
#[derive(Clone, Copy)]
pub struct Deletions<'a> {
    console: &'a Console,
    granted: &'a Granted<DeleteUsers>,
}

impl Console {
    /// [`PAGE`] requests, newest first, older than `before` where it is given.
    ///
    /// # Errors
    /// `Database`.
    pub async fn deletion_requests(&self, granted: &Granted<View>, before: Option<RequestId>) -> Result<Vec<Request>, Error> {
        let before = before.unwrap_or(RequestId(Uuid::max()));
        let rows: Vec<RequestRow> = self.db.read().await?.all(&REQUESTS_LIST, args![granted.account, before, PAGE]).await?;
        rows.into_iter().map(Request::try_from).collect()
    }

    /// One request of the account.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn deletion_request(&self, granted: &Granted<View>, id: RequestId) -> Result<Request, Error> {
        let row: RequestRow = self.db.read().await?.one(&REQUEST_ONE, args![granted.account, id]).await?;
        row.try_into()
    }

    /// The handle for deleting.
    pub fn delete_users<'a>(&'a self, granted: &'a Granted<DeleteUsers>) -> Deletions<'a> {
        Deletions { console: self, granted }
    }

    /// The same with user keys of so few bits that they collide.
    #[doc(hidden)]
    #[must_use]
    pub fn with_narrow_user_keys(&self, bits: u32) -> Self {
        Self { keys: self.keys.clone().narrowed(bits), ..self.clone() }
    }
}

impl Deletions<'_> {
    /// Orders everything of the users of these names to be erased, as [`Deletions::request_selected`].
    ///
    /// # Errors
    /// `Invalid` at `targets`: `Empty`, `TooMany`.
    pub async fn request(&self, targets: &[Target]) -> Result<Requested, Error> {
        self.request_selected(&Selection::named(targets)?, Suppression::None).await
    }

    /// Orders everything of these users to be erased that was received up to now, in all environments of the account. Nothing is collected of them
    /// from this moment on where that is asked for; what everybody in an environment is called is looked up nowhere, so there it has no meaning.
    ///
    /// # Errors
    /// `Database`.
    pub async fn request_selected(&self, selection: &Selection, suppression: Suppression) -> Result<Requested, Error> {
        let Console { keys, surroundings, .. } = self.console;
        // Before the lock, which must not last as long as reading a hundred thousand names.
        let identifiers = selection.identifiers(self.console).await?;
        let mut change = self.console.begin(self.granted).await?;
        // From here no older batch is under way and no newer one begins: what was received up to the cut is there, and leads to these users and no others.
        let cut = self.cut(&mut change).await?;
        let found = selection.resolve(&mut change.tx, keys, change.account).await?;
        let everything_in = selection.everything_in();
        let users = match everything_in {
            Some((environment, _)) => everything::users_until(&mut change.tx, environment, cut).await?,
            None => preview::users(&mut change.tx, &found).await?,
        };

        let id = RequestId(surroundings.uuid());
        let targets = if everything_in.is_some() { 0 } else { selection.count() };
        let property = selection.property().map(ToString::to_string);
        let suppress_until = if everything_in.is_some() { None } else { suppression.until(change.now) };
        let sweep = everything_in.map(|(environment, _)| (Sweep::Everything, environment));
        let new = New { cut, targets, users, property: property.clone(), sweep, rules: None, suppress_until };
        let key = self.make(&mut change, id, new, &identifiers).await?;
        insert_subjects(&mut change.tx, id, &found).await?;
        if let Some(until) = suppress_until {
            let also = receipt::all_names(&mut change.tx, &found).await?;
            let users = found.users.values().flatten().copied();
            let hashes = Hashes::of(keys, change.account, identifiers.iter().chain(&also), users);
            suppressions::suppress(&mut change.tx, change.account, id, &hashes, (change.now, until)).await?;
        }
        if let Some(upload) = &selection.upload {
            upload::forget(&mut change.tx, change.account, upload.id).await?;
        }
        let users = u32::try_from(users).unwrap_or(u32::MAX);
        change
            .commit(&Deed::DeletionRequested {
                request: id,
                targets,
                users,
                property,
                everything_in: everything_in.map(|(_, name)| name.to_owned()),
                suppression,
            })
            .await?;
        Ok(Requested { id, receipt_key: BASE64URL_NOPAD.encode(&key) })
    }

    /// How far a request is.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn state(&self, id: RequestId) -> Result<RequestState, Error> {
        let (word,): (String,) = self.console.db.read().await?.one(&REQUEST_STATE, args![self.granted.account, id]).await?;
        state(&word)
    }
}

async fn insert_subjects(tx: &mut Tx, id: RequestId, found: &Found) -> Result<(), Error> {
    const HEAD: &str = "INSERT INTO deletion_subjects (request_id, environment_id, user_key)";
    let places = found.users.iter().flat_map(|(environment, keys)| keys.iter().map(|key| (*environment, *key)));
    let rows = places.map(|(environment, key)| args![id, environment, key]).collect();
    tx.insert(HEAD, rows, "").await?;
    Ok(())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
