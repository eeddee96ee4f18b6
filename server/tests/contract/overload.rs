//! What cannot be stored is refused.

use serde_json::json;
use server::collect_queue::Size;

use crate::support::{
    Database, House,
    house::{VISITOR, post},
};

#[tokio::test]
async fn a_full_queue_is_answered_503_with_a_time_to_come_again() {
    let house = House::stuck(Database::sqlite(), Size { waiting: 2, batch: 2 }).await;
    let ada = house.found("ada@example.com").await;
    let event = |name: &str| json!({"app_id": ada.environment, "identity": "alice", "event": name});
    let two = json!({"app_id": ada.environment, "events": [
        {"identity": "alice", "event": "One"}, {"identity": "alice", "event": "Two"}
    ]});
    let three = event("Three");
    let waits = house.call_from(VISITOR, post("/api/track", &two));
    tokio::select! {
        biased;
        _ = waits => panic!("nobody writes, so nothing can be answered"),
        refused = house.post("/api/track", &three) => {
            refused.is(503, "Nothing was stored: the queue is full; try again");
            assert_eq!(refused.header("retry-after"), Some("2"));
        }
    }
}
