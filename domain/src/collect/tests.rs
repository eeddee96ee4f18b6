#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};

use super::*;

mod hostile;
mod properties;
mod users;

fn track(body: &Value) -> Result<Track, String> {
    parse_track(body.to_string().as_bytes()).map_err(|error| error.to_string())
}

/// The answer to a single event with some keys set otherwise; `null` stands for none.
fn single(changes: &Value) -> Result<Event, String> {
    let mut body = json!({"app_id": "3000610572", "event": "Send Message", "identity": "alice@example.com"});
    if let (Some(body), Some(changes)) = (body.as_object_mut(), changes.as_object()) {
        body.extend(changes.clone());
    }
    track(&body).map(|track| track.events.into_iter().next()).and_then(|event| event.ok_or_else(|| "no event".to_owned()))
}

fn refusal<T>(result: Result<T, String>) -> String {
    result.err().unwrap_or_else(|| "accepted".to_owned())
}

#[test]
fn a_single_event_is_the_first_of_a_list() {
    let event = single(&json!({
        "session_id": "8325872782136936",
        "timestamp": "2017-03-10T22:21:56+00:00",
        "idempotency_key": "k1",
        "properties": {"subject": "Hi", "n": 1.5, "big": 9_007_199_254_740_993_i64, "paid": true},
        "unknown": {"deep": [1, {}]}
    }));
    let properties = [("subject", json!("Hi")), ("n", json!(1.5)), ("big", json!(9_007_199_254_740_993_i64)), ("paid", json!(true))];
    let expected = Event {
        name: EventName::parse("Send Message").unwrap(),
        user: Who::Identity(Identity::parse("alice@example.com").unwrap()),
        company: None,
        session_id: Some("8325872782136936".to_owned()),
        occurred_at: Some(Millis(1_489_184_516_000)),
        idempotency_key: Some("k1".to_owned()),
        properties: properties.into_iter().map(|(k, v)| (k.to_owned(), serde_json::from_value(v).unwrap())).collect(),
    };
    assert_eq!(event, Ok(expected));
}

#[test]
fn app_id_and_user_id_come_as_text_or_number() {
    for (app_id, user_id) in [
        (json!("3000610572"), json!("42")),
        (json!(3_000_610_572_i64), json!(42)),
        // As languages write it that have fractions alone.
        (json!(3_000_610_572.0), json!(42.0)),
    ] {
        let parsed = track(&json!({"app_id": app_id, "event": "e", "user_id": user_id})).unwrap();
        assert_eq!(parsed.environment.get(), 3_000_610_572);
        assert_eq!(parsed.events.first().map(|e| &e.user), UserId::new(42).map(Who::UserId).as_ref());
    }
}

#[test]
fn an_app_id_is_an_environment_id() {
    let with = |app_id: Value| refusal(single(&json!({"app_id": app_id})));
    for bad in [json!(""), json!("test-app-id"), json!("12345678901"), json!(-1), json!(0), json!(1.5), json!(12_345_678_901_i64)] {
        assert_eq!(with(bad.clone()), "postBody.app_id should be an environment id of 1 to 10 digits", "{bad}");
    }
    assert_eq!(with(json!({})), "postBody.app_id should be string");
    assert_eq!(with(json!(true)), "postBody.app_id should be string");
    assert_eq!(with(json!(["1"])), "postBody.app_id should be string");
    assert_eq!(with(Value::Null), "postBody should have required property 'app_id'");
}

#[test]
fn a_list_has_at_most_a_thousand_events() {
    let list = |count: usize| track(&json!({"app_id": 1, "events": vec![json!({"event": "e", "user_id": 1}); count]}));
    assert_eq!(list(1_000).map(|track| track.events.len()), Ok(1_000));
    assert_eq!(refusal(list(1_001)), "postBody.events should NOT have more than 1000 items");
    assert_eq!(list(0).map(|track| track.events.len()), Ok(0));
    assert_eq!(refusal(track(&json!({"app_id": 1, "events": {}}))), "postBody.events should be array");
    let second = json!({"app_id": 1, "events": [{"event": "e", "user_id": 1}, []]});
    assert_eq!(refusal(track(&second)), "postBody.events[1] should be object");
}

