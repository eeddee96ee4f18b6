//! A page that is not made in time is made again: rendering on several threads can, very rarely, wait for an answer that never comes.

use std::time::Duration;

use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use http::Method;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(4);
const TRIES: u32 = 4;

/// Reading a page changes nothing, so it can be done twice.
pub(super) async fn render_again(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if parts.method != Method::GET {
        return next.run(Request::from_parts(parts, body)).await;
    }
    for _ in 1..TRIES {
        let again = Request::from_parts(parts.clone(), Body::empty());
        if let Ok(response) = timeout(PATIENCE, next.clone().run(again)).await {
            return response;
        }
        tracing::warn!("a page was not made in time and is made again");
    }
    next.run(Request::from_parts(parts, Body::empty())).await
}
