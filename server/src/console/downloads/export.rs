//! The archive of an export, a part at a time.

use app::{Error, State, ssr};
use axum::{
    Router,
    extract::{self, Path},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::id::{AccountId, ExportId};
use http::{HeaderMap, StatusCode, Uri};
use store::access::DeleteUsers;

use super::led_or_refused;
use crate::archive;

pub(super) fn routes() -> Router<State> {
    // Asking for the head alone is no download, and must not stand in the audit log as one.
    Router::new().route("/a/{account}/settings/exports/{export}/file", get(file).head(|| async { StatusCode::METHOD_NOT_ALLOWED }))
}

async fn file(extract::State(state): extract::State<State>, place: Path<(String, String)>, headers: HeaderMap, uri: Uri) -> Response {
    match downloaded(&state, place, &headers).await {
        Ok(response) => response,
        Err(error) => led_or_refused(&error, &uri),
    }
}

/// A download changes the audit log, though it is asked for by a link: nothing else changes by it, and who comes twice has downloaded twice.
async fn downloaded(state: &State, Path((account, export)): Path<(String, String)>, headers: &HeaderMap) -> Result<Response, Error> {
    let (Ok(account), Ok(export)) = (account.parse::<AccountId>(), export.parse::<ExportId>()) else { return Err(Error::NotFound) };
    let granted = ssr::grant_by_cookie::<DeleteUsers>(state, headers, account).await?;
    let found = state.console.export_users(&granted).download(export).await?;
    Ok(archive::answer(state.console.clone(), granted, &found).into_response())
}
