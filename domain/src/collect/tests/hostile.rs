//! Bodies of broken and hostile clients.

use proptest::prelude::*;

use super::*;

#[test]
fn what_is_not_json_is_refused() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    let deep = nested("[", "]");
    for body in [
        String::new(),
        "{".to_owned(),
        "{} {}".to_owned(),
        r#"{"app_id": 1e999}"#.to_owned(),
        r#"{"app_id": "\ud800"}"#.to_owned(),
        "[".repeat(200_000),
        deep.clone(),
        nested(r#"{"a":"#, "}"),
        format!(r#"{{"unknown": {deep}}}"#),
        format!(r#"{{"events": {deep}}}"#),
        format!(r#"{{"properties": {{"p": {deep}}}}}"#),
    ] {
        for told in [
            parse_track(body.as_bytes()).err(),
            parse_identify(body.as_bytes()).err(),
            parse_add_user_properties(body.as_bytes()).err(),
            parse_add_account_properties(body.as_bytes()).err(),
        ] {
            assert_eq!(told.map(|error| error.to_string()).as_deref(), Some("postBody should be JSON"), "{body:.60}");
        }
    }
    assert_eq!(parse_track(b"\xff{}").err().map(|e| e.expected), Some(Expected::Json));
    assert!(parse_track(b"\xef\xbb\xbf{\"app_id\":1,\"event\":\"e\",\"user_id\":1}").is_ok());
}

fn any_json() -> impl Strategy<Value = Value> {
    let keys = prop_oneof![
        Just("app_id"),
        Just("event"),
        Just("events"),
        Just("users"),
        Just("identity"),
        Just("user_id"),
        Just("properties"),
        Just("timestamp")
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let object = prop::collection::vec((keys.clone(), inner.clone()), 0..8);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            object.prop_map(|entries| entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn no_body_makes_parsing_panic(body in any_json(), bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        for body in [body.to_string().as_bytes(), &bytes] {
            let _ = parse_track(body);
            let _ = parse_identify(body);
            let _ = parse_add_user_properties(body);
        }
    }

    #[test]
    fn properties_of_any_text_come_through_unchanged(properties in prop::collection::btree_map("[^\0]{1,40}", "[^\0]{0,40}", 0..6)) {
        let event = single(&json!({"properties": properties}));
        let seen = event.map(|e| e.properties.into_iter().collect::<Vec<_>>());
        let sent: Vec<_> = properties.into_iter().map(|(k, v)| (k, PropertyValue::Text(v))).collect();
        prop_assert_eq!(seen, Ok(sent));
    }
}
