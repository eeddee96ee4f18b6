use super::*;

#[tokio::test]
async fn a_theme_is_a_cookie_of_a_year_that_every_page_obeys() {
    let (_house, mut ada, _) = House::with_ada().await;
    assert!(!ada.get("/me").await.body.contains("data-theme"));
    let answer = ada.post("/me", "theme_set", &[("theme", "dark")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/me?notice=theme_changed"));
    let cookie = answer.header("set-cookie");
    for part in ["cairn-theme=dark", "SameSite=Lax", "Secure", "Path=/", "Max-Age=31536000"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(ada.get("/me").await.body.contains("<html lang=\"en\" data-theme=\"dark\">"));
    ada.post("/me", "sign_out", &[]).await;
    assert!(ada.get("/sign-in").await.body.contains("data-theme=\"dark\""));
    ada.post("/sign-in", "theme_set", &[("theme", "")]).await;
    assert!(!ada.get("/sign-in").await.body.contains("data-theme"));
}

#[tokio::test]
async fn what_is_no_theme_is_no_theme_wherever_it_comes_from() {
    let (house, mut ada, _) = House::with_ada().await;
    let answer = ada.post("/me", "theme_set", &[("theme", "\"><script>")]).await;
    assert!(answer.header("set-cookie").starts_with("cairn-theme=;"), "{}", answer.header("set-cookie"));
    let request = http::Request::get("/sign-in").header("accept", "text/html").header("cookie", "cairn-theme=blue");
    assert!(!house.browser().send(request, "".into()).await.body.contains("data-theme"));
}

#[tokio::test]
async fn a_sign_in_that_was_ended_elsewhere_lets_nobody_in() {
    let (house, mut ada, _) = House::with_ada().await;
    let mut phone = house.browser();
    let answer = phone.post("/sign-in", "sign_in", &[("email", OWNER), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 303);
    let lost = ada.get("/me").await.hidden("sign_in");
    assert_eq!(ada.post("/me", "sign_in_end", &[("sign_in", &lost)]).await.location(), "/me?notice=sign_in_ended");
    assert_eq!((phone.get("/me").await.status, ada.get("/me").await.status), (302, 200));
    assert_eq!(ada.post("/me", "sign_in_end", &[("sign_in", &lost)]).await.status, 404);
}
