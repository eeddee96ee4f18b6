//! Lists of excluded addresses as files.

use axum::body::Body;
use http::Request;

use super::{browser::Answer, *};

const BOUNDARY: &str = "----cairn";

/// A form with a file, as browsers send it.
async fn upload(browser: &mut Browser, account: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    let page = format!("{account}/settings/excluded-ips");
    let account = account.trim_start_matches("/a/");
    let mut body = Vec::new();
    for (name, value) in [("form_page", page.as_str()), ("account", account)].iter().chain(fields) {
        body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let head = "content-disposition: form-data; name=\"file\"; filename=\"list.txt\"\r\ncontent-type: text/plain";
    body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").into_bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    send(browser, &format!("multipart/form-data; boundary={BOUNDARY}"), body.into()).await
}

async fn send(browser: &mut Browser, kind: &str, body: Body) -> Answer {
    let request = Request::post("/api/console/excluded_ips_upload")
        .header("accept", "text/html,*/*;q=0.8")
        .header("content-type", kind)
        .header("origin", "https://cairn.example.com");
    browser.send(request, body).await
}

async fn download(browser: &mut Browser, account: &str) -> Answer {
    browser.get(&format!("{account}/settings/excluded-ips/file")).await
}

#[tokio::test]
async fn a_list_goes_out_as_it_came_in() {
    let (_house, mut ada, account) = House::with_ada().await;
    let text = "198.18.* # Büro\n2001:db8::1\n198.51.100.1-198.51.100.9 # a range\n";
    let saved = upload(&mut ada, &account, &[("version", "0"), ("mode", "replace")], text.as_bytes()).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(saved.location().ends_with("notice=excluded_ips_changed&added=3&removed=0"), "{}", saved.location());
    let file = download(&mut ada, &account).await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/plain; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"excluded-ips.txt\"");
    assert_eq!(file.body, text);

    let added = upload(&mut ada, &account, &[("version", "0"), ("mode", "add")], "\u{feff}192.0.2.77\r\n198.18.*\r\n".as_bytes()).await;
    assert_eq!(added.status, 303, "{}", added.body);
    assert_eq!(download(&mut ada, &account).await.body, text.to_owned() + "192.0.2.77\n");
    let replaced = upload(&mut ada, &account, &[("version", "2"), ("mode", "replace")], b"192.0.2.78").await;
    assert!(replaced.location().ends_with("added=1&removed=4"), "{}", replaced.location());
}

#[tokio::test]
async fn a_file_is_refused_on_its_page_with_its_lines() {
    let (_house, mut ada, account) = House::with_ada().await;
    let replace = [("version", "0"), ("mode", "replace")];
    for (file, said) in [
        (b"198.18.0.1\nnonsense\n".as_slice(), "Line 2: This is not an IP address"),
        (b"", "Choose a file"),
        (b"198.18.0.1 # \xff", "not text in UTF-8"),
        (b"64.0.0.0/7", "Save it all the same"),
        (b"192.0.2.0/24", "Line 1: This covers your own address"),
    ] {
        let refused = upload(&mut ada, &account, &replace, file).await;
        assert_eq!(refused.status, 422, "{said}: {}", refused.body);
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
        assert!(refused.body.contains(&format!("name=\"form_page\" value=\"{account}/settings/excluded-ips\"")));
    }
    let large = upload(&mut ada, &account, &replace, &vec![b'#'; 9 << 20]).await;
    assert_eq!(large.status, 422);
    assert!(large.body.contains("The file is too large. The most is 8 MiB."), "{}", large.body);
    assert_eq!(upload(&mut ada, &account, &[("version", "7"), ("mode", "replace")], b"198.18.0.1").await.status, 409);
    assert_eq!(download(&mut ada, &account).await.body, "");
}

#[tokio::test]
async fn a_file_of_several_megabytes_is_taken() {
    let (_house, mut ada, account) = House::with_ada().await;
    let note = "n".repeat(190);
    let lines: Vec<String> = (0..20_000).map(|n| format!("198.18.{}.{} # {note}", n / 256, n % 256)).collect();
    let saved = upload(&mut ada, &account, &[("version", "0"), ("mode", "replace")], lines.join("\n").as_bytes()).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(saved.location().ends_with("added=20000&removed=0"), "{}", saved.location());
    let last = ada.get(&format!("{account}/settings/excluded-ips?q=&page=200")).await;
    assert!(last.body.contains("Shown are 19,901 to 20,000.") && last.body.contains("198.18.78.31"), "{}", last.body);
    assert!(!last.body.contains("<textarea id=\"excluded_ips_save"), "the box takes no more than 1,000 lines");
}

#[tokio::test]
async fn what_is_no_form_with_a_file_is_refused() {
    let (_house, mut ada, _) = House::with_ada().await;
    for kind in
        ["multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x", "Multipart/Form-Data; boundary=----cairn"]
    {
        let answer = send(&mut ada, kind, "--x\r\nhello".into()).await;
        assert_eq!(answer.status, 400, "{kind}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_reader_downloads_and_uploads_nothing_and_a_stranger_sees_nothing() {
    let (house, mut ada, account) = House::with_ada().await;
    upload(&mut ada, &account, &[("version", "0"), ("mode", "replace")], b"198.18.0.1").await;
    let mut bob = house.teammate(&mut ada, &account, "bob@example.com", "read_only").await;
    assert_eq!(download(&mut bob, &account).await.body, "198.18.0.1\n");
    assert_eq!(upload(&mut bob, &account, &[("version", "1"), ("mode", "replace")], b"198.18.0.2").await.status, 403);
    let signed_out = download(&mut house.browser(), &account).await;
    assert_eq!((signed_out.status, signed_out.location().starts_with("/sign-in?next=")), (303, true));
    let elsewhere = account.replace(|digit: char| digit.is_ascii_digit(), "0");
    for nowhere in [elsewhere.as_str(), "/a/nonsense"] {
        assert_eq!(download(&mut ada, nowhere).await.status, 404, "{nowhere}");
    }
}
