//! For whoever watches the process: is it alive, and can it work.

use std::time::Duration;

use axum::{Router, extract::State, routing::get};
use http::StatusCode;
use tokio::time::timeout;

use crate::router::Services;

const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn routes() -> Router<Services> {
    Router::new().route("/health/live", get(async || "live\n")).route("/health/ready", get(ready))
}

async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    match timeout(PATIENCE, services.store.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