#[test]
fn a_bad_event_is_told_with_its_path() {
    let list = json!([1, "a"]);
    for (changes, told) in [
        (json!({"properties": []}), "postBody.events[0].properties should be object"),
        (json!({"properties": "x"}), "postBody.events[0].properties should be object"),
        (json!({"event": null}), "postBody.events[0] should have required property 'event'"),
        (json!({"event": 1}), "postBody.events[0].event should be string"),
        (json!({"event": " "}), "postBody.events[0].event should NOT be blank"),
        (json!({"event": "x".repeat(1025)}), "postBody.events[0].event should NOT be longer than 1024 characters"),
        (json!({"event": "a\u{7}"}), "postBody.events[0].event should NOT have control characters"),
        (json!({"identity": null}), "postBody.events[0] should have exactly one of 'identity' and 'user_id'"),
        (json!({"user_id": 1}), "postBody.events[0] should have exactly one of 'identity' and 'user_id'"),
        (json!({"identity": 1}), "postBody.events[0].identity should be string"),
        (json!({"identity": ""}), "postBody.events[0].identity should NOT be blank"),
        (json!({"identity": " \t"}), "postBody.events[0].identity should NOT be blank"),
        (json!({"identity": "ü".repeat(256)}), "postBody.events[0].identity should NOT be longer than 255 characters"),
        (json!({"identity": "a\0"}), "postBody.events[0].identity should NOT have NUL characters"),
        (json!({"session_id": list}), "postBody.events[0].session_id should be string"),
        (json!({"session_id": ""}), "postBody.events[0].session_id should NOT be blank"),
        (json!({"idempotency_key": "x".repeat(1025)}), "postBody.events[0].idempotency_key should NOT be longer than 1024 characters"),
        (json!({"idempotency_key": false}), "postBody.events[0].idempotency_key should be string"),
    ] {
        assert_eq!(refusal(single(&changes)), told);
    }
}

#[test]
fn a_user_id_is_an_integer_that_javascript_holds() {
    for bad in [json!(-1), json!(-0.5), json!(1.5), json!(1e16), json!(9_007_199_254_740_992_i64), json!("1e3"), json!(""), json!("x")] {
        let told = refusal(single(&json!({"identity": null, "user_id": bad})));
        assert_eq!(told, "postBody.events[0].user_id should be an integer from 0 to 9007199254740991", "{bad}");
    }
}

#[test]
fn values_at_their_limits_are_accepted_byte_for_byte() {
    let event = single(&json!({"event": "ü".repeat(1024), "identity": "ü".repeat(255), "idempotency_key": 17})).unwrap();
    assert_eq!(event.name.as_str().chars().count(), 1024);
    assert_eq!(event.idempotency_key.as_deref(), Some("17"));
    let spaced = single(&json!({"identity": " Ada "})).unwrap();
    assert_eq!(spaced.user, Who::Identity(Identity::parse(" Ada ").unwrap()));
}

#[test]
fn a_timestamp_is_iso_8601_or_milliseconds() {
    let at = |timestamp: Value| single(&json!({"timestamp": timestamp})).map(|event| event.occurred_at.map(|at| at.0));
    for (given, millis) in [
        (json!("2017-03-10T22:21:56+00:00"), 1_489_184_516_000),
        (json!("2017-03-10T22:21:56Z"), 1_489_184_516_000),
        (json!("2017-03-10T23:21:56.789+01:00"), 1_489_184_516_789),
        (json!("2017-03-10T22:21:56"), 1_489_184_516_000),
        (json!("2017-03-10 22:21:56"), 1_489_184_516_000),
        (json!("2017-03-10"), 1_489_104_000_000),
        (json!(1_489_184_516_000_i64), 1_489_184_516_000),
        (json!(1_489_184_516_000.0), 1_489_184_516_000),
    ] {
        assert_eq!(at(given.clone()), Ok(Some(millis)), "{given}");
    }
    assert_eq!(at(Value::Null), Ok(None));
    for bad in [json!("yesterday"), json!(""), json!("2017-13-01"), json!(1_489_184_516), json!(1_489_184_516_000.5), json!(i64::MAX)] {
        assert_eq!(refusal(at(bad.clone())), "postBody.events[0].timestamp should match format \"date-time\"", "{bad}");
    }
    assert_eq!(refusal(at(json!({}))), "postBody.events[0].timestamp should be string");
}
