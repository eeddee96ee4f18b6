//! What Heap's API has no call for: what a request would find, which requests there are, taking one back, and its receipt.

mod about;

use axum::{
    Json,
    body::Bytes,
    extract::{
        DefaultBodyLimit, Path, Query, State,
        rejection::{BytesRejection, PathRejection, QueryRejection},
    },
};
use domain::{
    deletion::{self, Counts, RequestState},
    id::RequestId,
    time::Millis,
};
use serde::{Deserialize, Serialize};
use store::{
    access::{DeleteUsers, View},
    console::deletion_requests::{PreviewEnvironment, Request, Selection},
    receipts::SignedReceipt,
};

use super::{LARGEST_BODY, Refusal, Script};
use crate::{api::openapi::Api, router::Services};

pub(super) fn routes() -> Api {
    let large = Api::new()
        .post("/api/manage/v1/deletion_previews", preview, about::preview())
        .through(|routes| routes.layer(DefaultBodyLimit::max(LARGEST_BODY)));
    Api::new()
        .merge(large)
        .get("/api/manage/v1/deletion_requests", list, about::list())
        .get("/api/manage/v1/deletion_requests/{id}", one, about::one())
        .get("/api/manage/v1/deletion_requests/{id}/receipt", receipt, about::receipt())
        .post("/api/manage/v1/deletion_requests/{id}/cancel", cancel, about::cancel())
}

#[derive(Serialize)]
struct Preview {
    named: u32,
    matched: u32,
    unmatched: u32,
    total: Counts,
    environments: Vec<InEnvironment>,
}

#[derive(Serialize)]
struct InEnvironment {
    environment_id: String,
    name: String,
    found: Counts,
    sessions: u64,
    first_seen_at: Option<String>,
    last_seen_at: Option<String>,
    first_received_at: Option<String>,
    last_received_at: Option<String>,
}

/// What would go, asked for in the words of `user_deletion`. Nothing is stored.
async fn preview(State(services): State<Services>, script: Script, body: Result<Bytes, BytesRejection>) -> Result<Json<Preview>, Refusal> {
    let selection = Selection::named(&deletion::parse_api_body(&body?)?)?;
    let console = &services.store.console;
    let granted = console.grant::<DeleteUsers>(&script.actor, script.account).await?;
    let found = console.delete_users(&granted).preview(&selection, 1, None).await?;
    Ok(Json(Preview {
        named: found.targets,
        matched: found.matched,
        unmatched: found.unmatched,
        total: found.total(),
        environments: found.environments.into_iter().map(InEnvironment::from).collect(),
    }))
}

#[derive(Serialize)]
struct Told {
    id: RequestId,
    state: &'static str,
    requested_at: String,
    requested_by: String,
    erase_at: String,
    awaits_approval: bool,
    completed_at: Option<String>,
    sweep: Option<&'static str>,
    users_found: u64,
    erased: Counts,
    failure: Option<String>,
    has_receipt: bool,
}

#[derive(Serialize)]
struct Requests {
    deletion_requests: Vec<Told>,
}

#[derive(Deserialize)]
struct Place {
    before: Option<RequestId>,
}

async fn list(
    State(services): State<Services>,
    script: Script,
    place: Result<Query<Place>, QueryRejection>,
) -> Result<Json<Requests>, Refusal> {
    let Query(Place { before }) = place.map_err(|_| Refusal::NoSuchRequest)?;
    let console = &services.store.console;
    let granted = console.grant::<View>(&script.actor, script.account).await?;
    let requests = console.deletion_requests(&granted, before).await?;
    Ok(Json(Requests { deletion_requests: requests.into_iter().map(Told::from).collect() }))
}

type Id = Result<Path<RequestId>, PathRejection>;

fn known(id: Id) -> Result<RequestId, Refusal> {
    id.map(|Path(id)| id).map_err(|_| Refusal::NoSuchRequest)
}

/// What is not there is not a matter of the token, which was judged before.
fn found<T>(asked: Result<T, store::Error>) -> Result<T, Refusal> {
    asked.map_err(|error| match error {
        store::Error::NotFound => Refusal::NoSuchRequest,
        other => Refusal::from(other),
    })
}

async fn one(State(services): State<Services>, script: Script, id: Id) -> Result<Json<Told>, Refusal> {
    let id = known(id)?;
    told(&services, &script, id).await
}

async fn told(services: &Services, script: &Script, id: RequestId) -> Result<Json<Told>, Refusal> {
    let console = &services.store.console;
    let granted = console.grant::<View>(&script.actor, script.account).await?;
    Ok(Json(found(console.deletion_request(&granted, id).await)?.into()))
}

async fn receipt(State(services): State<Services>, script: Script, id: Id) -> Result<Json<SignedReceipt>, Refusal> {
    let id = known(id)?;
    let console = &services.store.console;
    let granted = console.grant::<View>(&script.actor, script.account).await?;
    Ok(Json(found(console.receipt(&granted, id).await)?))
}

async fn cancel(State(services): State<Services>, script: Script, id: Id) -> Result<Json<Told>, Refusal> {
    let id = known(id)?;
    let console = &services.store.console;
    let granted = console.grant::<DeleteUsers>(&script.actor, script.account).await?;
    match console.delete_users(&granted).cancel(id).await {
        Err(store::Error::Invalid(_)) => Err(Refusal::TooLate),
        done => {
            found(done)?;
            told(&services, &script, id).await
        }
    }
}

impl From<PreviewEnvironment> for InEnvironment {
    fn from(found: PreviewEnvironment) -> Self {
        Self {
            environment_id: found.id.to_string(),
            name: format!("{} / {}", found.project, found.name),
            found: found.found,
            sessions: found.sessions,
            first_seen_at: found.first_seen_at.map(Millis::rfc3339),
            last_seen_at: found.last_seen_at.map(Millis::rfc3339),
            first_received_at: found.first_received_at.map(Millis::rfc3339),
            last_received_at: found.last_received_at.map(Millis::rfc3339),
        }
    }
}

impl From<Request> for Told {
    fn from(request: Request) -> Self {
        Self {
            id: request.id,
            state: request.state.as_str(),
            requested_at: request.created_at.rfc3339(),
            requested_by: request.requested_by_name,
            erase_at: request.erase_at.rfc3339(),
            awaits_approval: request.awaits_approval,
            completed_at: request.completed_at.filter(|_| request.state == RequestState::Complete).map(Millis::rfc3339),
            sweep: request.sweep.map(|(sweep, _)| sweep.as_str()),
            users_found: request.users_found,
            erased: request.erased,
            failure: request.failure,
            has_receipt: request.has_receipt,
        }
    }
}
