use super::*;

async fn sign_in(browser: &mut Browser, email: &str, password: &str, next: &str) -> browser::Answer {
    browser.post("/sign-in", "sign_in", &[("email", email), ("password", password), ("next", next)]).await
}

#[tokio::test]
async fn a_sign_in_is_a_cookie_that_no_script_reads_and_no_other_site_sends() {
    let (house, ..) = House::with_ada().await;
    let answer = sign_in(&mut house.browser(), " Ada@Example.com ", PASSWORD, "").await;
    assert_eq!((answer.status, answer.location()), (303, "/"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-cairn="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=1209600"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
}

#[tokio::test]
async fn without_https_the_cookie_is_neither_secure_nor_prefixed() {
    let plain = Settings { public_url: "http://127.0.0.1:3000".to_owned(), secure_cookies: false, ..settings() };
    let house = House::with(plain).await;
    let fields = [("account_name", "Acme"), ("name", "Ada"), ("email", OWNER), ("password", PASSWORD)];
    let request = http::Request::post("/api/console/set_up")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://localhost:3000")
        .header("host", "localhost:3000");
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let answer = house.browser().send(request, body.into()).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("cairn=") && !cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let (house, ..) = House::with_ada().await;
    let wrong = sign_in(&mut house.browser(), OWNER, "wrong horse", "").await;
    let unknown = sign_in(&mut house.browser(), "eve@example.com", "wrong horse", "").await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    let sentence = "The e-mail address or the password is wrong.";
    assert!(wrong.body.contains(sentence) && unknown.body.contains(sentence));
    assert_eq!(
        house.browser().call("sign_in", &[("email", OWNER), ("password", "wrong horse")]).await.body,
        house.browser().call("sign_in", &[("email", "eve@example.com"), ("password", "wrong horse")]).await.body
    );
}

#[tokio::test]
async fn a_sign_in_leads_on_within_this_site_only() {
    let (house, ..) = House::with_ada().await;
    assert_eq!(sign_in(&mut house.browser(), OWNER, PASSWORD, "/me?x=1").await.location(), "/me?x=1");
    for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        assert_eq!(sign_in(&mut house.browser(), OWNER, PASSWORD, elsewhere).await.location(), "/");
    }
}

#[tokio::test]
async fn too_many_attempts_are_told_to_wait() {
    let (house, ..) = House::with_ada().await;
    for _ in 0..10 {
        sign_in(&mut house.browser(), "eve@example.com", "wrong horse", "").await;
    }
    let refused = sign_in(&mut house.browser(), "eve@example.com", "wrong horse", "").await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert!(refused.body.contains("Too many attempts.") && refused.body.contains("eve@example.com"));
}

#[tokio::test]
async fn signing_out_ends_the_sign_in_itself() {
    let (house, mut ada, account) = House::with_ada().await;
    let stolen = ada.cookie().unwrap().clone();
    let answer = ada.post(&account, "sign_out", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/sign-in?notice=signed_out"));
    assert!(ada.cookie().is_none());
    let request = http::Request::get("/me").header("accept", "text/html").header("cookie", format!("__Host-cairn={stolen}"));
    assert_eq!(house.browser().send(request, "".into()).await.status, 302);
}

#[tokio::test]
async fn changing_the_password_ends_every_other_sign_in() {
    let (house, mut ada, _) = House::with_ada().await;
    let mut phone = house.browser();
    sign_in(&mut phone, OWNER, PASSWORD, "").await;
    assert_eq!(phone.get("/me").await.status, 200);
    let wrong = ada.post("/me", "password_change", &[("current_password", "wrong"), ("password", "another long one")]).await;
    assert_eq!(wrong.status, 422);
    let changed = ada.post("/me", "password_change", &[("current_password", PASSWORD), ("password", "another long one")]).await;
    assert_eq!(changed.location(), "/me?notice=password_changed");
    assert_eq!((ada.get("/me").await.status, phone.get("/me").await.status), (200, 302));
    assert_eq!(sign_in(&mut phone, OWNER, PASSWORD, "").await.status, 422);
}
