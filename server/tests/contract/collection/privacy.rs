//! What an environment keeps, as those who send find it.

use domain::privacy::{Privacy, Typed};
use http::{HeaderName, HeaderValue};
use serde_json::{Value, json};
use store::access::View;

use crate::support::{Answer, Founded, House, house::post};

/// The form as it is at first.
const FORM: Typed<'_> = Typed {
    stored_address: "off",
    location: "on",
    user_agent: "off",
    privacy_control: "off",
    target_text: "on",
    hosts: "",
    event_properties: "",
    user_properties: "",
    capture: "all",
    pages: "",
    retention: "",
};

impl House {
    async fn keep(&self, ada: &Founded, typed: &Typed<'_>) {
        let console = &self.store.console;
        let view = console.grant::<View>(&ada.actor, ada.account).await.unwrap();
        let version = console.privacy(&view, ada.environment).await.unwrap().version;
        let granted = console.grant(&ada.actor, ada.account).await.unwrap();
        console.save_privacy(&granted, ada.environment, version, &Privacy::parse(typed).unwrap()).await.unwrap();
    }

    async fn send(&self, path: &str, body: &Value, headers: &[(&'static str, &'static str)]) -> Answer {
        let mut request = post(path, body);
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        request.headers_mut().extend(headers);
        self.call(request).await
    }
}

fn track(ada: &Founded) -> Value {
    json!({"app_id": ada.environment, "identity": "alice", "event": "Look"})
}

/// Paths and bodies of what is answered 403 where nothing is stored.
fn others(ada: &Founded) -> [(&'static str, Value); 4] {
    let properties = json!({"app_id": ada.environment, "identity": "carol", "properties": {"city": "Rome"}});
    [
        ("/api/v1/identify", json!({"app_id": ada.environment, "user_id": 1, "identity": "bob"})),
        ("/api/add_user_properties", properties.clone()),
        ("/api/identify", properties),
        ("/api/add_account_properties", json!({"app_id": ada.environment, "account_id": "acme", "properties": {"plan": "pro"}})),
    ]
}

both_engines! {
    async fn nothing_is_stored_of_who_objects_while_that_is_honoured(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let objects = [("sec-gpc", "1")];
        house.keep(&ada, &Typed { privacy_control: "on", ..FORM }).await;
        let ignored = house.send("/api/track", &track(&ada), &objects).await;
        ignored.is(200, "OK");
        assert_eq!(ignored.header("x-cairn-ignored"), Some("gpc"));
        for (path, body) in others(&ada) {
            let refused = house.send(path, &body, &objects).await;
            refused.is(403, "Nothing is collected from a browser that objects by Global Privacy Control");
            assert_eq!(refused.header("access-control-allow-origin"), Some("*"));
        }
        assert_eq!(house.holdings(&ada).await, (0, 0));
        house.keep(&ada, &FORM).await;
        assert_eq!(house.send("/api/track", &track(&ada), &objects).await.header("x-cairn-ignored"), None);
        assert_eq!(house.holdings(&ada).await, (1, 1));
    }

    async fn pages_of_sites_that_are_not_allowed_store_nothing_and_servers_are_not_asked(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        house.keep(&ada, &Typed { hosts: "*.example.com", ..FORM }).await;
        for headers in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null"), ("referer", "https://shop.example.com/")],
            &[("referer", "https://example.com/cart")],
            &[("origin", "")],
        ] {
            let ignored = house.send("/api/track", &track(&ada), headers).await;
            ignored.is(200, "OK");
            assert_eq!(ignored.header("x-cairn-ignored"), Some("host"), "{headers:?}");
            for (path, body) in others(&ada) {
                house.send(path, &body, headers).await.is(403, "Nothing is collected from this site");
            }
        }
        assert_eq!(house.holdings(&ada).await, (0, 0));
        for headers in [&[][..], &[("origin", "https://shop.example.com:8443")], &[("referer", "https://shop.example.com/cart?a=b")]] {
            assert_eq!(house.send("/api/track", &track(&ada), headers).await.header("x-cairn-ignored"), None, "{headers:?}");
        }
        assert_eq!(house.holdings(&ada).await, (3, 1));
    }

    async fn events_of_pages_that_are_not_captured_are_left_out_singly(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        house.keep(&ada, &Typed { capture: "block", pages: "shop.example.com/account", ..FORM }).await;
        let look = |url: &str| json!({"identity": "alice", "event": "Look", "properties": {"url": url}});
        let (kept, left_out) = (look("https://shop.example.com/cart"), look("https://shop.example.com/account/cards?x"));
        let several = json!({"app_id": ada.environment, "events": [left_out, kept, kept]});
        let answer = house.post("/api/track", &several).await;
        answer.is(200, "OK");
        assert_eq!(answer.header("x-cairn-ignored"), Some("capture"));
        assert_eq!(house.holdings(&ada).await, (2, 1));
        let from_there = [("referer", "https://shop.example.com/account")];
        assert_eq!(house.send("/api/track", &track(&ada), &from_there).await.header("x-cairn-ignored"), Some("capture"));
        let (path, identify) = others(&ada)[0].clone();
        house.send(path, &identify, &from_there).await.is(200, "OK");
        assert_eq!(house.holdings(&ada).await.0, 2);
    }

    async fn an_event_has_the_place_of_its_address_and_the_address_is_not_kept_for_it(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let told = || async {
            let event = json!({"app_id": ada.environment, "identity": "alice", "event": "Look", "properties": {"ip": "192.0.2.9"}});
            house.call_from("89.160.20.128", post("/api/track", &event)).await.is(200, "OK");
        };
        told().await;
        house.keep(&ada, &Typed { location: "off", stored_address: "on", event_properties: "ip_*", ..FORM }).await;
        told().await;
        let stored = house.texts("SELECT properties FROM events ORDER BY properties").await;
        let place = r#"{"city":"Linköping","country":"Sweden","region":"Östergötland County"}"#;
        assert_eq!(stored, [place, r#"{"ip":"192.0.2.9"}"#]);
    }
}
