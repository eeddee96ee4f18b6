//! How axum serves the console: its pages, its server functions, and what guards both.

mod downloads;
mod forms;
mod guard;
mod headers;
mod live;
mod set_up;

pub use live::Live;

use std::sync::LazyLock;

use app::{App, State, assets::Assets, links, shell};
use axum::{
    Router,
    extract::{self, DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{Redirect, Response},
    routing::{get, post},
};
use http::header;
use leptos::{prelude::provide_context, server_fn};
use tower_http::compression::{
    CompressionLayer, Predicate,
    predicate::{DefaultPredicate, NotForContentType},
};

use crate::{api::openapi, worker::Wake};

/// The pages' addresses. Listing them runs the whole application with a flag that holds for the process: a page that is being made meanwhile never
/// gets its data (`leptos_server::SuppressResourceLoad`). So it is done once, before the first router can make a page.
static PAGES: LazyLock<Vec<String>> =
    LazyLock::new(|| leptos_axum::generate_route_list(App).iter().map(|page| page.path().to_owned()).collect());

/// The address of every page, as routes spell them.
pub fn page_addresses() -> &'static [String] {
    &PAGES
}

/// Every page and server function of the console. What no route takes is answered by the page for what does not exist.
pub fn routes(state: State, assets: Assets, wake: Wake, live: Live) -> Router {
    let pages = pages(&state, assets);
    // A refused plain post is answered by the page that it came from.
    let functions = functions(&state)
        // What reaches them has been read by then, and was not too much; by default they would take 2 MB.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(wake, wake_after_change))
        .layer(middleware::from_fn_with_state(pages.clone(), forms::answer));
    pages
        .merge(functions)
        .merge(downloads::routes(state.clone()))
        .merge(live::routes(state.clone(), live))
        // Nothing leads there, but people type it.
        .route(links::HELP, get(|| async { Redirect::to(links::DELETE_DATA) }))
        .layer(middleware::from_fn_with_state(state.clone(), set_up::lead))
        .layer(middleware::from_fn_with_state(state.clone(), guard::refuse_foreign))
        .layer(middleware::from_fn_with_state(state, headers::add))
        // An archive is compressed as it is, and says how long it will be.
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))))
        .layer(middleware::from_fn(keep_foreign_uncompressed))
}

/// What pages and server functions reach.
fn provide(state: &State) {
    provide_context(state.clone());
    provide_context(openapi::manual());
}

fn pages(state: &State, assets: Assets) -> Router {
    let state = state.clone();
    let context = move || {
        provide(&state);
        headers::allow_scripts();
    };
    let render = leptos_axum::render_app_async_with_context(context, move || shell(&assets));
    let routes = PAGES.iter().fold(Router::new(), |router, page| router.route(page, get(render.clone())));
    routes.fallback(get(render))
}

fn functions(state: &State) -> Router {
    server_fn::axum::server_fn_paths().fold(Router::new(), |router, (path, _)| {
        let state = state.clone();
        let run = move |request| {
            let state = state.clone();
            leptos_axum::handle_server_fns_with_context(move || provide(&state), request)
        };
        router.route(path, post(run))
    })
}

/// A site that has a browser ask for a page with text of its choice, and sees how long the answer is on the wire, could guess what else is in it (BREACH). So only
/// what is asked from here is compressed.
async fn keep_foreign_uncompressed(mut request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    next.run(request).await
}

/// What changes something leads on; and it may have left work.
async fn wake_after_change(extract::State(wake): extract::State<Wake>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.headers().contains_key(header::LOCATION) {
        wake.now();
    }
    response
}

#[cfg(test)]
mod tests;
