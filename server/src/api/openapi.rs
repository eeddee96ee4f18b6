//! The description of the public API: the document for programs, the page to read made of it, and a collection for Postman. Each route brings what is said of it, and
//! every limit is the constant that the parsers judge by.

mod manual;
mod postman;
mod routes;
mod schemas;
pub(super) mod words;

use std::sync::LazyLock;

use app::links;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use serde_json::{Value, json};
use utoipa::openapi::{
    Info, OpenApi, OpenApiBuilder, Paths, Server,
    path::{HttpMethod, OperationBuilder},
};

use super::described;
use crate::router::Services;

pub use manual::manual;
pub use postman::postman;
pub(super) use routes::Api;
use routes::Call;
pub(super) use schemas::{EXAMPLE_APP_ID, EXAMPLE_REQUEST, PAIR, TOKEN};

/// What every route brought.
static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| described().into_calls());

/// An hour: it changes with the release of the server only.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=3600");

pub(super) fn routes() -> Api {
    Api::new().get(links::API_DOCUMENT, own, about())
}

fn about() -> OperationBuilder {
    let example = json!({"openapi": "3.1.0"});
    words::call("Server", "openapi", "This description", "An OpenAPI 3.1 document for programs. Any page may read it.")
        .response("200", words::json("The document.", "Document", example))
        .response("503", words::no_answer())
}

/// Readable by any page, as tools that show such documents are.
async fn own(State(services): State<Services>) -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (header::CACHE_CONTROL, KEPT),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, axum::Json(typed(&services.public_url))).into_response()
}

/// The document of a server at this address.
pub fn document(public_url: &str) -> Value {
    serde_json::to_value(typed(public_url)).unwrap_or_default()
}

fn typed(public_url: &str) -> OpenApi {
    let text = "Collection by servers and deletion of users, in the shapes of Heap's API: a client of Heap's works with another host name. \
                A key that is `null` is as good as left out, and keys that are not known are passed over.";
    let mut info = Info::new("Cairn", env!("CARGO_PKG_VERSION"));
    info.description = Some(text.to_owned());
    let mut paths = Paths::new();
    for Call { method, path, operation } in CALLS.iter() {
        paths.add_path_operation(*path, vec![method.clone()], operation.clone());
    }
    OpenApiBuilder::new().info(info).servers(Some([Server::new(public_url)])).paths(paths).components(Some(schemas::components())).build()
}

/// As requests spell it.
fn spelled(method: &HttpMethod) -> &'static str {
    match method {
        HttpMethod::Post => "POST",
        _ => "GET",
    }
}
