//! An excluded address stores nothing. Servers are told by a header, browsers by a refusal that they can read.

use axum::{body::Body, extract::Request};
use http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Database, Founded, House, house::VISITOR};

const REFUSAL: &str = "Nothing is collected from this address";

fn track(ada: &Founded) -> Value {
    json!({"app_id": ada.environment, "identity": "alice", "event": "Look"})
}

both_engines! {
    async fn nothing_is_stored_from_an_excluded_address_until_its_line_goes(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        house.post("/api/track", &track(&ada)).await.is(200, "OK");
        for list in [Some(ada.environment), None] {
            house.exclude(&ada, list, &format!("{VISITOR} # the office")).await;
            let ignored = house.post("/api/track", &track(&ada)).await;
            ignored.is(200, "OK");
            assert_eq!(ignored.header("x-cairn-ignored"), Some("excluded-ip"));
            let identify = json!({"app_id": ada.environment, "user_id": 1, "identity": "bob"});
            house.post("/api/v1/identify", &identify).await.is(403, REFUSAL);
            let properties = json!({"app_id": ada.environment, "identity": "carol", "properties": {"city": "Rome"}});
            house.post("/api/add_user_properties", &properties).await.is(403, REFUSAL);
            house.post("/api/identify", &properties).await.is(403, REFUSAL);
            let company = json!({"app_id": ada.environment, "account_id": "acme", "properties": {"plan": "pro"}});
            house.post("/api/add_account_properties", &company).await.is(403, REFUSAL);
            assert_eq!(house.holdings(&ada).await, (1, 1), "what was there stays, and nothing is added");
            house.exclude(&ada, list, "").await;
        }
        let stored = house.post("/api/track", &track(&ada)).await;
        stored.is(200, "OK");
        assert_eq!(stored.header("x-cairn-ignored"), None);
        assert_eq!(house.holdings(&ada).await, (2, 1));
    }
}

async fn options(house: &House, path: &str) -> Answer {
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri(path)
        .header("origin", "https://shop.example.com")
        .header("access-control-request-method", "POST")
        .body(Body::empty());
    house.call(request.unwrap()).await
}

#[tokio::test]
async fn a_browser_can_read_why_its_user_is_not_identified() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    house.exclude(&ada, None, VISITOR).await;
    for path in ["/api/v1/identify", "/api/identify", "/api/add_user_properties", "/api/add_account_properties"] {
        let preflight = options(&house, path).await;
        assert_eq!(preflight.status, 204);
        assert_eq!(preflight.header("access-control-allow-methods"), Some("POST"));
        assert_eq!(preflight.header("access-control-allow-headers"), Some("content-type"));
        let body = json!({"app_id": ada.environment, "user_id": 1, "identity": "bob", "account_id": "acme", "properties": {}});
        let refused = house.post(path, &body).await;
        assert_eq!(refused.status, 403);
        for answer in [preflight, refused] {
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
            assert_eq!(answer.header("access-control-allow-credentials"), None);
        }
    }
}

#[tokio::test]
async fn no_other_path_speaks_to_pages_of_other_sites() {
    let house = House::open(Database::sqlite()).await;
    for path in ["/api/track", "/api/public/v0/auth_token", "/api/public/v0/user_deletion", "/health/ready"] {
        let preflight = options(&house, path).await;
        assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (405, None), "{path}");
    }
}
