use axum::body::Body;
use tower::ServiceExt;

use super::*;

#[tokio::test]
async fn a_page_allows_only_scripts_that_bear_its_nonce() {
    let house = House::empty().await;
    let mut browser = house.browser();
    let (one, two) = (browser.get("/setup").await, browser.get("/setup").await);
    let policy = one.header("content-security-policy").to_owned();
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(nonce.len() >= 16);
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && policy.contains("'wasm-unsafe-eval'"));
    assert!(!policy.contains("unsafe-inline"));
    let scripts = one.body.matches("<script").count();
    assert_eq!(one.body.matches(&format!("nonce=\"{nonce}\"")).count(), scripts, "{}", one.body);
    assert_ne!(policy, two.header("content-security-policy"));
}

#[tokio::test]
async fn a_page_connects_to_its_server_alone_and_to_its_names_by_family() {
    let policy = async |network| {
        House::with(Settings { network, ..settings() }).await.browser().get("/setup").await.header("content-security-policy").to_owned()
    };
    assert!(policy(Network::default()).await.contains("; connect-src 'self'; "));
    let hosts = Network { ipv4_host: Some("v4.example.com".to_owned()), ipv6_host: Some("[::1]:8443".to_owned()), ..Network::default() };
    assert!(policy(hosts).await.contains("; connect-src 'self' https://v4.example.com https://[::1]:8443; "));
}

#[tokio::test]
async fn every_answer_bears_the_headers_that_browsers_guard_by() {
    let (_house, mut ada, account) = House::with_ada().await;
    for path in ["/sign-in", "/nowhere", "/api/console/sign_in", &account] {
        let answer = ada.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
    }
}

#[tokio::test]
async fn a_post_from_another_site_is_forbidden_whatever_it_posts() {
    let house = House::empty().await;
    for (path, _) in leptos::server_fn::axum::server_fn_paths() {
        let request = http::Request::post(path).header("origin", "https://evil.example").header("host", "cairn.example.com");
        assert_eq!(house.browser().send(request, "".into()).await.status, 403, "{path}");
        let request = http::Request::post(path).header("sec-fetch-site", "cross-site");
        assert_eq!(house.browser().send(request, "".into()).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn server_functions_answer_to_post_alone() {
    let (house, ..) = House::with_ada().await;
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method, http::Method::POST, "{path}");
        assert_eq!(house.browser().get(path).await.status, 405, "{path}");
    }
}

#[tokio::test]
async fn with_https_browsers_are_told_to_come_by_nothing_else() {
    let secure = House::empty().await.browser().get("/setup").await;
    assert_eq!(secure.header("strict-transport-security"), "max-age=31536000");
    let plain = Settings { public_url: "http://127.0.0.1:3000".to_owned(), secure_cookies: false, ..settings() };
    assert_eq!(House::with(plain).await.browser().get("/setup").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_page_is_compressed_unless_another_site_asks_for_it() {
    let house = House::empty().await;
    for (site, encoding) in [("same-origin", Some("br")), ("none", Some("br")), ("same-site", None), ("cross-site", None)] {
        let request = http::Request::get("/setup").header("accept-encoding", "gzip, br").header("sec-fetch-site", site);
        let answer = house.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.headers().get("content-encoding").map(|value| value.to_str().unwrap()), encoding, "{site}");
    }
}

#[tokio::test]
async fn a_script_that_is_refused_as_foreign_is_told_so() {
    let house = House::empty().await;
    let request = http::Request::post("/api/console/sign_in").header("origin", "https://evil.example").header("accept", "application/json");
    assert_eq!(house.browser().send(request, "".into()).await.body, "\"foreign\"");
}
