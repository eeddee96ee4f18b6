//! Tells callers their own address, so that a page can show the one of each family: a name of this server that is reached over IPv4 alone answers the address that visitors
//! have over IPv4.

use app::{ClientAddress, links};
use axum::{
    Extension, Router,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, header};

use crate::router::Services;

pub(super) fn routes() -> Router<Services> {
    Router::new().route(links::OWN_ADDRESS, get(own))
}

/// Readable by any page: it says nothing that the page's own server does not see.
async fn own(Extension(ClientAddress(address)): Extension<ClientAddress>) -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, address.to_canonical().to_string()).into_response()
}
