use std::{thread, time::Duration};

use tokio::time::timeout;

use super::*;

#[tokio::test]
async fn every_page_of_an_empty_installation_leads_to_set_up_and_none_afterwards() {
    let house = House::empty().await;
    for path in ["/", "/sign-in", "/a/x/settings/teammates", "/nowhere"] {
        let answer = house.browser().get(path).await;
        assert_eq!((answer.status, answer.location()), (303, "/setup"), "{path}");
    }
    assert_eq!(house.browser().get("/setup").await.status, 200);
    let (house, ..) = House::with_ada().await;
    let answer = house.browser().get("/setup").await;
    assert_eq!((answer.status, answer.location()), (303, "/"));
}

#[tokio::test]
async fn an_installation_is_set_up_once() {
    let (house, ..) = House::with_ada().await;
    let fields = [("account_name", "Evil"), ("name", "Eve"), ("email", "eve@example.com"), ("password", PASSWORD)];
    let refused = house.browser().call("set_up", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("already_set_up"), "{}", refused.body);
}

#[tokio::test]
async fn off_loopback_set_up_asks_for_the_code_that_was_printed() {
    let house = House::with(Settings { setup_code: Some("tea-4711".to_owned()), ..settings() }).await;
    let mut browser = house.browser();
    assert!(browser.get("/setup").await.body.contains("Set-up code"));
    let fields = |code| [("account_name", "Acme"), ("name", "Ada"), ("email", OWNER), ("password", PASSWORD), ("code", code)];
    let answer = browser.post("/setup", "set_up", &fields("coffee")).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("This is not the code."));
    assert_eq!(browser.post("/setup", "set_up", &fields("tea-4711")).await.status, 303);
}

#[tokio::test]
async fn a_page_that_nobody_is_signed_in_for_leads_to_the_sign_in_and_back() {
    let (house, _, account) = House::with_ada().await;
    let answer = house.browser().get(&format!("{account}/settings/audit-log?page=9")).await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.location(), format!("/sign-in?next={account}/settings/audit-log%3Fpage%3D9"));
}

#[tokio::test]
async fn what_does_not_exist_and_what_is_another_account_s_look_the_same() {
    let house = House::with(Settings { open_sign_up: true, ..settings() }).await;
    let mut ada = house.browser();
    let fields = [("account_name", "Acme"), ("name", "Ada"), ("email", OWNER), ("password", PASSWORD)];
    let account = ada.post("/setup", "set_up", &fields).await.location().split("/e/").next().unwrap().to_owned();
    let mut eve = house.browser();
    let fields = [("account_name", "Evil"), ("name", "Eve"), ("email", "eve@example.com"), ("password", PASSWORD)];
    assert_eq!(eve.post("/sign-up", "sign_up", &fields).await.status, 303);

    let theirs = eve.get(&format!("{account}/settings/teammates")).await;
    let absent = eve.get("/a/00000000-0000-7000-8000-000000000000/settings/teammates").await;
    assert_eq!((theirs.status, absent.status), (404, 404));
    assert!(theirs.body.contains("Not found") && !theirs.body.contains("Acme"));
    assert_eq!(eve.get("/a/nonsense/settings/teammates").await.status, 404);
    assert_eq!(eve.get("/nowhere").await.status, 404);
}

#[tokio::test]
async fn home_leads_to_the_first_environment() {
    let (_house, mut ada, account) = House::with_ada().await;
    for path in ["/", &account] {
        let answer = ada.get(path).await;
        assert_eq!(answer.status, 302);
        assert!(answer.location().starts_with(&format!("{account}/e/")) && answer.location().ends_with("/reports"));
    }
}

#[tokio::test]
async fn a_page_says_what_was_done_and_nothing_that_a_link_makes_up() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/teammates");
    assert!(ada.get(&format!("{page}?notice=access_changed")).await.body.contains("Access changed."));
    assert!(!ada.get(&format!("{page}?notice=you_won")).await.body.contains("you_won\""));
}

#[tokio::test]
async fn sign_up_is_there_only_where_the_operator_opened_it() {
    let (house, ..) = House::with_ada().await;
    assert_eq!(house.browser().get("/sign-up").await.status, 404);
    let fields = [("account_name", "B"), ("name", "Bob"), ("email", "bob@example.com"), ("password", PASSWORD)];
    assert_eq!(house.browser().call("sign_up", &fields).await.status, 404);
}

#[tokio::test]
async fn every_change_is_in_the_audit_log() {
    let (house, mut ada, account) = House::with_ada().await;
    house.invited(&mut ada, &account, "bob@example.com", "read_only").await;
    let log = ada.get(&format!("{account}/settings/audit-log")).await.body;
    assert!(log.contains("Invited bob@example.com with read-only access"));
    assert!(log.contains("Created the account Acme"));
}

#[tokio::test]
async fn a_page_gets_its_data_while_another_router_is_built() {
    let (house, mut ada, account) = House::with_ada().await;
    let state = house.state.clone();
    let building =
        thread::spawn(move || (0..100).for_each(|_| drop(routes(state.clone(), Assets::default(), Wake::default(), no_streams()))));
    loop {
        let page = timeout(Duration::from_mins(1), ada.get(&format!("{account}/settings/teammates"))).await;
        assert_eq!(page.expect("it is made").status, 200);
        if building.is_finished() {
            break;
        }
    }
}

#[tokio::test]
async fn without_a_code_no_name_but_this_machine_s_own_sets_up() {
    let house = House::empty().await;
    let fields = [("account_name", "Evil"), ("name", "Eve"), ("email", "eve@example.com"), ("password", PASSWORD)];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    for (host, status) in [("evil.example:3000", 422), ("127.0.0.1:3000", 200)] {
        let request = http::Request::post("/api/console/set_up")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .header("origin", format!("http://{host}"))
            .header("host", host);
        let answer = house.browser().send(request, body.clone().into()).await;
        assert_eq!(answer.status, status, "{host}: {}", answer.body);
    }
}

#[tokio::test]
async fn who_removes_themself_is_led_where_they_may_be() {
    let (house, mut ada, account) = House::with_ada().await;
    house.teammate(&mut ada, &account, "bob@example.com", "full").await;
    let page = ada.get(&format!("{account}/settings/teammates")).await.body;
    let remove = page.split("/remove").find(|part| part.contains("settings/teammates/")).unwrap();
    let person = remove.rsplit('/').next().unwrap().to_owned();
    let own = ada.get(&format!("{account}/settings/teammates/{person}/remove")).await.body.contains("Remove Ada");
    assert!(own, "the first in the list is Ada");
    let id = account.trim_start_matches("/a/");
    let answer = ada
        .post(&format!("{account}/settings/teammates/{person}/remove"), "teammate_remove", &[("account", id), ("person", &person)])
        .await;
    assert_eq!((answer.status, answer.location()), (303, "/me?notice=teammate_removed"));
    assert_eq!(ada.get("/me").await.status, 200);
}
