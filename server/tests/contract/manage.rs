//! Beside Heap's API: previews, lists, receipts, and taking a request back.

use axum::{body::Body, extract::Request};
use data_encoding::BASE64;
use domain::{deletion::Target, user::Identity};
use serde_json::{Value, json};
use store::{
    access::{DeleteUsers, Granted},
    receipts::SignedReceipt,
};

use crate::support::{Answer, Founded, House};

const REQUESTS: &str = "/api/manage/v1/deletion_requests";

pub(crate) struct Script<'a> {
    house: &'a House,
    token: String,
}

impl<'a> Script<'a> {
    pub(crate) async fn of(house: &'a House, founded: &Founded) -> Self {
        let pair = BASE64.encode(format!("{}:{}", founded.environment, founded.api_key).as_bytes());
        let request = Request::post("/api/public/v0/auth_token").header("authorization", format!("Basic {pair}")).body(Body::empty());
        let token = house.call(request.unwrap()).await.json()["access_token"].as_str().unwrap().to_owned();
        Self { house, token }
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", self.token));
        self.house.call(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, "").await
    }
}

both_engines! {
    async fn a_script_previews_lists_proves_and_cancels(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        for event in ["Look", "Buy"] {
            house.post("/api/track", &json!({"app_id": ada.environment, "identity": "alice", "event": event})).await.is(200, "OK");
        }
        let script = Script::of(&house, &ada).await;
        let order = json!({"users": [{"identity": "alice"}, {"user_id": 9}]}).to_string();
        let found = script.call("POST", "/api/manage/v1/deletion_previews", &order).await;
        assert_eq!(found.status, 200, "{found:?}");
        let found = found.json();
        let counts = json!({"users": 1, "events": 2, "properties": 0, "aliases": 0});
        assert_eq!((&found["named"], &found["matched"], &found["total"]), (&json!(2), &json!(1), &counts));
        assert_eq!(found["environments"][0]["name"], "Main / Production");

        let made = script.call("POST", "/api/public/v0/user_deletion", &order).await;
        let key = made.header("x-cairn-receipt-key").unwrap().to_owned();
        let id = made.json()["deletion_request_id"].as_str().unwrap().to_owned();
        assert_eq!(script.get(&format!("{REQUESTS}/{id}/receipt")).await.status, 404, "not before it is complete");
        house.drain().await;
        let told = script.get(&format!("{REQUESTS}/{id}")).await.json();
        assert_eq!((&told["state"], &told["erased"], &told["has_receipt"]), (&json!("complete"), &counts, &Value::Bool(true)));
        let mut copy: SignedReceipt = serde_json::from_value(script.get(&format!("{REQUESTS}/{id}/receipt")).await.json()).unwrap();
        copy.identifiers.as_mut().unwrap().key = Some(key);
        let (copy, _) = SignedReceipt::check(&serde_json::to_string(&copy).unwrap(), Some(&house.store.console.receipt_key())).unwrap();
        assert_eq!(copy.covers(&Target::Identity(Identity::parse("alice").unwrap())), Ok(true));
        let late = script.call("POST", &format!("{REQUESTS}/{id}/cancel"), "").await;
        assert_eq!((late.status, late.json()["error"].as_str()), (409, Some("Conflict")));

        // What a teammate asked for in the console can be taken back by a script of the account.
        house.run("UPDATE accounts SET grace_hours = 24").await;
        house.clock.advance(1_000);
        let granted: Granted<DeleteUsers> = house.store.console.grant(&ada.actor, ada.account).await.unwrap();
        let bea = Target::Identity(Identity::parse("bea").unwrap());
        let waiting = house.store.console.delete_users(&granted).request(&[bea]).await.unwrap().id;
        let cancelled = script.call("POST", &format!("{REQUESTS}/{waiting}/cancel"), "").await;
        assert_eq!((cancelled.status, cancelled.json()["state"].as_str()), (200, Some("cancelled")));
        let ids = async |query: &str| -> Vec<String> {
            let listed = script.get(&format!("{REQUESTS}{query}")).await.json();
            listed["deletion_requests"].as_array().unwrap().iter().map(|told| told["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids("").await, [waiting.to_string(), id.clone()]);
        assert_eq!(ids(&format!("?before={waiting}")).await, std::slice::from_ref(&id));
        assert_eq!(script.get(&format!("{REQUESTS}?before=x")).await.status, 404);

        let eve = house.found("eve@example.com").await;
        let stranger = Script::of(&house, &eve).await;
        for path in [format!("{REQUESTS}/{id}"), format!("{REQUESTS}/{id}/receipt")] {
            assert_eq!(stranger.get(&path).await.status, 404);
        }
        assert_eq!(stranger.call("POST", &format!("{REQUESTS}/{waiting}/cancel"), "").await.status, 404);
        assert_eq!(stranger.get(REQUESTS).await.json(), json!({"deletion_requests": []}));
    }
}
