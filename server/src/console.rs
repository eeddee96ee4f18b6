//! How axum serves the console: its pages, its server functions, and what guards both.

mod forms;
mod guard;
mod headers;
mod patience;
mod set_up;

use app::{App, State, assets::Assets, shell};
use axum::{
    Router, middleware,
    routing::{get, post},
};
use leptos::{prelude::provide_context, server_fn};

/// Every page and server function of the console. What no route takes is answered by the page for what does not exist.
pub fn routes(state: State, assets: Assets) -> Router {
    let pages = pages(&state, assets);
    // A refused plain post is answered by the page that it came from.
    let functions = functions(&state).layer(middleware::from_fn_with_state(pages.clone(), forms::answer));
    pages
        .merge(functions)
        .layer(middleware::from_fn_with_state(state.clone(), set_up::lead))
        .layer(middleware::from_fn_with_state(state, guard::refuse_foreign))
        .layer(middleware::from_fn(headers::add))
}

fn pages(state: &State, assets: Assets) -> Router {
    let state = state.clone();
    let context = move || {
        provide_context(state.clone());
        headers::allow_scripts();
    };
    let render = leptos_axum::render_app_async_with_context(context, move || shell(&assets));
    let listed = leptos_axum::generate_route_list(App);
    let routes = listed.iter().fold(Router::new(), |router, page| router.route(page.path(), get(render.clone())));
    routes.fallback(get(render)).layer(middleware::from_fn(patience::render_again))
}

fn functions(state: &State) -> Router {
    server_fn::axum::server_fn_paths().fold(Router::new(), |router, (path, _)| {
        let state = state.clone();
        let run = move |request| {
            let state = state.clone();
            leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request)
        };
        router.route(path, post(run))
    })
}

#[cfg(test)]
mod tests;
