//! All routes, and what every request passes through.

use std::{sync::Arc, time::Duration};

use app::Limits;
use axum::{Router, middleware};
use domain::excluded_ip::TrustedProxies;
use http::StatusCode;
use store::Store;
use tower_http::timeout::TimeoutLayer;

use crate::{
    api, assets, client_address, collect_queue::CollectQueue, console, console::Live, health, locator::Locator, request_log, worker::Wake,
};

/// The longest that a request may take until its answer begins; a slow upload counts.
const LONGEST: Duration = Duration::from_mins(1);

/// What the routes work with. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub store: Store,
    /// Where collected data goes.
    pub queue: CollectQueue,
    /// Tells the worker of new work.
    pub wake: Wake,
    /// Scheme, host and port, without a slash at the end.
    pub public_url: Arc<str>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Arc<TrustedProxies>,
    /// Where clients are.
    pub locator: Arc<Locator>,
    /// How often one client may show an API key.
    pub api_limits: Arc<Limits>,
    /// What the console works with.
    pub app: app::State,
    /// Who may look on at what changes.
    pub live: Live,
}

/// The whole server as a function of its services. Needs the socket's address (`ConnectInfo`) on every request.
pub fn router(services: Services) -> Router {
    let trusted = Arc::clone(&services.trusted_proxies);
    let site = assets::manifest().unwrap_or_default();
    let console = console::routes(services.app.clone(), site, services.wake.clone(), services.live.clone());
    Router::new()
        .merge(api::routes())
        .merge(health::routes())
        .with_state(services)
        .merge(console)
        .merge(assets::router())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(middleware::from_fn_with_state(trusted, client_address::determine))
        .layer(middleware::from_fn(request_log::log))
}
