//! Users of whom nothing is collected, as those who send find it.

use domain::{
    deletion::{Suppression, Target},
    user::Identity,
};
use serde_json::json;
use store::{
    access::{DeleteUsers, Granted},
    console::deletion_requests::Selection,
};

use crate::support::{House, house::post};

both_engines! {
    async fn calls_that_name_somebody_who_is_suppressed_are_no_mistakes_and_store_nothing(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let granted: Granted<DeleteUsers> = house.store.console.grant(&ada.actor, ada.account).await.unwrap();
        let bea = Selection::named(&[Target::Identity(Identity::parse("bea").unwrap())]).unwrap();
        house.store.console.delete_users(&granted).request_selected(&bea, Suppression::Forever).await.unwrap();

        let app_id = ada.environment;
        let properties = json!({"app_id": app_id, "identity": "bea", "properties": {"city": "Rome"}});
        let calls = [
            ("/api/track", json!({"app_id": app_id, "identity": "bea", "event": "Look"})),
            ("/api/v1/identify", json!({"app_id": app_id, "user_id": 1, "identity": "bea"})),
            ("/api/add_user_properties", properties.clone()),
            ("/api/identify", properties),
        ];
        for (path, body) in calls {
            let answer = house.call(post(path, &body)).await;
            assert_eq!((answer.status, answer.header("x-cairn-ignored")), (200, Some("suppressed")), "{path}");
        }
        let both = json!({"app_id": app_id, "events": [{"identity": "bea", "event": "Look"}, {"identity": "cyd", "event": "Look"}]});
        let answer = house.call(post("/api/track", &both)).await;
        assert_eq!((answer.status, answer.header("x-cairn-ignored")), (200, Some("suppressed")), "the others are stored");
        assert_eq!(house.texts("SELECT identity FROM users").await, ["cyd"]);
    }
}
