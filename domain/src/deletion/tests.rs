#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    collect::PropertyValue,
    definition::PropertyName,
    invalid::{Field, Problem},
};

fn parse(body: &Value) -> Result<Vec<Target>, String> {
    parse_api_body(body.to_string().as_bytes()).map_err(|error| error.to_string())
}

fn user(number: u64) -> Target {
    Who::UserId(crate::user::UserId::new(number).unwrap())
}

fn named(name: &str) -> Target {
    Who::Identity(crate::user::Identity::parse(name).unwrap())
}

#[test]
fn a_body_names_users_by_number_or_identity() {
    let body = json!({"users": [{"user_id": 1}, {"user_id": "2", "why": []}, {"identity": "Alice@example.com"}]});
    assert_eq!(parse(&body), Ok(vec![user(1), user(2), named("Alice@example.com")]));
}

#[test]
fn a_bad_body_is_told_with_its_path() {
    for (body, told) in [
        (json!([]), "postBody should be object"),
        (json!({}), "postBody should have required property 'users'"),
        (json!({"users": {}}), "postBody.users should be array"),
        (json!({"users": []}), "postBody.users should NOT have fewer than 1 items"),
        (json!({"users": [1]}), "postBody.users[0] should be object"),
        (json!({"users": [{"user_id": 1}, {}]}), "postBody.users[1] should have exactly one of 'identity' and 'user_id'"),
        (json!({"users": [{"user_id": 1, "identity": "a"}]}), "postBody.users[0] should have exactly one of 'identity' and 'user_id'"),
        (json!({"users": [{"user_id": -1}]}), "postBody.users[0].user_id should be an integer from 0 to 9007199254740991"),
        (json!({"users": [{"identity": " "}]}), "postBody.users[0].identity should NOT be blank"),
    ] {
        assert_eq!(parse(&body), Err(told.to_owned()));
    }
    assert_eq!(parse_api_body(b"{").map_err(|error| error.to_string()), Err("postBody should be JSON".to_owned()));
}

#[test]
fn a_request_has_at_most_ten_thousand_users() {
    let body = |count: usize| json!({"users": vec![json!({"user_id": 1}); count]});
    assert_eq!(parse(&body(10_000)).map(|targets| targets.len()), Ok(10_000));
    assert_eq!(parse(&body(10_001)), Err("postBody.users should NOT have more than 10000 items".to_owned()));
}

fn form(kind: &str, targets: &str) -> Result<Whom, Vec<(Field, Option<u32>, Problem)>> {
    told(WhomText { kind, targets, ..WhomText::default() })
}

fn property(property: &str, comparison: &str, value: &str) -> Result<Whom, Vec<(Field, Option<u32>, Problem)>> {
    told(WhomText { kind: "property", property, comparison, value, ..WhomText::default() })
}

fn told(text: WhomText<'_>) -> Result<Whom, Vec<(Field, Option<u32>, Problem)>> {
    text.parse().map_err(|invalid| invalid.mistakes.iter().map(|m| (m.field, m.line, m.problem)).collect())
}

#[test]
fn a_form_names_one_user_a_line() {
    assert_eq!(form("user_id", "1\r\n\n 2 \n"), Ok(Whom::Named(vec![user(1), user(2)])));
    assert_eq!(form("identity", "Ada \nbob"), Ok(Whom::Named(vec![named("Ada "), named("bob")])));
    assert_eq!(form("user_id", "1\nada"), Err(vec![(Field::Targets, Some(2), Problem::NotATarget)]));
    assert_eq!(form("identity", " \n"), Err(vec![(Field::Targets, None, Problem::Empty)]));
    assert_eq!(form("email", "ada"), Err(vec![(Field::Kind, None, Problem::NotAChoice)]));
    assert_eq!(form("user_id", &"1\n".repeat(10_001)), Err(vec![(Field::Targets, None, Problem::TooMany { max: MAX_TARGETS })]));
}

#[test]
fn a_form_names_a_property_and_the_value_that_it_has() {
    let having = |value| Ok(Whom::Having(Having { property: PropertyName::parse("plan").unwrap(), value }));
    assert_eq!(property(" plan ", "is", "gold"), having(PropertyValue::Text("gold".to_owned())));
    assert_eq!(property("plan", "is_number", "7"), having(PropertyValue::Number(7.into())));
    assert_eq!(property("plan", "is_true", "ignored"), having(PropertyValue::Bool(true)));
    for choice in Having::CHOICES {
        assert!(property("plan", choice, "7").is_ok(), "{choice}");
    }
    assert_eq!(property("", "is", ""), Err(vec![(Field::PropertyName, None, Problem::Empty)]));
    assert_eq!(property("plan", "is", " "), Err(vec![(Field::Value, None, Problem::Empty)]));
    assert_eq!(property("plan", "is_not_set", ""), Err(vec![(Field::Comparison, None, Problem::NotAChoice)]));
    assert_eq!(property("id", "is", "gold"), Err(vec![(Field::PropertyName, None, Problem::Reserved)]));
    assert_eq!(property("plan", "is_number", "x"), Err(vec![(Field::Value, None, Problem::NotANumber)]));
}

#[test]
fn words_of_states_survive_storage_and_the_public_api_knows_two() {
    for state in RequestState::ALL {
        assert_eq!(RequestState::parse(state.as_str()), Some(state));
        assert_eq!(serde_json::to_value(state).unwrap(), json!(state.as_str()));
        assert_eq!(state.public_word() == "complete", state == RequestState::Complete);
    }
}

#[test]
fn counts_add_up() {
    let mut counts = Counts { users: 1, events: 2, properties: 3, aliases: 4 };
    counts += Counts { users: 10, ..Counts::default() };
    assert_eq!((counts.users, counts.total()), (11, 20));
}

proptest! {
    #[test]
    fn no_body_makes_parsing_panic(body in "[\\[\\]{}:,\"a-z0-9_]{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = parse_api_body(body.as_bytes());
        let _ = parse_api_body(&bytes);
    }
}
