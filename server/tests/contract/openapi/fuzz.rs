//! Bodies by the hundred, the same in each run.

use axum::{body::Body, extract::Request};
use data_encoding::BASE64;
use domain::id::EnvironmentId;
use proptest::{
    prelude::Strategy,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::Value;

use super::{
    bodies::{self, UNKNOWN},
    described::Described,
};
use crate::support::{Answer, Database, Founded, House, house::VISITOR};

/// For each call and of each kind.
const VALID: usize = 100;
const SPOILED: usize = 400;

/// Bodies of a kind, made in the same way each time.
fn some<T>(strategy: &impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn basic(founded: &Founded) -> String {
    format!("Basic {}", BASE64.encode(format!("{}:{}", founded.environment, founded.api_key).as_bytes()))
}

async fn token(house: &House, founded: &Founded) -> String {
    let request = Request::post("/api/public/v0/auth_token").header("authorization", basic(founded)).body(Body::empty());
    let token = house.call(request.unwrap()).await.json()["access_token"].as_str().unwrap().to_owned();
    format!("Bearer {token}")
}

/// Sends a call and holds the answer to what the document says of it.
async fn send(house: &House, call: &Described, path: &str, authorization: Option<&str>, body: impl Into<Body>) -> Answer {
    let mut request = Request::builder().method(call.method.as_str()).uri(path);
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    let answer = house.call(request.body(body.into()).unwrap()).await;
    assert!(answer.status < 500, "{path}: {answer:?}");
    assert!(call.statuses().contains(&answer.status), "{path}: {answer:?} is not in the document");
    let media = answer.header("content-type").unwrap_or_default().split(';').next().unwrap().to_owned();
    let schema = call.answer(&answer.status.to_string(), &media);
    let body = if media == "application/json" { answer.json() } else { Value::from(answer.body.clone()) };
    assert!(schema.is_some_and(|schema| schema.is_valid(&body)), "{path}: {answer:?} does not fit its schema");
    for name in call.headers(answer.status) {
        // The one that tells of an exception.
        assert!(answer.header(&name).is_some() || name == "x-cairn-ignored", "{path}: {answer:?} has no {name}");
    }
    answer
}

/// The environment that data is for, in the place of whatever id a body was made with.
fn addressed(mut body: Value, founded: &Founded) -> Value {
    if let Some(id) = body.get_mut("app_id") {
        match id {
            Value::String(text) if text.parse::<EnvironmentId>().is_ok() => *id = founded.environment.to_string().into(),
            Value::Number(number) if number.as_i64().is_some_and(|id| EnvironmentId::new(id).is_ok()) => {
                *id = founded.environment.get().into();
            }
            // Whole all the same.
            Value::Number(number) if number.is_f64() && number.as_f64().is_some_and(|id| id.fract() == 0.0) => {
                *id = serde_json::from_str(&format!("{}.0", founded.environment)).unwrap();
            }
            _ => {}
        }
    }
    body
}

#[tokio::test]
async fn bodies_are_answered_as_the_document_says() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let token = token(&house, &ada).await;
    for call in Described::all() {
        let (Some(schema), Some(judge)) = (call.body_schema(), call.body()) else { continue };
        let authorization = call.shows("Token").then_some(token.as_str());
        let (mut good, mut bad) = (0, 0);
        let made = some(&bodies::valid(&call, schema), VALID);
        for body in made.into_iter().chain(some(&bodies::spoiled(&call, schema), SPOILED)) {
            let body = addressed(body, &ada);
            let fits = judge.is_valid(&body);
            let answer = send(&house, &call, &call.path, authorization, body.to_string()).await;
            let stored = call.successes().contains(&answer.status);
            // An account has only so many archives at once, and some of these users are known from other calls.
            house.run("UPDATE exports SET state = 'deleted'").await;
            assert_eq!(stored, fits, "{} by the schema {fits}, but {answer:?}: {body:.2000}", call.path);
            if stored { good += 1 } else { bad += 1 }
        }
        assert!(good >= VALID && bad >= SPOILED / 4, "{}: {good} good and {bad} bad", call.path);
    }
}

#[tokio::test]
async fn what_is_no_json_is_refused_as_the_document_says() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let token = token(&house, &ada).await;
    for call in Described::all().into_iter().filter(|call| call.body_schema().is_some()) {
        let authorization = call.shows("Token").then_some(token.as_str());
        let texts = some(&proptest::collection::vec(proptest::prelude::any::<u8>(), 0..64), 20);
        let broken =
            [&b"{"[..], b"", b"\"", b"{\"app_id\": 1e999}", b"{\"identity\": \"\\ud800\"}", b"\xff\xfe{}", b"nul"].map(<[u8]>::to_vec);
        for text in texts.into_iter().chain(broken) {
            assert_eq!(send(&house, &call, &call.path, authorization, text).await.status, 400);
        }
        let most = call.operation["requestBody"]["x-max-bytes"].as_u64().unwrap();
        let large = " ".repeat(usize::try_from(most).unwrap() + 1);
        assert_eq!(send(&house, &call, &call.path, authorization, large).await.status, 413);
    }
}

#[tokio::test]
async fn calls_without_a_body_are_answered_as_the_document_says() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let (pair, token) = (basic(&ada), token(&house, &ada).await);
    let odd = some(&"[!-~]{1,40}", 20);
    for call in Described::all().into_iter().filter(|call| call.body_schema().is_none()) {
        let right = if call.shows("AppIdAndKey") { Some(pair.as_str()) } else { call.shows("Token").then_some(token.as_str()) };
        let path = call.path.replace("{id}", UNKNOWN);
        let expected = if path == call.path { 200 } else { 404 };
        assert_eq!(send(&house, &call, &path, right, Body::empty()).await.status, expected);
        for text in odd.iter().filter(|_| right.is_some()) {
            for scheme in ["", "Basic ", "Bearer "] {
                let answer = send(&house, &call, &path, Some(&[scheme, text].concat()), Body::empty()).await;
                assert!(matches!(answer.status, 401 | 429), "{answer:?}");
            }
        }
        for id in some(&"[0-9a-zA-Z._~-]{1,40}", 20).iter().filter(|_| path != call.path) {
            assert_eq!(send(&house, &call, &call.path.replace("{id}", id), right, Body::empty()).await.status, 404);
        }
    }
}

#[tokio::test]
async fn an_excluded_address_is_answered_as_the_document_says() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    house.exclude(&ada, None, VISITOR).await;
    for call in Described::all().into_iter().filter(|call| call.operation["tags"][0] == "Collection") {
        for body in some(&bodies::valid(&call, call.body_schema().unwrap()), 20) {
            let answer = send(&house, &call, &call.path, None, addressed(body, &ada).to_string()).await;
            let (status, ignored) = if call.statuses().contains(&403) { (403, None) } else { (200, Some("excluded-ip")) };
            assert_eq!((answer.status, answer.header("x-cairn-ignored")), (status, ignored), "{}", call.path);
            assert!(ignored.is_none() || call.headers(status).iter().any(|name| name == "x-cairn-ignored"));
        }
    }
}
