//! The public HTTP APIs, in the shapes that Heap's clients know.

mod address;
mod collect;
mod cors;
mod deletion;
pub mod openapi;
mod receipt_keys;

use axum::Router;

use crate::router::Services;
use openapi::Api;

pub(crate) fn routes() -> Router<Services> {
    described().into_router().merge(receipt_keys::routes())
}

/// Every route, in the order in which people read about them.
fn described() -> Api {
    collect::routes().merge(deletion::routes()).merge(address::routes()).merge(openapi::routes())
}
