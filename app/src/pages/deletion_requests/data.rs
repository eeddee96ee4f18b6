//! What the pages show.

use domain::{
    deletion::{Counts, RequestState},
    id::RequestId,
};

#[cfg(feature = "ssr")]
use super::speed::speed;
#[cfg(feature = "ssr")]
use domain::{
    audit::ActorKind,
    deletion::Suppression,
    listing::{Listing, RequestSort},
    time::Millis,
};
#[cfg(feature = "ssr")]
use store::console::{
    deletion_requests::{PROMISED_SECONDS, PROMISED_USERS, Pace, Request},
    projects::Project,
};

#[cfg(feature = "ssr")]
use super::tables::asked_for;
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

/// A request without whom it is about, which nobody keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeletionRequestRow {
    pub id: RequestId,
    pub requested_by: String,
    pub requested: Moment,
    pub state: RequestState,
    pub completed: Option<Moment>,
    /// How its users were named or found.
    pub by: String,
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
    /// It waits for a second person.
    pub awaits_approval: bool,
    /// Who that was, and when.
    pub approved: Option<(String, Moment)>,
    /// Whether the caller may cancel it, or let it begin anew.
    pub may_request: bool,
    /// Whether the caller may be the second person.
    pub may_approve: bool,
    /// What it would erase, while it waits for one.
    pub asked_for: Option<Html>,
    /// Until when they are kept out afterwards, where that was asked for.
    pub kept_out: Option<String>,
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
pub async fn load_deletion_request(account: AccountId, request: RequestId) -> Result<DeletionRequestRow, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let row = console.deletion_request(&granted, request).await?;
    let receipt = row.has_receipt.then(|| links::receipt(account, request));
    let may_request = ssr::may::<ssr::DeleteUsers>(&granted);
    let may_approve = may_request && row.waits_for(&granted);
    let asked_for = if may_request && row.awaits_approval && row.state == RequestState::Pending {
        let deleting = ssr::grant::<ssr::DeleteUsers>(account).await?;
        Some(asked_for(account, &console.delete_users(&deleting).asked_for(request).await?))
    } else {
        None
    };
    Ok(DeletionRequestRow { receipt, may_request, may_approve, asked_for, ..row.into() })
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
fn kept_out(until: Millis) -> String {
    if until == Suppression::EVER {
        "Nothing is collected of them until it is lifted".to_owned()
    } else {
        ["Nothing is collected of them until ", &until.rfc3339()].concat()
    }
}

#[cfg(feature = "ssr")]
fn by(request: &Request) -> String {
    match (&request.everything_in, &request.property) {
        (Some(environment), _) => ["Everything in ", environment].concat(),
        (None, Some(property)) => ["Property ", property].concat(),
        (None, None) if request.requested_by == ActorKind::System => "The erasure journal, from a restored backup".to_owned(),
        (None, None) => crate::words::count(request.targets.into(), "identity or user ID", "identities and user IDs"),
    }
}

#[cfg(feature = "ssr")]
impl From<Request> for DeletionRequestRow {
    fn from(request: Request) -> Self {
        let by = by(&request);
        Self {
            id: request.id,
            speed: speed(&request, ssr::now()),
            requested_by: request.requested_by_name,
            requested: ssr::moment(request.created_at),
            state: request.state,
            completed: request.completed_at.map(ssr::moment),
            by,
            found: request.users_found,
            erased: request.erased,
            receipt: None,
            begins: (request.state == RequestState::Pending && request.erase_at > ssr::now()).then(|| ssr::moment(request.erase_at)),
            failure: request.failure,
            awaits_approval: request.awaits_approval,
            approved: request.approved.map(|(by, at)| (by, ssr::moment(at))),
            may_request: false,
            may_approve: false,
            asked_for: None,
            kept_out: request.suppress_until.map(kept_out),
        }
    }
}
