//! What the pages show.

use domain::{
    deletion::{Counts, RequestState},
    id::RequestId,
};

#[cfg(feature = "ssr")]
use super::speed::speed;
#[cfg(feature = "ssr")]
use domain::listing::{Listing, RequestSort};
#[cfg(feature = "ssr")]
use store::console::deletion_requests::{PROMISED_SECONDS, PROMISED_USERS, Pace, Request};

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeletionRequests {
    pub account: AccountId,
    pub may_request: bool,
    pub list: ListState,
    pub requests: Vec<DeletionRequestRow>,
    /// How long it takes, as promised and as measured.
    pub pace: String,
}

/// A request without whom it is about, which nobody keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeletionRequestRow {
    pub id: RequestId,
    pub requested_by: String,
    pub requested: Moment,
    pub state: RequestState,
    pub completed: Option<Moment>,
    /// How many identities and user ids were named, or users found by `property`.
    pub named: u64,
    pub property: Option<String>,
    /// How many users they led to.
    pub found: u64,
    pub erased: Counts,
    /// Where its receipt is, once there is one.
    pub receipt: Option<String>,
    /// When erasing begins, where that is to come.
    pub begins: Option<Moment>,
    /// How fast it goes, and how long it takes yet.
    pub speed: Option<String>,
    /// Why it failed.
    pub failure: Option<String>,
    /// Whether the caller may cancel it, or let it begin anew.
    pub may_request: bool,
}

/// What a request would erase.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Found {
    /// Those who were named and have data anywhere, or who were found by their property.
    pub matched: u64,
    /// How many were asked for and found.
    pub told: String,
    pub total: Counts,
    pub environments: Vec<FoundIn>,
    /// A page of the users.
    pub users: Vec<FoundUser>,
    /// Which of them these are.
    pub shown: String,
    /// The pages before and after.
    pub beside: [Option<u32>; 2],
    /// It was asked for a page of them.
    pub turned: bool,
    pub quotes: Vec<Quoting>,
    /// Whether anything quotes them, and what to do about it.
    pub quoting: String,
    /// Stands for those who were found.
    pub seal: String,
    /// How many hours the request could be cancelled.
    pub grace: u16,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FoundIn {
    pub name: String,
    pub counts: Counts,
    /// When the oldest and the newest of it was received.
    pub received: Option<(Moment, Moment)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FoundUser {
    pub name: String,
    pub place: String,
    pub seen: Option<Moment>,
}

/// What quotes them and is to be edited by hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Quoting {
    pub name: String,
    pub href: String,
    pub what: String,
    pub place: String,
    pub quoted: String,
}

#[server(prefix = "/api/console", endpoint = "load_deletion_requests", input = Json, output = Postcard)]
pub async fn load_deletion_requests(
    account: AccountId,
    #[server(default)] q: String,
    #[server(default)] sort: String,
    #[server(default)] page: String,
) -> Result<DeletionRequests, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let listing = Listing::<RequestSort>::parse(&q, &sort, &page);
    let found = ssr::state()?.console.deletion_requests_page(&granted, &listing).await?;
    let list = ssr::list_state(&listing, &found, "page");
    let requests = found.rows.into_iter().map(DeletionRequestRow::from).collect();
    let told = pace(ssr::state()?.console.deletion_pace(&granted).await?);
    Ok(DeletionRequests { account, may_request: ssr::may::<ssr::DeleteUsers>(&granted), list, requests, pace: told })
}

#[server(prefix = "/api/console", endpoint = "load_deletion_request", input = Json, output = Postcard)]
pub async fn load_deletion_request(account: AccountId, request: RequestId) -> Result<DeletionRequestRow, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let row = console.deletion_request(&granted, request).await?;
    let receipt = row.has_receipt.then(|| links::receipt(account, request));
    let may_request = ssr::may::<ssr::DeleteUsers>(&granted);
    Ok(DeletionRequestRow { receipt, may_request, ..row.into() })
}

/// For who may request deletion: the account, and names of properties that its users have.
#[server(prefix = "/api/console", endpoint = "load_new_deletion_request", input = Json, output = Postcard)]
pub async fn load_new_deletion_request(account: AccountId) -> Result<(AccountId, Vec<String>), Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::DeleteUsers>(account).await?;
    Ok((account, ssr::state()?.console.received_user_properties(&granted).await?))
}

/// What is promised, and what was measured.
#[cfg(feature = "ssr")]
fn pace(measured: Option<Pace>) -> String {
    let promise = format!(
        "Promised: 99 of 100 requests of up to {PROMISED_USERS} users are complete within {PROMISED_SECONDS} seconds of the end of their grace period."
    );
    match measured {
        None => promise,
        Some(Pace { requests, within_millis }) => {
            let requests = crate::words::count(requests, "request", "requests");
            let seconds = crate::words::count(within_millis.div_ceil(1_000).max(1), "second", "seconds");
            format!("{promise} Measured in this account, over the newest {requests}: within {seconds}.")
        }
    }
}

#[cfg(feature = "ssr")]
impl From<Request> for DeletionRequestRow {
    fn from(request: Request) -> Self {
        Self {
            id: request.id,
            speed: speed(&request, ssr::now()),
            requested_by: request.requested_by_name,
            requested: ssr::moment(request.created_at),
            state: request.state,
            completed: request.completed_at.map(ssr::moment),
            named: request.targets.into(),
            property: request.property,
            found: request.users_found,
            erased: request.erased,
            receipt: None,
            begins: (request.state == RequestState::Pending && request.erase_at > ssr::now()).then(|| ssr::moment(request.erase_at)),
            failure: request.failure,
            may_request: false,
        }
    }
}
