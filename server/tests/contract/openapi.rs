//! The document of the API holds: every route is in it, and bodies made from its schemas are answered as it says.

mod bodies;
mod described;
mod fuzz;
mod readers;

use std::collections::BTreeSet;

use axum::{body::Body, extract::Request};
use server::api::openapi;

use crate::{
    support::{Database, House, house::PUBLIC_URL},
    sweep::examples,
};
use described::Described;

#[test]
fn the_document_knows_every_route_of_the_api_and_no_other() {
    let described: BTreeSet<(String, String)> =
        Described::all().into_iter().map(|call| (call.method, call.path.replace("{id}", bodies::UNKNOWN))).collect();
    let known: BTreeSet<(String, String)> = examples::APIS
        .iter()
        // One example is of a method that no route takes; what tells whether the server lives is not for clients.
        .filter(|(method, path, _)| path.starts_with("/api/") && (*method, *path) != ("GET", "/api/track"))
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(described, known, "left: calls of the document; right: those with an example in sweep/examples.rs");
}

#[tokio::test]
async fn anybody_and_any_page_may_read_the_document() {
    let house = House::open(Database::sqlite()).await;
    let answer = house.call(Request::get("/api/openapi.json").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.json()), (200, openapi::document(PUBLIC_URL)));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=3600"));
    let document = answer.json();
    assert_eq!((&document["openapi"], &document["servers"][0]["url"]), (&"3.1.0".into(), &PUBLIC_URL.into()));
}

#[test]
fn the_schemas_are_schemas_and_the_examples_fit_them() {
    for call in Described::all() {
        let Some(body) = call.body() else { continue };
        let examples = call.operation["requestBody"]["content"]["application/json"]["examples"].as_object().unwrap();
        assert!(!examples.is_empty(), "{}", call.path);
        for example in examples.values() {
            assert!(body.is_valid(&example["value"]), "{}: {example}", call.path);
        }
        for (status, answer) in call.operation["responses"].as_object().unwrap() {
            if let Some(schema) = call.answer(status, "application/json") {
                let example = &answer["content"]["application/json"]["example"];
                assert!(schema.is_valid(example), "{} {status}: {example}", call.path);
            }
        }
    }
}

#[test]
fn limits_are_those_that_bodies_are_judged_by() {
    let document = openapi::document(PUBLIC_URL);
    let schemas = &document["components"]["schemas"];
    insta::assert_snapshot!("schemas", serde_json::to_string_pretty(schemas).unwrap());
}
