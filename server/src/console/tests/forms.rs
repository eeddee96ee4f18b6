use super::*;

#[tokio::test]
async fn a_refused_plain_post_shows_the_page_again_with_what_was_typed_and_never_the_password() {
    let house = House::empty().await;
    let fields = [("account_name", "Acme <b>"), ("name", ""), ("email", "nobody"), ("password", "short-pw")];
    let answer = house.browser().post("/setup", "set_up", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Acme &lt;b&gt;"), "{}", answer.body);
    assert!(answer.body.contains("3 things to correct:"));
    assert!(answer.body.contains("href=\"#set_up-email\""));
    assert!(answer.body.contains("aria-describedby=\"set_up-email-error set_up-email-hint\""));
    assert!(answer.body.contains("aria-invalid=\"true\""));
    assert!(!answer.body.contains("short-pw"));
}

#[tokio::test]
async fn a_refused_post_by_script_gets_the_error_as_json_with_its_status() {
    let house = House::empty().await;
    let fields = [("account_name", "Acme"), ("name", "Ada"), ("email", OWNER), ("password", "short")];
    let answer = house.browser().call("set_up", &fields).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.body, r#"{"invalid":{"mistakes":[{"field":"password","line":null,"problem":{"too_short":{"min":10}}}],"total":1}}"#);
}

#[tokio::test]
async fn a_post_by_script_is_told_where_to_go_and_not_sent_there() {
    let house = House::empty().await;
    let fields = [("account_name", "Acme"), ("name", "Ada"), ("email", OWNER), ("password", PASSWORD)];
    let answer = house.browser().call("set_up", &fields).await;
    assert_eq!(answer.status, 200);
    assert!(answer.location().ends_with("/reports?notice=account_ready"));
}

#[tokio::test]
async fn a_post_that_no_page_sends_is_malformed() {
    let house = House::empty().await;
    assert_eq!(house.browser().call("set_up", &[("name", "Ada")]).await.status, 400);
}

#[tokio::test]
async fn a_refused_post_of_a_browser_that_hides_its_page_still_has_its_status() {
    let house = House::empty().await;
    let request = http::Request::post("/api/console/sign_in")
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = house.browser().send(request, "email=&password=".into()).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn a_body_beyond_any_form_is_refused() {
    let house = House::empty().await;
    let long = "x".repeat(5 << 20);
    assert_eq!(house.browser().call("set_up", &[("name", &long)]).await.status, 413);
}

#[tokio::test]
async fn a_plain_post_after_the_sign_in_ended_loses_nothing_that_was_typed() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/teammates");
    let id = account.trim_start_matches("/a/");
    let typed = [("account", id), ("email", "bob@exa<mple.com"), ("access", "read_only")];
    ada.forget();
    let asked = ada.post(&page, "invite", &typed).await;
    assert_eq!(asked.status, 401);
    assert!(asked.body.contains("What you typed is kept"));

    // A wrong password on the way loses nothing either.
    let sign_in = format!("/sign-in?next={page}");
    let carried = asked.hidden("interrupted");
    let wrong = [("email", OWNER), ("password", "not the password"), ("next", page.as_str()), ("interrupted", carried.as_str())];
    let refused = ada.post(&sign_in, "sign_in", &wrong).await;
    assert_eq!(refused.status, 422);
    let carried = refused.hidden("interrupted");

    let right = [("email", OWNER), ("password", PASSWORD), ("next", page.as_str()), ("interrupted", carried.as_str())];
    let back = ada.post(&sign_in, "sign_in", &right).await;
    assert_eq!(back.status, 200);
    assert!(back.body.contains("Nothing was saved yet"), "{}", back.body);
    assert!(back.body.contains("bob@exa&lt;mple.com"));
    assert!(ada.cookie().is_some());
    assert!(!ada.get(&page).await.body.contains("bob@"), "nothing was done");
}

#[tokio::test]
async fn a_password_that_was_typed_after_the_sign_in_ended_is_carried_nowhere() {
    let (_house, mut ada, _) = House::with_ada().await;
    ada.forget();
    let asked = ada.post("/me", "password_change", &[("current_password", PASSWORD), ("password", "another horse battery")]).await;
    assert_eq!(asked.status, 401);
    assert!(!asked.body.contains("another horse") && !asked.body.contains(PASSWORD));
}
