#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

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

#[test]
fn a_form_names_one_user_a_line() {
    assert_eq!(parse_form("user_id", "1\r\n\n 2 \n"), Ok(vec![user(1), user(2)]));
    assert_eq!(parse_form("identity", "Ada \nbob"), Ok(vec![named("Ada "), named("bob")]));

    let told = |kind, text| parse_form(kind, text).err().and_then(|i| i.mistakes.first().map(|m| (m.field, m.line, m.problem)));
    assert_eq!(told("user_id", "1\nada"), Some((Field::Targets, Some(2), Problem::NotATarget)));
    assert_eq!(told("identity", " \n"), Some((Field::Targets, None, Problem::Empty)));
    assert_eq!(told("email", "ada"), Some((Field::Kind, None, Problem::NotAChoice)));
    assert_eq!(told("user_id", &"1\n".repeat(10_001)), Some((Field::Targets, None, Problem::TooMany { max: MAX_TARGETS })));
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
