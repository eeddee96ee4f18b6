//! Which address counts is decided by the socket and by trusted proxies, by nothing that a client writes.

use axum::{body::Body, extract::Request};
use serde_json::json;

use crate::support::{
    Database, Founded, House,
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

#[tokio::test]
async fn anybody_may_ask_for_the_own_address_from_any_page() {
    let house = House::open(Database::sqlite()).await;
    for (peer, forwarded, address) in [
        (VISITOR, "203.0.113.9", VISITOR),
        (PROXY, "203.0.113.9", "203.0.113.9"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("2001:db8::7", "", "2001:db8::7"),
    ] {
        let request = Request::get("/api/address").header("x-forwarded-for", forwarded).header("cookie", "__Host-cairn=x");
        let answer = house.call_from(peer, request.body(Body::empty()).unwrap()).await;
        answer.is(200, address);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

/// The page of excluded addresses as Ada gets it through this socket.
async fn page(house: &House, ada: &Founded, peer: &str, forwarded: &str) -> String {
    let console = &house.store.console;
    let verified = console.own_credentials(&ada.actor).await.unwrap().verified(true).unwrap();
    let token = console.sign_in(&verified, "test", None).await.unwrap();
    let request = Request::get(format!("/a/{}/settings/excluded-ips", ada.account))
        .header("accept", "text/html")
        .header("cookie", format!("__Host-cairn={token}"))
        .header("x-forwarded-for", forwarded);
    let answer = house.call_from(peer, request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
    answer.body
}

#[tokio::test]
async fn an_admin_sees_how_requests_come_here_and_what_a_proxy_needs() {
    let house = House::open(Database::sqlite()).await;
    let ada = house.found("ada@example.com").await;
    house.exclude(&ada, None, OFFICE).await;
    let trusted = page(&house, &ada, PROXY, OFFICE).await;
    for said in ["10.0.0.1: a trusted proxy", "203.0.113.9: data from it is refused by 203.0.113.9"] {
        assert!(trusted.contains(said), "{said}: {trusted}");
    }
    assert!(!trusted.contains("start Cairn with"));
    let long = ["203.0.113.9, ", &"x".repeat(400)].concat();
    let untrusted = page(&house, &ada, VISITOR, &long).await;
    for said in [
        "198.51.100.7: not a trusted proxy",
        "start Cairn with CAIRN_TRUSTED_PROXIES=198.51.100.7",
        "198.51.100.7: data from it is collected",
    ] {
        assert!(untrusted.contains(said), "{said}: {untrusted}");
    }
    assert!(untrusted.contains(&["203.0.113.9, ", &"x".repeat(287), "… (not read)"].concat()), "{untrusted}");
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
