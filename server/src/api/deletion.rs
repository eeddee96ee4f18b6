//! Deletion requests by API: a key for a token, a token for a request, a request for its state.

mod about;
mod answer;
mod exports;
mod manage;
mod script;

use axum::{
    Json,
    body::Bytes,
    extract::{
        DefaultBodyLimit, Path, State,
        rejection::{BytesRejection, PathRejection},
    },
    response::{IntoResponse, Response},
};
use domain::{deletion, id::RequestId};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use store::access::DeleteUsers;

use super::openapi::Api;
use crate::router::Services;
use answer::Refusal;
use script::{Pair, Script};

/// 10,000 identities of 255 characters, in UTF-8 without escapes, fit in.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// The key by which the receipt can be asked about somebody; said this once.
const RECEIPT_KEY: HeaderName = HeaderName::from_static("x-cairn-receipt-key");

pub(super) fn routes() -> Api {
    let large = Api::new()
        .post("/api/public/v0/user_deletion", request, about::request())
        .through(|routes| routes.layer(DefaultBodyLimit::max(LARGEST_BODY)));
    Api::new()
        .post("/api/public/v0/auth_token", token, about::token())
        .merge(large)
        .get("/api/public/v0/deletion_status/{id}", status, about::status())
        .merge(manage::routes())
        .merge(exports::routes())
}

#[derive(Serialize)]
struct Token {
    access_token: String,
}

#[derive(Serialize)]
struct Requested {
    deletion_request_location: String,
    deletion_request_id: RequestId,
    status: &'static str,
}

#[derive(Serialize)]
struct Status {
    deletion_request_id: RequestId,
    status: &'static str,
}

async fn token(State(services): State<Services>, pair: Pair) -> Result<Response, Refusal> {
    let access_token = services.store.console.api_token(pair.app, &pair.key).await.map_err(|error| match error {
        store::Error::NotFound => Refusal::WrongPair,
        other => Refusal::from(other),
    })?;
    let never_kept = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((never_kept, Json(Token { access_token })).into_response())
}

/// The token is judged before the body is read.
async fn request(State(services): State<Services>, script: Script, body: Result<Bytes, BytesRejection>) -> Result<Response, Refusal> {
    let targets = deletion::parse_api_body(&body?)?;
    let console = &services.store.console;
    let granted = console.grant::<DeleteUsers>(&script.actor, script.account).await?;
    let requested = console.delete_users(&granted).request(&targets).await?;
    let (id, key) = (requested.id, requested.receipt_key);
    services.wake.now();
    let location = format!("{}/api/public/v0/deletion_status/{id}", services.public_url);
    let status = deletion::RequestState::Pending.public_word();
    let requested = Requested { deletion_request_location: location, deletion_request_id: id, status };
    let mut response = (StatusCode::CREATED, Json(requested)).into_response();
    // Heap's answer has no place for it.
    if let Ok(key) = HeaderValue::from_str(&key) {
        response.headers_mut().insert(RECEIPT_KEY, key);
    }
    Ok(response)
}

async fn status(
    State(services): State<Services>,
    script: Script,
    id: Result<Path<RequestId>, PathRejection>,
) -> Result<Json<Status>, Refusal> {
    let Path(id) = id.map_err(|_| Refusal::NoSuchRequest)?;
    let console = &services.store.console;
    let granted = console.grant::<DeleteUsers>(&script.actor, script.account).await?;
    let state = console.delete_users(&granted).state(id).await.map_err(|error| match error {
        store::Error::NotFound => Refusal::NoSuchRequest,
        other => Refusal::from(other),
    })?;
    Ok(Json(Status { deletion_request_id: id, status: state.public_word() }))
}
