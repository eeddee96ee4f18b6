//! The third net of access: every server function, page and API route, as everybody. A route without an example fails.

mod callers;
pub(crate) mod examples;
mod world;

use std::{collections::BTreeSet, fmt::Write};

use axum::body::Body;
use http::{Method, Request};
use leptos::server_fn;
use server::console;

use callers::Caller;
use examples::{Class, Example};
use world::World;

use crate::support::Database;

const SITE: &str = "https://cairn.example.com";

#[test]
fn every_server_function_has_an_example_and_takes_only_post() {
    let registered: BTreeSet<String> = server_fn::axum::server_fn_paths()
        .map(|(path, method)| {
            assert_eq!(method, Method::POST, "{path}");
            path.trim_start_matches("/api/console/").to_owned()
        })
        .collect();
    let known: BTreeSet<String> = examples::FUNCTIONS.iter().map(|example| example.name.to_owned()).collect();
    assert_eq!(registered, known, "left: server functions that are registered; right: those with an example in sweep/examples.rs");
}

#[test]
fn every_page_has_an_example() {
    // Not listed anew, which would keep the pages of tests beside this one from loading.
    let registered: BTreeSet<String> = console::page_addresses().iter().cloned().collect();
    let known: BTreeSet<String> = examples::PAGES.iter().map(|(pattern, _, _)| (*pattern).to_owned()).collect();
    assert_eq!(registered, known, "left: pages that are registered; right: those with an example in sweep/examples.rs");
}

/// What a class promises to each caller.
fn is_as_promised(class: Class, caller: Caller, status: u16) -> bool {
    match (class, caller) {
        // What is not of the account: the examples are refused for what they say, not for who says it.
        (Class::Open, _) => matches!(status, 200 | 302 | 303 | 404 | 409 | 422),
        (_, Caller::Anonymous) => status == 401,
        // What is somebody else's own is not found.
        (Class::Own, _) => matches!(status, 200 | 403 | 404 | 422),
        (Class::Operator, Caller::Operator)
        | (Class::View, Caller::ReadOnly)
        | (Class::View | Class::Change | Class::Desk, Caller::Full) => status == 200,
        // Strangers, and to the inbox every teammate is one.
        (Class::Operator, _) | (_, Caller::Stranger | Caller::Operator) => status == 404,
        (Class::Way, _) => status == 302,
        (Class::Change, Caller::ReadOnly) => status == 403,
        (Class::Desk, Caller::ReadOnly) => matches!(status, 200 | 403),
    }
}

async fn sweep(database: impl AsyncFn() -> Database) -> String {
    let mut matrix = heading("server function");
    let mut broken = String::new();
    for example in examples::FUNCTIONS {
        let world = World::build(database().await).await;
        let mut row = format!("{:<28} {:<7}", example.name, example.class.as_str());
        for caller in Caller::ALL {
            let before = world.audit_entries().await;
            let status = call(&world, example, caller).await;
            let _ = write!(row, " {status:>9}");
            if !is_as_promised(example.class, caller, status) {
                let _ = writeln!(broken, "{} as {caller:?}: {status}", example.name);
            }
            if caller != Caller::Full && example.class != Class::Open && world.audit_entries().await != before {
                let _ = writeln!(broken, "{} as {caller:?} changed the account", example.name);
            }
        }
        let _ = writeln!(matrix, "{row}");
    }
    assert_eq!(broken, "", "{matrix}");
    matrix
}

async fn call(world: &World, example: &Example, caller: Caller) -> u16 {
    let request = example.request(world).header("origin", SITE);
    world.send(caller, request.header("accept", "application/json"), example.body(world)).await
}

fn heading(what: &str) -> String {
    format!("{what:<28} {:<7} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "class", "anonymous", "stranger", "read-only", "full", "operator")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_every_server_function_answers_each_caller_as_promised() {
    insta::assert_snapshot!("functions", sweep(async || Database::sqlite()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql_every_server_function_answers_each_caller_as_promised() {
    insta::assert_snapshot!("functions", sweep(async || Database::postgres().await).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_answers_each_caller_as_promised() {
    let world = World::build(Database::sqlite()).await;
    let mut matrix = heading(&format!("{:<60}", "page"));
    let mut broken = String::new();
    for (pattern, class, path) in examples::PAGES.iter().chain(examples::DOWNLOADS) {
        let mut row = format!("{pattern:<60} {:<7}", class.as_str());
        for caller in Caller::ALL {
            let request = Request::get(path(&world)).header("accept", "text/html");
            let status = world.send(caller, request, Body::empty()).await;
            let _ = write!(row, " {status:>9}");
            // A page sends who is not signed in to the sign-in.
            let judged = if caller == Caller::Anonymous && *class != Class::Open && matches!(status, 302 | 303) { 401 } else { status };
            if !is_as_promised(*class, caller, judged) {
                let _ = writeln!(broken, "{pattern} as {caller:?}: {status}");
            }
        }
        let _ = writeln!(matrix, "{row}");
    }
    assert_eq!(broken, "", "{matrix}");
    insta::assert_snapshot!("pages", matrix);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_server_function_listens_to_another_site_or_another_method() {
    let world = World::build(Database::sqlite()).await;
    for example in examples::FUNCTIONS {
        let foreign = example.request(&world).header("origin", "https://evil.example.org");
        assert_eq!(world.send(Caller::Full, foreign, example.body(&world)).await, 403, "{} from another origin", example.name);
        let foreign = example.request(&world).header("sec-fetch-site", "cross-site");
        assert_eq!(world.send(Caller::Full, foreign, example.body(&world)).await, 403, "{} across sites", example.name);
        let read = Request::get(["/api/console/", example.name].concat()).header("origin", SITE);
        let status = world.send(Caller::Full, read, Body::empty()).await;
        assert!(matches!(status, 404 | 405), "GET {}: {status}", example.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_apis_ask_no_cookie_and_heed_none() {
    let world = World::build(Database::sqlite()).await;
    let mut matrix = heading("API route");
    for (method, path, body) in examples::APIS {
        let mut row = format!("{method:<5}{path:<31}");
        for caller in Caller::ALL {
            let request = Request::builder().method(*method).uri(*path).header("content-type", "application/json");
            let body = body.replace("APP", &world.founded.environment.to_string());
            let _ = write!(row, " {:>9}", world.send(caller, request, body.into()).await);
        }
        let _ = writeln!(matrix, "{row}");
    }
    insta::assert_snapshot!("apis", matrix);
}
