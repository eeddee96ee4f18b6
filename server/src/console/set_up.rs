//! Every page of an empty installation leads to `/setup`, which leads nowhere afterwards.

use app::{State, links};
use axum::{
    extract::{self, Request},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{Method, StatusCode};

pub(super) async fn lead(extract::State(state): extract::State<State>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let at_set_up = request.uri().path() == links::SET_UP;
    match state.is_set_up().await {
        Ok(true) if at_set_up => Redirect::to(links::HOME).into_response(),
        Ok(false) if !at_set_up => Redirect::to(links::SET_UP).into_response(),
        Ok(_) => next.run(request).await,
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}
