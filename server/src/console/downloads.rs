//! What is downloaded from pages.

mod export;

use app::{Error, State, links, ssr, words};
use axum::{
    Json, Router,
    extract::{self, Path},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    deletion::Target,
    id::{AccountId, EnvironmentId},
};
use http::{HeaderMap, StatusCode, Uri, header};
use serde::Deserialize;
use serde_json::Value;
use store::access::{DeleteUsers, View};

use crate::api::openapi;

pub(super) fn routes(state: State) -> Router {
    Router::new()
        .route("/a/{account}/settings/deletion-requests/{request}/receipt/file", get(receipt))
        .route("/a/{account}/settings/deletion-requests/uploads/{upload}/unmatched", get(unmatched))
        .route("/a/{account}/settings/excluded-ips/file", get(excluded_ips))
        .route("/a/{account}/settings/excluded-ips/{environment}/file", get(excluded_ips))
        .route("/a/{account}/settings/privacy/postman", get(postman))
        .merge(export::routes())
        .with_state(state)
}

/// The parts of the path. What cannot be parsed names nothing.
#[derive(Deserialize)]
struct List {
    account: String,
    environment: Option<String>,
}

async fn excluded_ips(extract::State(state): extract::State<State>, Path(list): Path<List>, headers: HeaderMap, uri: Uri) -> Response {
    match excluded_ips_text(&state, &list, &headers).await {
        Ok(text) => ([(header::CONTENT_DISPOSITION, "attachment; filename=\"excluded-ips.txt\"")], text).into_response(),
        Err(error) => led_or_refused(&error, &uri),
    }
}

/// The parts of the path. What cannot be parsed names nothing.
#[derive(Deserialize)]
struct OfRequest {
    account: String,
    request: String,
}

async fn receipt(extract::State(state): extract::State<State>, Path(place): Path<OfRequest>, headers: HeaderMap, uri: Uri) -> Response {
    let name = format!("attachment; filename=\"receipt-{}.json\"", place.request);
    match receipt_text(&state, &place, &headers).await {
        // It may hold a key.
        Ok(text) => {
            let private = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
            (private, [(header::CONTENT_DISPOSITION, name)], text).into_response()
        }
        Err(error) => led_or_refused(&error, &uri),
    }
}

/// With the key of its hashes, where the browser that made the request brings it.
async fn receipt_text(state: &State, place: &OfRequest, headers: &HeaderMap) -> Result<String, Error> {
    let (Ok(account), Ok(request)) = (place.account.parse(), place.request.parse()) else { return Err(Error::NotFound) };
    let granted = ssr::grant_by_cookie::<View>(state, headers, account).await?;
    let mut copy = state.console.receipt(&granted, request).await?;
    if let Some(identifiers) = &mut copy.identifiers {
        identifiers.key = ssr::receipt_key_in(headers);
    }
    serde_json::to_string_pretty(&copy).map_err(|_| Error::Unavailable { reference: None })
}

/// The parts of the path. What cannot be parsed names nothing.
#[derive(Deserialize)]
struct OfUpload {
    account: String,
    upload: String,
}

async fn unmatched(extract::State(state): extract::State<State>, Path(place): Path<OfUpload>, headers: HeaderMap, uri: Uri) -> Response {
    match unmatched_text(&state, &place, &headers).await {
        Ok(text) => {
            let private = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_DISPOSITION, "attachment; filename=\"not-found.txt\"")];
            (private, text).into_response()
        }
        Err(error) => led_or_refused(&error, &uri),
    }
}

/// One name a line, in the words of the file.
async fn unmatched_text(state: &State, place: &OfUpload, headers: &HeaderMap) -> Result<String, Error> {
    let (Ok(account), Ok(upload)) = (place.account.parse(), place.upload.parse()) else { return Err(Error::NotFound) };
    let granted = ssr::grant_by_cookie::<DeleteUsers>(state, headers, account).await?;
    let names = state.console.delete_users(&granted).unmatched(upload).await.map_err(|error| match error {
        // What is forgotten is as good as never there.
        store::Error::Invalid(_) => Error::NotFound,
        other => Error::from(other),
    })?;
    let line = |name: &Target| match name {
        Target::Identity(identity) => format!("{}\n", identity.as_str()),
        Target::UserId(id) => format!("{id}\n"),
    };
    Ok(names.iter().map(line).collect())
}

async fn postman(extract::State(state): extract::State<State>, Path(account): Path<String>, headers: HeaderMap, uri: Uri) -> Response {
    match postman_collection(&state, &account, &headers).await {
        Ok(collection) => {
            let named = [(header::CONTENT_DISPOSITION, "attachment; filename=\"cairn.postman_collection.json\"")];
            (named, Json(collection)).into_response()
        }
        Err(error) => led_or_refused(&error, &uri),
    }
}

/// Who is not signed in comes back here.
pub(super) fn led_or_refused(error: &Error, uri: &Uri) -> Response {
    if matches!(error, Error::SignInRequired) { Redirect::to(&links::sign_in(uri.path())).into_response() } else { refused(error) }
}

/// For what is no page.
pub(super) fn refused(error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    (status, words::error(error) + "\n").into_response()
}

async fn excluded_ips_text(state: &State, list: &List, headers: &HeaderMap) -> Result<String, Error> {
    let account: Result<AccountId, _> = list.account.parse();
    let environment: Result<Option<EnvironmentId>, _> = list.environment.as_deref().map(str::parse).transpose();
    let (Ok(account), Ok(environment)) = (account, environment) else { return Err(Error::NotFound) };
    let granted = ssr::grant_by_cookie::<View>(state, headers, account).await?;
    let list = state.console.excluded_ips(&granted, environment).await?;
    Ok(ssr::excluded_ips_text(&list.lines))
}

async fn postman_collection(state: &State, account: &str, headers: &HeaderMap) -> Result<Value, Error> {
    let account: AccountId = account.parse().map_err(|_| Error::NotFound)?;
    let granted = ssr::grant_by_cookie::<View>(state, headers, account).await?;
    let app_id = ssr::app_id(&state.console, &granted).await?;
    Ok(openapi::postman(&state.settings.public_url, app_id))
}
