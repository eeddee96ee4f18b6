//! The deletion API, to the letter of what Heap's clients expect.

use std::process::Command;

use axum::{body::Body, extract::Request};
use data_encoding::BASE64;
use serde_json::{Value, json};
use store::access::{Granted, View};

use crate::support::{Answer, Database, Founded, House, house::post};

const TOKEN: &str = "/api/public/v0/auth_token";
const DELETION: &str = "/api/public/v0/user_deletion";
const STATUS: &str = "/api/public/v0/deletion_status";
const UNKNOWN: &str = "11111111-2222-4333-8444-555555555555";

async fn authenticate(house: &House, authorization: &str) -> Answer {
    let request = Request::post(TOKEN).header("authorization", authorization).body(Body::empty());
    house.call(request.unwrap()).await
}

fn basic(app_id: &str, key: &str) -> String {
    format!("Basic {}", BASE64.encode(format!("{app_id}:{key}").as_bytes()))
}

async fn token(house: &House, founded: &Founded) -> String {
    let answer = authenticate(house, &basic(&founded.environment.to_string(), &founded.api_key)).await;
    assert_eq!(answer.status, 200);
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

async fn order(house: &House, token: &str, body: impl Into<Body>) -> Answer {
    // This spelling of the media type is the documented one.
    let request = Request::post(DELETION).header("authorization", format!("Bearer {token}")).header("content-type", "Application/json");
    house.call(request.body(body.into()).unwrap()).await
}

async fn status(house: &House, token: &str, id: &str) -> Answer {
    let request = Request::get(format!("{STATUS}/{id}")).header("authorization", format!("Bearer {token}"));
    house.call(request.body(Body::empty()).unwrap()).await
}

/// One sentence, in each of the three places where clients look.
#[track_caller]
fn is_refused(answer: &Answer, status: u16, error: &str) -> String {
    assert_eq!(answer.status, status, "{answer:?}");
    let body = answer.json();
    assert_eq!(body["error"], error);
    assert_eq!(body["message"], body["err"]["message"]);
    body["message"].as_str().unwrap().to_owned()
}

async fn collect(house: &House, environment: impl ToString, who: &Value) {
    let mut event = json!({"app_id": environment.to_string(), "event": "Look"});
    event.as_object_mut().unwrap().extend(who.as_object().unwrap().clone());
    house.post("/api/track", &event).await.is(200, "OK");
}

/// By the program alone, with the key that the installation publishes, and by the one that the script was handed.
async fn is_proven(house: &House, founded: &Founded, id: &str, key: &str) {
    let request = Request::get("/.well-known/cairn-receipt-keys.json").body(Body::empty());
    let published = house.call(request.unwrap()).await.json();
    let public_key = published["keys"][0]["x"].as_str().unwrap();
    let view: Granted<View> = house.store.console.grant(&founded.actor, founded.account).await.unwrap();
    let mut copy = house.store.console.receipt(&view, id.parse().unwrap()).await.unwrap();
    copy.identifiers.as_mut().unwrap().key = Some(key.to_owned());
    let text = serde_json::to_string_pretty(&copy).unwrap();
    let verify = |text: &str, args: &[&str]| {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_cairn")).args(["receipt", "verify"]).arg(file.path()).args(args).output().unwrap();
        let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code(), told)
    };
    let (code, told) = verify(&text, &["--public-key", public_key, "--identity", "alice@example.com"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.starts_with("Signed by the key that you gave") && told.ends_with("alice@example.com was among the erased.\n"), "{told}");
    let (code, told) = verify(&text, &["--user-id", "9"]);
    assert_eq!((code, told.contains("user id 9 is not named in this receipt")), (Some(1), true), "{told}");
    let (code, told) = verify(&text.replace("\"users_found\": ", "\"users_found\": 1"), &[]);
    assert_eq!((code, told.starts_with("the signature does not fit")), (Some(1), true), "{told}");
}

both_engines! {
    async fn a_script_has_users_erased_from_every_environment(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let shop = house.add_production(&ada).await;
        for who in [json!({"identity": "alice@example.com"}), json!({"user_id": 7}), json!({"identity": "bob@example.com"})] {
            collect(&house, ada.environment, &who).await;
            collect(&house, shop, &who).await;
        }
        let token = token(&house, &ada).await;
        let body = json!({"users": [{"identity": "alice@example.com"}, {"user_id": 7}, {"user_id": "8"}]});
        let created = order(&house, &token, body.to_string()).await;
        assert_eq!(created.status, 201);
        let key = created.header("x-cairn-receipt-key").unwrap().to_owned();
        let created = created.json();
        let id = created["deletion_request_id"].as_str().unwrap();
        let location = format!("https://cairn.example.com/api/public/v0/deletion_status/{id}");
        assert_eq!(created, json!({"deletion_request_location": location, "deletion_request_id": id, "status": "pending"}));
        let pending = status(&house, &token, id).await;
        assert_eq!((pending.status, pending.json()), (200, json!({"deletion_request_id": id, "status": "pending"})));

        house.drain().await;
        let key = key.as_str();
        assert_eq!(key.len(), 43);
        is_proven(&house, &ada, id, key).await;
        let complete = status(&house, &token, id).await;
        assert_eq!((complete.status, complete.json()), (200, json!({"deletion_request_id": id, "status": "complete"})));
        assert_eq!(house.holdings_of(&ada, ada.environment).await, (1, 1));
        assert_eq!(house.holdings_of(&ada, shop).await, (1, 1));
    }

    async fn only_main_production_with_a_living_key_gets_a_token(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let bob = house.found("bob@example.com").await;
        let shop = house.add_production(&ada).await.to_string();
        let app_id = ada.environment.to_string();
        for (app_id, key) in [(app_id.as_str(), "wrong"), (&shop, &ada.api_key), (&app_id, &bob.api_key), ("17", &ada.api_key), ("x", &ada.api_key), ("", "")] {
            let refused = authenticate(&house, &basic(app_id, key)).await;
            assert!(is_refused(&refused, 401, "Unauthorized").starts_with("Unauthorized"));
            assert_eq!(refused.header("www-authenticate"), Some("Basic realm=\"Cairn\", charset=\"UTF-8\""));
        }
        let granted = authenticate(&house, &basic(&app_id, &ada.api_key).replace("Basic", "bAsIc")).await;
        assert_eq!((granted.status, granted.header("cache-control")), (200, Some("no-store")));
    }

    async fn a_token_lives_five_minutes_and_no_longer_than_its_key(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let first = token(&house, &ada).await;
        house.clock.advance(299_000);
        is_refused(&status(&house, &first, UNKNOWN).await, 404, "Not Found");
        house.clock.advance(1_000);
        is_refused(&status(&house, &first, UNKNOWN).await, 401, "Unauthorized");

        let second = token(&house, &ada).await;
        house.revoke_keys(&ada).await;
        let refused = order(&house, &second, json!({"users": [{"user_id": 1}]}).to_string()).await;
        is_refused(&refused, 401, "Unauthorized");
        assert_eq!(refused.header("www-authenticate"), Some("Bearer realm=\"Cairn\""));
    }

    async fn what_another_account_asked_for_does_not_exist(database) {
        let house = House::open(database).await;
        let (ada, bob) = (house.found("ada@example.com").await, house.found("bob@example.com").await);
        let created = order(&house, &token(&house, &ada).await, json!({"users": [{"user_id": 1}]}).to_string()).await.json();
        let id = created["deletion_request_id"].as_str().unwrap();
        let bobs = token(&house, &bob).await;
        let theirs = status(&house, &bobs, id).await;
        for absent in [UNKNOWN, "nonsense"] {
            assert_eq!(status(&house, &bobs, absent).await.body, theirs.body);
        }
        is_refused(&theirs, 404, "Not Found");
    }
}

#[tokio::test]
async fn a_call_without_a_good_token_is_unauthorized_before_its_body_is_read() {
    let house = House::open(Database::sqlite()).await;
    for authorization in [None, Some("Bearer"), Some("Bearer nonsense"), Some("Basic YTpi"), Some("nonsense")] {
        let mut request = post(DELETION, &json!("not read"));
        if let Some(value) = authorization {
            request.headers_mut().insert("authorization", value.parse().unwrap());
        }
        is_refused(&house.call(request).await, 401, "Unauthorized");
    }
    is_refused(&house.call(Request::post(TOKEN).body(Body::empty()).unwrap()).await, 401, "Unauthorized");
}

#[tokio::test]
async fn a_bad_body_is_told_by_path() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let token = token(&house, &ada).await;
    let crowd: Vec<Value> = (0..10_001).map(|n| json!({"user_id": n})).collect();
    for (body, refusal) in [
        (json!({}), "postBody should have required property 'users'"),
        (json!({"users": {}}), "postBody.users should be array"),
        (json!({"users": []}), "postBody.users should NOT have fewer than 1 items"),
        (json!({"users": [{"user_id": 1}, {}]}), "postBody.users[1] should have exactly one of 'identity' and 'user_id'"),
        (json!({"users": crowd}), "postBody.users should NOT have more than 10000 items"),
    ] {
        let refused = order(&house, &token, body.to_string()).await;
        assert_eq!(is_refused(&refused, 400, "Bad Request"), refusal);
    }
    is_refused(&order(&house, &token, "{").await, 400, "Bad Request");
    is_refused(&order(&house, &token, " ".repeat(16 * 1024 * 1024 + 1)).await, 413, "Payload Too Large");
    let largest = &crowd[..10_000];
    assert_eq!(order(&house, &token, json!({"users": largest}).to_string()).await.status, 201);
}

#[tokio::test]
async fn keys_can_be_tried_so_often_only() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let wrong = basic(&ada.environment.to_string(), "wrong");
    let mut refused = authenticate(&house, &wrong).await;
    for _ in 0..200 {
        if refused.status == 429 {
            break;
        }
        refused = authenticate(&house, &wrong).await;
    }
    is_refused(&refused, 429, "Too Many Requests");
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
    let mut elsewhere = Request::post(TOKEN).body(Body::empty()).unwrap();
    let right = basic(&ada.environment.to_string(), &ada.api_key);
    elsewhere.headers_mut().insert("authorization", right.parse().unwrap());
    assert_eq!(house.call_from("192.0.2.1", elsewhere).await.status, 200, "others are not held up");
}
