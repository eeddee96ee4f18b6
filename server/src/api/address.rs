//! Tells callers their own address, so that a page can show the one of each family: a name of this server that is reached over IPv4 alone answers the address that visitors
//! have over IPv4.

use app::{ClientAddress, links};
use axum::{
    Extension,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use utoipa::openapi::path::OperationBuilder;

use super::openapi::{Api, words};

pub(super) fn routes() -> Api {
    Api::new().get(links::OWN_ADDRESS, own, about())
}

fn about() -> OperationBuilder {
    let text = "What lists of excluded addresses compare with. Any page may read it.";
    words::call("Server", "address", "The address that you come from", text)
        .response("200", words::text("The address, IPv4 or IPv6.", "198.51.100.7"))
        .response("503", words::no_answer())
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
