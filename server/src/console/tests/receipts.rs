//! The receipt of a request: read, downloaded, asked.

use axum::body::Body;
use http::Request;

use super::{browser::Answer, *};

const BOUNDARY: &str = "----cairn";

/// Asks for the erasure of somebody of whom there is data, has it done, and answers the page of the request.
async fn erased(house: &House, ada: &mut Browser, account: &str) -> String {
    let environment = ada.get(account).await.location().split("/e/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let body = format!(r#"{{"app_id":"{environment}","identity":"bea@example.com","event":"Order"}}"#);
    let submission = domain::collect::parse_track(body.as_bytes()).unwrap();
    let collector = &house.store.collector;
    let what = store::collector::What::Events(submission.events);
    let submission = collector.submission(environment.parse().unwrap(), [192, 0, 2, 9].into(), what);
    collector.write(vec![submission]).await.unwrap();
    let none = [("account", account.trim_start_matches("/a/")), ("grace", "0")];
    assert_eq!(ada.post(&format!("{account}/settings/privacy"), "grace_set", &none).await.status, 303);
    let page = format!("{account}/settings/deletion-requests/new");
    let fields = [
        ("account", account.trim_start_matches("/a/")),
        ("kind", "identity"),
        ("targets", "bea@example.com"),
        ("confirm", "1"),
        ("step", "confirm"),
    ];
    let made = ada.post(&page, "deletion_request", &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    house.store.maintenance.unscoped_drain().await.unwrap();
    made.location().split('?').next().unwrap().to_owned()
}

async fn ask(ada: &mut Browser, account: &str, file: &str, who: &str) -> Answer {
    let page = format!("{account}/settings/deletion-requests/check");
    let fields = [("form_page", page.as_str()), ("account", account.trim_start_matches("/a/")), ("kind", "identity"), ("targets", who)];
    let part = |(name, value)| format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let head = "content-disposition: form-data; name=\"file\"; filename=\"receipt.json\"\r\ncontent-type: application/json";
    let file = format!("--{BOUNDARY}\r\n{head}\r\n\r\n{file}\r\n--{BOUNDARY}--\r\n");
    let body = fields.map(part).concat() + &file;
    let request = Request::post("/api/console/receipt_check")
        .header("accept", "text/html,*/*;q=0.8")
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .header("origin", "https://cairn.example.com");
    ada.send(request, Body::from(body)).await
}

#[tokio::test]
async fn a_receipt_is_read_downloaded_and_asked() {
    let (house, mut ada, account) = House::with_ada().await;
    let request = erased(&house, &mut ada, &account).await;
    let receipt = format!("{request}/receipt");
    assert!(ada.get(&request).await.body.contains(&format!("href=\"{receipt}\"")));
    let shown = ada.get(&receipt).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Main / Production") && !shown.body.contains("bea@"), "{}", shown.body);

    let file = ada.get(&format!("{receipt}/file")).await;
    assert_eq!((file.status, file.header("cache-control")), (200, "no-store"));
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"receipt-"));
    let told =
        |answer: Answer| answer.body.split("id=\"answer-heading\">").nth(1).unwrap_or(&answer.body).split('<').next().unwrap().to_owned();
    assert_eq!(told(ask(&mut ada, &account, &file.body, "bea@example.com").await), "bea@example.com was erased");
    assert_eq!(told(ask(&mut ada, &account, &file.body, "cyd@example.com").await), "cyd@example.com is not named in this receipt");
    let changed = file.body.replace("\"users_found\": 1", "\"users_found\": 2");
    assert_ne!(changed, file.body);
    assert_eq!(told(ask(&mut ada, &account, &changed, "bea@example.com").await), "This receipt cannot answer");
    assert!(ask(&mut ada, &account, "no receipt", "bea@example.com").await.body.contains("This is no receipt of Cairn."));
    let nobody = ask(&mut ada, &account, &file.body, " ").await;
    assert_eq!(nobody.status, 422);
    let lines = ask(&mut ada, &account, &file.body, "a\u{0}b").await;
    assert!(!lines.body.contains("Line 1"), "the field has but one");

    // Who did not make the request gets the copy without the key.
    let mut bob = house.teammate(&mut ada, &account, "bob@example.com", "read_only").await;
    let copy = bob.get(&format!("{receipt}/file")).await;
    assert_eq!(copy.status, 200);
    assert!(!copy.body.contains("\"key\":") && file.body.contains("\"key\":"));
}
