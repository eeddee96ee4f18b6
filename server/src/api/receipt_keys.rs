//! The key that receipts are signed with, where anybody finds it: a JWK set (RFC 7517, RFC 8037).

use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, header};
use serde_json::json;

use crate::router::Services;

pub(super) fn routes() -> Router<Services> {
    Router::new().route("/.well-known/cairn-receipt-keys.json", get(keys))
}

async fn keys(State(services): State<Services>) -> Response {
    let key = services.store.console.receipt_key();
    let readable = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))];
    (readable, Json(json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": key }] }))).into_response()
}
