//! Routes and what is said of them, in one place: there is no way to add a route to the API that the document does not know.

use axum::{Router, handler::Handler, routing};
use utoipa::openapi::path::{HttpMethod, Operation};

use crate::router::Services;

/// Routes of the API with their description.
pub(crate) struct Api {
    router: Router<Services>,
    calls: Vec<Call>,
}

/// What is said of one route.
pub(crate) struct Call {
    pub(crate) method: HttpMethod,
    /// Routes and the document spell parameters alike.
    pub(crate) path: &'static str,
    pub(crate) operation: Operation,
}

impl Api {
    pub(crate) fn new() -> Self {
        Self { router: Router::new(), calls: Vec::new() }
    }

    pub(crate) fn get<H, T>(mut self, path: &'static str, handler: H, about: impl Into<Operation>) -> Self
    where
        H: Handler<T, Services>,
        T: 'static,
    {
        self.calls.push(Call { method: HttpMethod::Get, path, operation: about.into() });
        Self { router: self.router.route(path, routing::get(handler)), ..self }
    }

    pub(crate) fn post<H, T>(mut self, path: &'static str, handler: H, about: impl Into<Operation>) -> Self
    where
        H: Handler<T, Services>,
        T: 'static,
    {
        self.calls.push(Call { method: HttpMethod::Post, path, operation: about.into() });
        Self { router: self.router.route(path, routing::post(handler)), ..self }
    }

    /// Has every route so far pass through something.
    pub(crate) fn through(self, layer: impl FnOnce(Router<Services>) -> Router<Services>) -> Self {
        Self { router: layer(self.router), ..self }
    }

    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.calls.extend(other.calls);
        Self { router: self.router.merge(other.router), ..self }
    }

    pub(crate) fn into_router(self) -> Router<Services> {
        self.router
    }

    pub(crate) fn into_calls(self) -> Vec<Call> {
        self.calls
    }
}
