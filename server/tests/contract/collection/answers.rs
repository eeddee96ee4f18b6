//! What is stored is answered 200 with `OK`; what is not is answered with an error that says why.

use serde_json::json;

use crate::support::House;

both_engines! {
    async fn what_is_accepted_is_stored_and_answered_ok(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let app_id = ada.environment.to_string();
        house.post("/api/track", &json!({"app_id": app_id, "identity": "alice", "event": "Sign up", "properties": {"plan": "pro"}})).await.is(200, "OK");
        house.post("/api/track", &json!({"app_id": ada.environment, "user_id": 42, "event": "Look"})).await.is(200, "OK");
        let many: Vec<_> = (0..1_000).map(|n| json!({"identity": format!("user {}", n % 7), "event": "Click"})).collect();
        house.post("/api/track", &json!({"app_id": app_id, "events": many})).await.is(200, "OK");
        house.post("/api/v1/identify", &json!({"app_id": app_id, "user_id": "42", "identity": "alice"})).await.is(200, "OK");
        house.post("/api/add_user_properties", &json!({"app_id": app_id, "identity": "bob", "properties": {"city": "Oslo"}})).await.is(200, "OK");
        let users = json!([{"identity": "carol", "properties": {"city": "Rome"}}, {"identity": "bob", "properties": {"age": 3}}]);
        house.post("/api/add_user_properties", &json!({"app_id": app_id, "users": users})).await.is(200, "OK");
        assert_eq!(house.holdings(&ada).await.0, 1_002);
    }

    async fn a_repeat_of_an_idempotency_key_changes_nothing(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let event = json!({"app_id": ada.environment, "identity": "alice", "event": "Pay", "idempotency_key": "order 7"});
        for _ in 0..3 {
            house.post("/api/track", &event).await.is(200, "OK");
        }
        assert_eq!(house.holdings(&ada).await.0, 1);
    }

    async fn a_bad_event_refuses_its_batch_and_stores_none_of_it(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let events = json!([{"identity": "alice", "event": "Good"}, {"identity": "alice", "event": "Bad", "properties": []}]);
        let refused = house.post("/api/track", &json!({"app_id": ada.environment, "events": events})).await;
        refused.is(400, "postBody.events[1].properties should be object");
        assert_eq!(house.holdings(&ada).await, (0, 0));
    }

    async fn data_for_no_living_environment_is_refused(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let shop = house.add_production(&ada).await;
        let event = |app_id: &str| json!({"app_id": app_id, "identity": "alice", "event": "Look"});
        house.post("/api/track", &event(&shop.to_string())).await.is(200, "OK");
        house.delete_project(&ada, "Shop").await;
        let refusal = "postBody.app_id should be the id of an environment that exists";
        for app_id in [shop.to_string(), "17".to_owned()] {
            house.post("/api/track", &event(&app_id)).await.is(400, refusal);
            house.post("/api/v1/identify", &json!({"app_id": app_id, "user_id": 1, "identity": "alice"})).await.is(400, refusal);
            house.post("/api/add_user_properties", &json!({"app_id": app_id, "identity": "alice", "properties": {}})).await.is(400, refusal);
        }
    }
}
