#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::body::to_bytes;
use http::Request;
use tower::ServiceExt;

use super::*;

const FIXTURE: Site = Site(&[
    ("manifest.json", br#"{"css":"/pkg/0f/cairn.css","js":"/pkg/0f/cairn.js","wasm":"/pkg/0f/cairn_bg.wasm","public":["robots.txt"]}"#),
    ("pkg/0f/cairn.css", b"the sheet"),
    ("pkg/0f/cairn.js", b"the script"),
    ("pkg/0f/cairn.js.br", b"the script in brotli"),
    ("pkg/0f/cairn.js.gz", b"the script in gzip"),
    ("pkg/0f/cairn_bg.wasm", b"the module"),
    ("robots.txt", b"the robots"),
    ("robots.txt.br", b"the robots in brotli"),
]);

async fn fetch(path: &str, accept_encoding: Option<&str>) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(path);
    if let Some(value) = accept_encoding {
        request = request.header(header::ACCEPT_ENCODING, value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = FIXTURE.router::<()>().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[test]
fn the_manifest_names_the_files_of_the_site() {
    let assets = FIXTURE.manifest().unwrap();
    assert_eq!(assets.css, "/pkg/0f/cairn.css");
    assert_eq!(assets.js, "/pkg/0f/cairn.js");
    assert_eq!(assets.wasm, "/pkg/0f/cairn_bg.wasm");
}

#[test]
fn the_list_of_this_build_can_be_searched() {
    assert!(SITE.0.is_sorted_by_key(|(path, _)| path));
}

#[test]
fn a_build_without_a_site_has_no_manifest() {
    assert_eq!(Site(&[]).manifest(), None);
}

#[tokio::test]
async fn the_smallest_form_that_the_browser_takes_is_served() {
    for (accepted, encoding, body) in [
        (None, None, "the script"),
        (Some("identity"), None, "the script"),
        (Some("gzip, deflate"), Some("gzip"), "the script in gzip"),
        (Some("gzip, deflate, br, zstd"), Some("br"), "the script in brotli"),
        (Some("gzip;q=1.0, br;q=0.1"), Some("br"), "the script in brotli"),
        (Some("br;q=0, gzip"), Some("gzip"), "the script in gzip"),
        (Some("*"), Some("br"), "the script in brotli"),
        (Some("br;q=0, gzip;q=0, *"), None, "the script"),
    ] {
        let (status, headers, answered) = fetch("/pkg/0f/cairn.js", accepted).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap()), encoding, "{accepted:?}");
        assert_eq!(headers[header::VARY], "accept-encoding");
        assert_eq!(answered, body);
    }
}

#[tokio::test]
async fn a_file_without_a_compressed_form_is_served_as_it_is() {
    let (_, headers, body) = fetch("/pkg/0f/cairn_bg.wasm", Some("br")).await;
    assert_eq!(headers.get(header::CONTENT_ENCODING), None);
    assert_eq!(body, "the module");
}

#[tokio::test]
async fn every_file_says_what_it_is() {
    for (path, content_type) in [
        ("/pkg/0f/cairn.js", "text/javascript; charset=utf-8"),
        ("/pkg/0f/cairn.css", "text/css; charset=utf-8"),
        ("/pkg/0f/cairn_bg.wasm", "application/wasm"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        let (_, headers, _) = fetch(path, Some("br")).await;
        assert_eq!(headers[header::CONTENT_TYPE], content_type);
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}

#[tokio::test]
async fn only_what_is_named_for_its_content_is_cached_forever() {
    let (_, hashed, _) = fetch("/pkg/0f/cairn.js", None).await;
    let (_, public, _) = fetch("/robots.txt", None).await;
    assert!(hashed[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    assert!(!public[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
}

#[tokio::test]
async fn what_is_not_of_the_site_is_not_found() {
    for path in [
        "/pkg/0f/other.js",
        "/pkg/0f/cairn.js.br",
        "/pkg/../manifest.json",
        "/pkg/..%2Fmanifest.json",
        "/pkg/%2Fetc/passwd",
        "/manifest.json",
        "/robots.txt.br",
        "/",
    ] {
        let (status, _, body) = fetch(path, None).await;
        assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, ""), "{path}");
    }
}
