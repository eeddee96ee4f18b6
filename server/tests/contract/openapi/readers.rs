//! What people get of the document: the page, and the collection for Postman.

use std::collections::BTreeSet;

use axum::{body::Body, extract::Request};
use serde_json::Value;

use super::described::Described;
use crate::support::{Answer, Database, Founded, House};

async fn get(house: &House, path: &str, reader: Option<&Founded>) -> Answer {
    let mut request = Request::get(path);
    if let Some(founded) = reader {
        let console = &house.store.console;
        let verified = console.own_credentials(&founded.actor).await.unwrap().verified(true).unwrap();
        let token = console.sign_in(&verified, "test", None).await.unwrap();
        request = request.header("cookie", ["__Host-cairn=", &token].concat());
    }
    house.call(request.body(Body::empty()).unwrap()).await
}

// Pages are made by several threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anybody_reads_every_call_with_its_limits_and_answers() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let answer = get(&house, "/help/api", None).await;
    assert_eq!(answer.status, 200);
    for call in Described::all() {
        assert!(answer.body.contains(&call.path), "{}", call.path);
        let id = call.operation["operationId"].as_str().unwrap();
        assert!(answer.body.contains(&format!("<article id=\"{id}\"")), "{id}");
        assert!(answer.body.contains(&format!("href=\"#{id}\"")), "{id}");
    }
    for text in [
        "List of up to 1,000 items",
        "List of up to 10,000 items",
        "whole number from 0 to 9,007,199,254,740,991",
        "JSON of up to 5 MiB",
        "JSON of up to 16 MiB",
        "YOUR_APP_ID",
        "https://cairn.example.com/api/track",
    ] {
        assert!(answer.body.to_lowercase().contains(&text.to_lowercase()), "{text}");
    }
    assert!(answer.body.contains("X-Cairn-Ignored"));
    assert!(!answer.body.contains(&ada.environment.to_string()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_teammate_sees_the_examples_with_the_own_app_id() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let answer = get(&house, "/help/api", Some(&ada)).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.body.contains(&format!("--user &quot;{}:$API_KEY&quot;", ada.environment))
            || answer.body.contains(&format!("--user \"{}:$API_KEY\"", ada.environment))
    );
    assert!(!answer.body.contains("YOUR_APP_ID"));
    assert!(answer.body.contains(&format!("/a/{}/settings/privacy/postman", ada.account)));
    let privacy = get(&house, &format!("/a/{}/settings/privacy", ada.account), Some(&ada)).await;
    assert!(privacy.body.contains("href=\"/help/api\""));
    assert!(privacy.body.contains(&format!("href=\"/a/{}/settings/privacy/postman\"", ada.account)));
}

fn requests(collection: &Value) -> Vec<&Value> {
    let folders = collection["item"].as_array().unwrap().iter();
    folders.flat_map(|folder| folder["item"].as_array().unwrap()).collect()
}

#[tokio::test]
async fn the_collection_for_postman_has_every_call_and_the_app_id() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let answer = get(&house, &format!("/a/{}/settings/privacy/postman", ada.account), Some(&ada)).await;
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"cairn.postman_collection.json\""));
    let collection = answer.json();
    assert_eq!(collection["info"]["schema"], "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
    let variable = |name: &str| {
        let variables = collection["variable"].as_array().unwrap();
        variables.iter().find(|variable| variable["key"] == name).unwrap()["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(variable("base_url"), "https://cairn.example.com");
    assert_eq!(variable("app_id"), ada.environment.to_string());
    assert_eq!((variable("api_key"), variable("access_token")), (String::new(), String::new()));

    let asked: BTreeSet<String> =
        requests(&collection).into_iter().map(|item| item["request"]["url"]["raw"].as_str().unwrap().to_owned()).collect();
    let with_id = |path: &str| {
        let id = if path.contains("/exports/") { "{{export_id}}" } else { "{{deletion_request_id}}" };
        path.replace("{id}", id)
    };
    let known: BTreeSet<String> = Described::all().into_iter().map(|call| ["{{base_url}}", &with_id(&call.path)].concat()).collect();
    assert_eq!(asked, known);
    assert!(!answer.body.contains("YOUR_APP_ID"));
    assert!(!answer.body.contains("1234567890"));
}

#[tokio::test]
async fn what_postman_sends_is_stored_and_its_token_is_kept() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    let collection = get(&house, &format!("/a/{}/settings/privacy/postman", ada.account), Some(&ada)).await.json();
    for item in requests(&collection) {
        let request = &item["request"];
        let Some(body) = request["body"]["raw"].as_str().filter(|_| request["auth"]["type"] == "noauth") else { continue };
        let path = request["url"]["raw"].as_str().unwrap().trim_start_matches("{{base_url}}");
        let body = body.replace("{{app_id}}", &ada.environment.to_string());
        house.call(Request::post(path).body(Body::from(body)).unwrap()).await.is(200, "OK");
    }
    let token = requests(&collection).into_iter().find(|item| item["request"]["auth"]["type"] == "basic").unwrap();
    assert_eq!(token["request"]["auth"]["basic"][0]["value"], "{{app_id}}");
    let script = token["event"][0]["script"]["exec"][0].as_str().unwrap();
    assert!(script.contains("pm.collectionVariables.set(\"access_token\", pm.response.json().access_token)"), "{script}");
}
