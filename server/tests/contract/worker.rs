//! The loop that does what requests left for later.

use axum::{body::Body, extract::Request};
use domain::{
    deletion::{RequestState, Target},
    user::Identity,
};
use serde_json::json;
use server::{shutdown, worker};
use store::access::DeleteUsers;

use crate::support::House;

both_engines! {
    async fn a_deletion_request_is_worked_on_until_the_server_stops(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        house.post("/api/track", &json!({"app_id": ada.environment, "identity": "alice", "event": "Look"})).await.is(200, "OK");
        let (stop, stopped) = shutdown::channel();
        let working = tokio::spawn(worker::run(house.store.maintenance.clone(), house.wake.clone(), stopped));

        let granted = house.store.console.grant::<DeleteUsers>(&ada.actor, ada.account).await.unwrap();
        let deletions = house.store.console.delete_users(&granted);
        let id = deletions.request(&[Target::Identity(Identity::parse("alice").unwrap())]).await.unwrap().id;
        house.wake.now();
        while deletions.state(id).await.unwrap() != RequestState::Complete {
            let ready = house.call(Request::get("/health/ready").body(Body::empty()).unwrap()).await;
            ready.is(200, "ready\n");
        }
        assert_eq!(house.holdings(&ada).await, (0, 0));
        stop.now();
        working.await.unwrap();
    }
}
