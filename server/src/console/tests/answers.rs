//! Forms whose answer is shown once, and forms that are refused on a page that is an answer itself.

use super::*;

#[tokio::test]
async fn a_new_api_key_is_shown_in_the_answer_of_a_plain_post_and_never_again() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/privacy");
    let answer = ada.post(&page, "api_key_create", &[("account", id(&account)), ("name", "Nightly")]).await;
    assert_eq!((answer.status, answer.location()), (200, ""));
    let made = answer.body.split("you will not see it again").nth(1).expect("the key is shown");
    let key = made.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(key.len(), 43);
    assert!(!ada.get(&page).await.body.contains(key));
}

#[tokio::test]
async fn a_form_that_is_refused_twice_still_knows_its_page() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/excluded-ips");
    let fields = [("account", id(&account)), ("version", "0"), ("patterns", "nonsense"), ("form_page", &page)];
    let answer = ada.post("/api/console/excluded_ips_save", "excluded_ips_save", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Line 1: "), "{}", answer.body);
    assert!(answer.body.contains(&format!("name=\"form_page\" value=\"{page}\"")), "{}", answer.body);
}

#[tokio::test]
async fn a_form_cannot_name_a_page_elsewhere() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/excluded-ips");
    for elsewhere in ["//evil.example/", "https://evil.example/", ""] {
        let fields = [("account", id(&account)), ("version", "0"), ("patterns", "nonsense"), ("form_page", elsewhere)];
        assert_eq!(ada.post(&page, "excluded_ips_save", &fields).await.status, 422, "{elsewhere}");
    }
}

#[tokio::test]
async fn a_conflict_shows_what_was_typed_and_what_the_other_saved() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/excluded-ips");
    let save = |patterns| [("account", id(&account)), ("version", "0"), ("patterns", patterns)];
    assert_eq!(ada.post(&page, "excluded_ips_save", &save("198.51.100.1 # theirs")).await.status, 303);
    let answer = ada.post(&page, "excluded_ips_save", &save("192.0.2.1 # mine")).await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("192.0.2.1 # mine") && answer.body.contains("theirs"));
    assert!(answer.body.contains("name=\"version\" value=\"1\""), "a second save is deliberate");
}

#[tokio::test]
async fn the_own_address_is_saved_along_with_what_was_typed() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/excluded-ips");
    let fields = [("account", id(&account)), ("version", "0"), ("patterns", "198.18.*"), ("add", "192.0.2.1")];
    assert_eq!(ada.post(&page, "excluded_ips_save", &fields).await.status, 303);
    let shown = ada.get(&page).await.body;
    assert!(shown.contains("198.18.*") && shown.contains("It is excluded by"), "{shown}");
}

#[tokio::test]
async fn lines_that_may_not_be_meant_are_saved_once_they_are_confirmed() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/excluded-ips");
    let typed = "198.18.0.1\r\n64.0.0.0/7 # wide\r\n192.0.2.*";
    let fields = [("account", id(&account)), ("version", "0"), ("patterns", typed)];
    let asked = ada.post(&page, "excluded_ips_save", &fields).await;
    assert_eq!(asked.status, 422);
    for said in
        ["Line 2: This covers more than", "Line 3: This covers your own address", "Save it all the same", "lines 2, 3", "64.0.0.0/7 # wide"]
    {
        assert!(asked.body.contains(said), "{said}: {}", asked.body);
    }
    let confirmed = asked.hidden("confirmed");
    let others =
        [("account", id(&account)), ("version", "0"), ("patterns", "64.0.0.0/7\n192.0.2.*\n96.0.0.0/7"), ("confirmed", &confirmed)];
    assert_eq!(ada.post(&page, "excluded_ips_save", &others).await.status, 422);
    let fields = [("account", id(&account)), ("version", "0"), ("patterns", typed), ("confirmed", &confirmed)];
    assert_eq!(ada.post(&page, "excluded_ips_save", &fields).await.status, 303);
    let again = [("account", id(&account)), ("version", "1"), ("patterns", typed)];
    assert_eq!(ada.post(&page, "excluded_ips_save", &again).await.status, 303, "nobody is asked twice about a line");
}

#[tokio::test]
async fn whom_a_deletion_is_about_stands_in_no_address() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/deletion-requests/new");
    let fields = [("account", id(&account)), ("kind", "identity"), ("targets", "alice@example.com\r\n")];
    let answer = ada.post(&page, "deletion_request", &fields).await;
    assert_eq!((answer.status, answer.location()), (200, ""));
    assert!(answer.body.contains("Nobody was found"), "{}", answer.body);
    assert!(answer.body.contains("type=\"hidden\" name=\"targets\" value=\"alice@example.com"));
}

#[tokio::test]
async fn what_looks_like_html_in_a_text_area_stays_text() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/excluded-ips");
    let typed = "198.18.0.1 # </textarea><b>&lt;";
    let fields = [("account", id(&account)), ("version", "0"), ("patterns", typed)];
    assert_eq!(ada.post(&page, "excluded_ips_save", &fields).await.status, 303);
    let shown = ada.get(&page).await.body;
    assert!(shown.contains(">\n198.18.0.1 # &lt;/textarea>&lt;b>&amp;lt;\n</textarea>"), "{shown}");
}

fn id(account: &str) -> &str {
    account.trim_start_matches("/a/")
}
