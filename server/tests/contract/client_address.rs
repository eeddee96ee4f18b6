//! Which address counts is decided by the socket and by trusted proxies, by nothing that a client writes.

use axum::extract::Request;
use serde_json::json;

use crate::support::{
    Founded, House,
    house::{VISITOR, post},
};

const OFFICE: &str = "203.0.113.9";
const PROXY: &str = "10.0.0.1";

/// Whether an event with these headers, through this socket, is ignored as one from the office.
async fn is_from_the_office(house: &House, ada: &Founded, peer: &str, headers: &[(&'static str, &'static str)]) -> bool {
    let mut request: Request = post("/api/track", &json!({"app_id": ada.environment, "identity": "alice", "event": "Look"}));
    for (name, value) in headers {
        request.headers_mut().append(*name, value.parse().unwrap());
    }
    let answer = house.call_from(peer, request).await;
    answer.is(200, "OK");
    answer.header("x-cairn-ignored") == Some("excluded-ip")
}

both_engines! {
    async fn forged_headers_and_fields_change_nothing(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        house.exclude(&ada, None, OFFICE).await;
        let names = ["x-forwarded-for", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "forwarded", "client-ip"];
        for name in names {
            for value in [VISITOR, "10.0.0.1", "for=198.51.100.7", "for=\"203.0.113.9\"", OFFICE, "nonsense, ,"] {
                assert!(is_from_the_office(&house, &ada, OFFICE, &[(name, value)]).await, "hidden by {name}: {value}");
                assert!(!is_from_the_office(&house, &ada, VISITOR, &[(name, value)]).await, "forged by {name}: {value}");
            }
        }
        let (before, _) = house.holdings(&ada).await;
        for field in ["ip", "client_ip", "ip_address", "remote_addr", "x-forwarded-for"] {
            let mut body = json!({"app_id": ada.environment, "identity": "alice", "event": "Look", "properties": {field: VISITOR}});
            body[field] = json!(VISITOR);
            let answer = house.call_from(OFFICE, post("/api/track", &body)).await;
            assert_eq!(answer.header("x-cairn-ignored"), Some("excluded-ip"), "{field}");
        }
        assert_eq!(house.holdings(&ada).await.0, before);
    }

    async fn behind_a_trusted_proxy_the_rightmost_hop_that_is_none_counts(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        house.exclude(&ada, None, OFFICE).await;
        let forwarded = "x-forwarded-for";
        assert!(is_from_the_office(&house, &ada, PROXY, &[(forwarded, OFFICE)]).await);
        assert!(is_from_the_office(&house, &ada, PROXY, &[(forwarded, "198.51.100.7, 203.0.113.9, 10.0.0.2")]).await);
        assert!(is_from_the_office(&house, &ada, PROXY, &[(forwarded, VISITOR), (forwarded, OFFICE)]).await);
        assert!(is_from_the_office(&house, &ada, "::ffff:10.0.0.1", &[(forwarded, "::ffff:203.0.113.9")]).await);
        assert!(!is_from_the_office(&house, &ada, PROXY, &[(forwarded, "203.0.113.9, 198.51.100.7")]).await);
        assert!(!is_from_the_office(&house, &ada, PROXY, &[("forwarded", "for=203.0.113.9")]).await);
        assert!(!is_from_the_office(&house, &ada, PROXY, &[]).await);
    }
}
