//! Bodies, methods and media types. Nothing here reaches the database, so one engine will do.

use axum::{body::Body, extract::Request};
use http::Method;
use serde_json::json;

use crate::support::{Answer, Database, Founded, House};

const PATHS: [&str; 5] = ["/api/track", "/api/v1/identify", "/api/identify", "/api/add_user_properties", "/api/add_account_properties"];
const LARGEST: usize = 5 * 1024 * 1024;

async fn house() -> (House, Founded) {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    (house, ada)
}

async fn send(house: &House, path: &str, body: impl Into<Body>) -> Answer {
    house.call(Request::post(path).body(body.into()).unwrap()).await
}

#[tokio::test]
async fn an_error_names_the_path_of_what_is_wrong() {
    let (house, ada) = house().await;
    let app_id = ada.environment;
    for (path, body, refusal) in [
        (
            "/api/track",
            json!({"app_id": app_id, "event": "Look", "identity": "a", "properties": []}),
            "postBody.events[0].properties should be object",
        ),
        ("/api/track", json!({"event": "Look", "identity": "a"}), "postBody should have required property 'app_id'"),
        (
            "/api/track",
            json!({"app_id": app_id, "event": "Look", "identity": "a", "user_id": 1}),
            "postBody.events[0] should have exactly one of 'identity' and 'user_id'",
        ),
        (
            "/api/track",
            json!({"app_id": "test-app-id", "event": "Look", "identity": "a"}),
            "postBody.app_id should be an environment id of 1 to 10 digits",
        ),
        ("/api/v1/identify", json!({"app_id": app_id, "identity": "a"}), "postBody should have required property 'user_id'"),
        (
            "/api/add_user_properties",
            json!({"app_id": app_id, "identity": "a", "properties": {"ID": 1}}),
            "postBody.users[0].properties should NOT have a property named 'id'",
        ),
        ("/api/identify", json!({"app_id": app_id, "properties": {}}), "postBody.users[0] should have required property 'identity'"),
        (
            "/api/add_account_properties",
            json!({"app_id": app_id, "properties": {"plan": "pro"}}),
            "postBody.accounts[0] should have required property 'account_id'",
        ),
    ] {
        house.post(path, &body).await.is(400, refusal);
    }
}

#[tokio::test]
async fn broken_and_deeply_nested_json_is_refused() {
    let (house, ada) = house().await;
    let deep = format!(
        r#"{{"app_id":"{}","event":"Look","identity":"a","properties":{}{}}}"#,
        ada.environment,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    for path in PATHS {
        for body in ["", "{", "[]", "null", "\u{0}", deep.as_str()] {
            let answer = send(&house, path, body.to_owned()).await;
            assert_eq!(answer.status, 400, "{path}: {body:.40}");
            assert!(answer.body.starts_with("postBody"), "{}", answer.body);
        }
        assert_eq!(send(&house, path, vec![0xff, 0xfe]).await.status, 400);
    }
}

#[tokio::test]
async fn a_body_over_5_mib_is_too_large() {
    let (house, ada) = house().await;
    let event = format!(r#"{{"app_id":"{}","event":"Look","identity":"a"}}"#, ada.environment);
    let padded = |length: usize| event.clone() + &" ".repeat(length - event.len());
    send(&house, "/api/track", padded(LARGEST)).await.is(200, "OK");
    for path in PATHS {
        send(&house, path, padded(LARGEST + 1)).await.is(413, "postBody should NOT be larger than 5 MiB");
    }
}

#[tokio::test]
async fn the_media_type_does_not_matter() {
    let (house, ada) = house().await;
    let event = json!({"app_id": ada.environment, "event": "Look", "identity": "a"}).to_string();
    for media in ["application/json", "Application/JSON; Charset=utf-8", "text/plain", "nonsense"] {
        let request = Request::post("/api/track").header("content-type", media).body(Body::from(event.clone())).unwrap();
        house.call(request).await.is(200, "OK");
    }
    send(&house, "/api/track", event).await.is(200, "OK");
}

#[tokio::test]
async fn only_post_collects() {
    let (house, _) = house().await;
    for path in PATHS {
        for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            let answer = house.call(request).await;
            assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")), "{path}");
        }
    }
}
