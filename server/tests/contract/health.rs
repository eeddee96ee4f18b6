//! What a watcher sees.

use axum::body::Body;
use http::Request;

use crate::support::{Answer, Database, House};

async fn get(house: &House, path: &str) -> Answer {
    house.call(Request::get(path).body(Body::empty()).unwrap()).await
}

both_engines! {
    async fn a_server_with_a_database_is_alive_and_ready(database) {
        let house = House::open(database).await;
        get(&house, "/health/live").await.is(200, "live\n");
        get(&house, "/health/ready").await.is(200, "ready\n");
    }
}

#[tokio::test]
async fn without_its_database_a_server_is_alive_but_not_ready() {
    let house = House::open(Database::sqlite()).await;
    house.store.close().await;
    get(&house, "/health/live").await.is(200, "live\n");
    assert_eq!(get(&house, "/health/ready").await.status, 503);
}
