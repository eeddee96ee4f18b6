//! What the pages show.

use domain::{deletion::RequestState, id::RequestId};

#[cfg(feature = "ssr")]
use domain::listing::{Listing, RequestSort};
#[cfg(feature = "ssr")]
use store::console::{
    deletion_requests::{PROMISED_SECONDS, PROMISED_USERS, Pace, Request},
    projects::Project,
};

#[cfg(feature = "ssr")]
use super::{facts::facts, tables::asked_for};
use crate::{load::Html, prelude::*};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeletionRequests {
    pub account: AccountId,
    pub may_request: bool,
    pub list: ListState,
    pub requests: Vec<DeletionRequestRow>,
    /// How long it takes, as promised and as measured.
    pub pace: String,
    /// How many wait for a second person; empty where none do.
    pub to_approve: String,
}

/// A request in the list, without whom it is about, which nobody keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeletionRequestRow {
    pub id: RequestId,
    pub requested_by: String,
    pub requested: Moment,
    pub state: RequestState,
    /// It waits for a second person.
    pub awaits_approval: bool,
    /// How many users it led to, and how many users and events went.
    pub counts: [u64; 3],
}

/// A request on its own page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeletionRequestShown {
    pub id: RequestId,
    pub state: RequestState,
    pub awaits_approval: bool,
    /// When erasing begins, where that is to come.
    pub begins: Option<Moment>,
    /// Where its receipt is, once there is one.
    pub receipt: Option<String>,
    /// Whether the caller may cancel it, or let it begin anew.
    pub may_request: bool,
    /// Whether the caller may be the second person.
    pub may_approve: bool,
    /// What it would erase, while it waits for one.
    pub asked_for: Option<Html>,
    /// How far it is.
    pub facts: Html,
}

/// What a request would erase.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Found {
    pub is_nobody: bool,
    /// How many were asked for and found.
    pub told: String,
    /// What the button says.
    pub erase: String,
    /// What is to be typed.
    pub expected: String,
    /// Rows of each environment.
    pub goes: Html,
    /// A page of the users.
    pub who: Html,
    /// Which of them these are.
    pub shown: String,
    /// The pages before and after.
    pub beside: [Option<u32>; 2],
    /// It was asked for a page of them.
    pub turned: bool,
    pub quotes: Html,
    /// Whether anything quotes them, and what to do about it.
    pub quoting: String,
    /// Reports whose numbers may change.
    pub reports: Option<Html>,
    /// Stands for those who were found.
    pub seal: String,
    /// When erasing would begin.
    pub begins: String,
    /// For how long they can be kept out: value and label; nothing where nobody is named.
    pub suppressions: Vec<(String, String)>,
}

/// What a new request is asked with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewDeletionRequest {
    pub account: AccountId,
    /// Names of properties that users of the account have.
    pub received: Vec<String>,
    /// Id and name of each environment.
    pub environments: Vec<(String, String)>,
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
    let to_approve = match ssr::state()?.console.requests_to_approve(&granted).await? {
        0 => String::new(),
        count => crate::words::count(count.into(), "request waits", "requests wait") + " for a second person to approve.",
    };
    Ok(DeletionRequests { account, may_request: ssr::may::<ssr::DeleteUsers>(&granted), list, requests, pace: told, to_approve })
}

#[server(prefix = "/api/console", endpoint = "load_deletion_request", input = Json, output = Postcard)]
pub async fn load_deletion_request(account: AccountId, request: RequestId) -> Result<DeletionRequestShown, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let row = console.deletion_request(&granted, request).await?;
    let receipt = row.has_receipt.then(|| links::receipt(account, request));
    let may_request = ssr::may::<ssr::DeleteUsers>(&granted);
    let may_approve = may_request && row.waits_for(&granted);
    let asked_for = if may_request && row.erases_users() && row.awaits_approval && row.state == RequestState::Pending {
        let deleting = ssr::grant::<ssr::DeleteUsers>(account).await?;
        Some(asked_for(account, &console.delete_users(&deleting).asked_for(request).await?))
    } else {
        None
    };
    let begins = (row.state == RequestState::Pending && row.erase_at > ssr::now()).then(|| ssr::moment(row.erase_at));
    Ok(DeletionRequestShown {
        id: row.id,
        state: row.state,
        awaits_approval: row.awaits_approval,
        begins,
        receipt,
        may_request,
        may_approve,
        asked_for,
        facts: facts(&row),
    })
}

/// For who may request deletion.
#[server(prefix = "/api/console", endpoint = "load_new_deletion_request", input = Json, output = Postcard)]
pub async fn load_new_deletion_request(account: AccountId) -> Result<NewDeletionRequest, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::DeleteUsers>(account).await?;
    let console = &ssr::state()?.console;
    let housed = console.projects(&granted).await?.into_iter().flat_map(Project::housed);
    let environments =
        housed.map(|row| (row.environment.id.to_string(), format!("{} / {}", row.project_name, row.environment.name))).collect();
    Ok(NewDeletionRequest { account, received: console.received_user_properties(&granted).await?, environments })
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
            requested_by: request.requested_by_name,
            requested: ssr::moment(request.created_at),
            state: request.state,
            awaits_approval: request.awaits_approval,
            counts: [request.users_found, request.erased.users, request.erased.events],
        }
    }
}
