//! Properties of events.

use super::*;

#[test]
fn properties_are_scalars_of_limited_length() {
    let with = |properties: Value| single(&json!({"properties": properties}));
    let value = |value: Value| with(json!({"total": value})).map(|e| e.properties.get("total").cloned());
    assert_eq!(value(json!("x".repeat(1023))), Ok(Some(PropertyValue::Text("x".repeat(1023)))));
    assert_eq!(refusal(value(json!("x".repeat(1024)))), "postBody.events[0].properties.total should NOT be longer than 1023 characters");
    assert_eq!(value(json!("")), Ok(Some(PropertyValue::Text(String::new()))));
    assert_eq!(value(Value::Null), Ok(None));
    let wrong = "postBody.events[0].properties.total should be string, number, boolean or array of these";
    assert_eq!(refusal(value(json!({"a": 1}))), wrong);
    assert_eq!(refusal(value(json!([[1]]))), wrong);
    assert_eq!(refusal(value(json!([{}]))), wrong);
    assert_eq!(refusal(value(json!("a\0b"))), "postBody.events[0].properties.total should NOT have NUL characters");

    let names = "postBody.events[0].properties should have property names of 1 to 1023 characters without NUL";
    assert!(with(json!({"k".repeat(1023): 1})).is_ok());
    assert_eq!(refusal(with(json!({"k".repeat(1024): 1}))), names);
    assert_eq!(refusal(with(json!({"": 1}))), names);
    assert_eq!(refusal(with(json!({"a\0": 1}))), names);
}

#[test]
fn arrays_are_joined_and_cut() {
    let value = |value: Value| single(&json!({"properties": {"p": value}})).map(|e| e.properties.get("p").cloned());
    let text = |text: &str| Ok(Some(PropertyValue::Text(text.to_owned())));
    assert_eq!(value(json!(["a", 1, true, null, 2.5])), text("a||1||true||2.5"));
    assert_eq!(value(json!([null, "", "b"])), text("||b"));
    assert_eq!(value(json!([])), text(""));
    assert_eq!(value(json!(["ü".repeat(1023), "bcd"])), text(&format!("{}|", "ü".repeat(1023))));
}

#[test]
fn a_refusal_tells_no_value_and_no_name_that_could_be_somebodys() {
    let told = refusal(single(&json!({"properties": {"alice@example.com": {}}})));
    assert_eq!(told, "postBody.events[0].properties should be string, number, boolean or array of these");
    let event = single(&json!({"properties": {"name": "Alice"}}));
    assert!(!format!("{event:?}").to_lowercase().contains("alice"));
}

#[test]
fn the_last_of_two_equal_keys_counts() {
    let body = br#"{"app_id": 1, "event": "a", "event": "b", "user_id": 1, "properties": {"p": 1, "p": 2}}"#;
    let parsed = parse_track(body).unwrap();
    assert_eq!(parsed.events.first().map(|e| e.name.as_str()), Some("b"));
    assert_eq!(parsed.events.first().and_then(|e| e.properties.get("p")), Some(&PropertyValue::Number(2.into())));
}
