//! The public HTTP APIs, in the shapes that Heap's clients know.

mod address;
mod collect;
mod cors;
mod deletion;
mod receipt_keys;

use axum::Router;

use crate::router::Services;

pub(crate) fn routes() -> Router<Services> {
    Router::new().merge(address::routes()).merge(collect::routes()).merge(deletion::routes()).merge(receipt_keys::routes())
}
