//! Users: who they are and what is known of them.

use super::*;

#[test]
fn identify_names_an_anonymous_user() {
    let parse = |body: Value| parse_identify(body.to_string().as_bytes()).map_err(|error| error.to_string());
    let identify = parse(json!({"app_id": "1", "user_id": "7", "identity": "ada", "timestamp": "2017-03-10T22:21:56Z"}));
    let expected = Identify {
        environment: EnvironmentId::new(1).unwrap(),
        user_id: UserId::new(7).unwrap(),
        identity: Identity::parse("ada").unwrap(),
        occurred_at: Some(Millis(1_489_184_516_000)),
    };
    assert_eq!(identify, Ok(expected));
    for (body, told) in [
        (json!([]), "postBody should be object"),
        (json!({"app_id": 1, "identity": "ada"}), "postBody should have required property 'user_id'"),
        (json!({"app_id": 1, "user_id": 1}), "postBody should have required property 'identity'"),
        (json!({"app_id": 1, "user_id": {}, "identity": "ada"}), "postBody.user_id should be string"),
        (json!({"app_id": 1, "user_id": 1, "identity": " "}), "postBody.identity should NOT be blank"),
    ] {
        assert_eq!(refusal(parse(body)), told);
    }
}

#[test]
fn user_properties_come_for_one_or_for_many_users() {
    let parse = |body: Value| parse_add_user_properties(body.to_string().as_bytes()).map_err(|error| error.to_string());
    let seen =
        |body: Value| parse(body).map(|b| b.users.iter().map(|u| (u.identity.as_str().to_owned(), u.properties.len())).collect::<Vec<_>>());
    assert_eq!(seen(json!({"app_id": 1, "identity": "a", "properties": {"x": 1, "y": null}})), Ok(vec![("a".to_owned(), 1)]));
    let many = json!({"app_id": 1, "users": [{"identity": "a", "properties": {"x": 1}}, {"identity": "b"}]});
    assert_eq!(seen(many), Ok(vec![("a".to_owned(), 1), ("b".to_owned(), 0)]));
    assert_eq!(refusal(seen(json!({"app_id": 1, "properties": {}}))), "postBody.users[0] should have required property 'identity'");
    let too_many = json!({"app_id": 1, "users": vec![json!({"identity": "a"}); 1_001]});
    assert_eq!(refusal(seen(too_many)), "postBody.users should NOT have more than 1000 items");
}

#[test]
fn no_property_of_a_user_is_called_id() {
    for name in ["id", "ID", "Id", "iD"] {
        let body = json!({"app_id": 1, "identity": "a", "properties": {name: 1}}).to_string();
        let told = parse_add_user_properties(body.as_bytes()).map_err(|error| error.to_string());
        assert_eq!(refusal(told), "postBody.users[0].properties should NOT have a property named 'id'");
        assert!(single(&json!({"properties": {name: 1}})).is_ok());
    }
}

#[test]
fn properties_of_companies_come_for_one_or_for_many() {
    let parse = |body: Value| parse_add_account_properties(body.to_string().as_bytes()).map_err(|error| error.to_string());
    let seen = |body: Value| {
        parse(body).map(|b| b.companies.iter().map(|c| (c.company.as_str().to_owned(), c.properties.len())).collect::<Vec<_>>())
    };
    assert_eq!(seen(json!({"app_id": 1, "account_id": "acme", "properties": {"plan": "pro"}})), Ok(vec![("acme".to_owned(), 1)]));
    let many = json!({"app_id": "1", "accounts": [{"account_id": 7, "properties": {"x": 1}}, {"account_id": "b"}]});
    assert_eq!(seen(many), Ok(vec![("7".to_owned(), 1), ("b".to_owned(), 0)]));
    for (body, told) in [
        (json!({"app_id": 1, "properties": {}}), "postBody.accounts[0] should have required property 'account_id'"),
        (json!({"app_id": 1, "account_id": {}}), "postBody.accounts[0].account_id should be string"),
        (json!({"app_id": 1, "account_id": " "}), "postBody.accounts[0].account_id should NOT be blank"),
        (json!({"app_id": 1, "account_id": "x".repeat(256)}), "postBody.accounts[0].account_id should NOT be longer than 255 characters"),
        (json!({"app_id": 1, "account_id": "a", "properties": []}), "postBody.accounts[0].properties should be object"),
        (
            json!({"app_id": 1, "accounts": vec![json!({"account_id": "a"}); 1_001]}),
            "postBody.accounts should NOT have more than 1000 items",
        ),
        (json!({"app_id": 1, "accounts": {}}), "postBody.accounts should be array"),
    ] {
        assert_eq!(refusal(seen(body)), told);
    }
}

#[test]
fn an_event_may_name_its_company() {
    let company = |value: Value| single(&json!({"account_id": value})).map(|event| event.company.map(|id| id.as_str().to_owned()));
    assert_eq!(company(json!("acme")), Ok(Some("acme".to_owned())));
    assert_eq!(company(json!(7)), Ok(Some("7".to_owned())));
    assert_eq!(company(json!(null)), Ok(None));
    assert_eq!(refusal(company(json!(["a"]))), "postBody.events[0].account_id should be string");
}
