//! Writing to the operator, and the inbox.

use super::*;

const TEXT: [(&str, &str); 3] = [("kind", "bug"), ("message", "It <b>broke</b>\r\nyesterday"), ("email", "bob@example.com")];

#[tokio::test]
async fn anybody_writes_to_the_operator_and_is_told_where_the_answer_comes() {
    let (house, mut ada, _) = House::with_ada().await;
    let mut bob = house.browser();
    let page = bob.get("/talk-to-us?from=/sign-in").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.hidden("from"), "/sign-in");
    let answer = bob.post("/talk-to-us?from=/sign-in", "message_send", &[&TEXT[..], &[("from", "/sign-in")]].concat()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Your message is sent") && answer.body.contains("bob@example.com"), "{}", answer.body);

    let inbox = ada.get("/inbox").await.body;
    assert!(inbox.contains("It &lt;b&gt;broke&lt;/b&gt;") && inbox.contains("bob@example.com"), "{inbox}");
    let message = inbox.split("scope=\"row\"><a href=\"/inbox/").nth(1).unwrap().split('"').next().unwrap();
    let shown = ada.get(&format!("/inbox/{message}")).await.body;
    assert!(shown.contains("It &lt;b&gt;broke&lt;/b&gt;\nyesterday") && shown.contains("anybody can have written this"), "{shown}");
    assert!(shown.contains("mailto:bob@example.com?subject=Re%3A%20It%20"), "{shown}");
}

#[tokio::test]
async fn a_message_that_is_refused_keeps_what_was_typed() {
    let (house, ..) = House::with_ada().await;
    let fields = [("kind", "suggestion"), ("message", "More </textarea> colours"), ("email", "bob"), ("from", "/")];
    let answer = house.browser().post("/talk-to-us?from=/", "message_send", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("More &lt;/textarea> colours") && answer.body.contains("This is not an e-mail address."),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("<option value=\"suggestion\" selected"), "{}", answer.body);
    let long = "x".repeat(5_001);
    let answer = house.browser().call("message_send", &[("kind", "bug"), ("message", &long), ("email", "bob@example.com")]).await;
    assert_eq!(answer.body, r#"{"invalid":{"mistakes":[{"field":"message","line":null,"problem":{"too_long":{"max":5000}}}],"total":1}}"#);
}

#[tokio::test]
async fn too_many_messages_are_told_to_wait_and_what_was_typed_is_kept() {
    let (house, ..) = House::with_ada().await;
    for _ in 0..10 {
        assert_eq!(house.browser().call("message_send", &TEXT).await.status, 200);
    }
    let refused = house.browser().post("/talk-to-us", "message_send", &TEXT).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert!(refused.body.contains("Too many attempts.") && refused.body.contains("yesterday"), "{}", refused.body);
}

#[tokio::test]
async fn the_form_knows_the_address_of_who_is_signed_in() {
    let (house, mut ada, account) = House::with_ada().await;
    assert!(ada.get("/talk-to-us").await.body.contains(&format!("value=\"{OWNER}\"")));
    assert!(!house.browser().get("/talk-to-us").await.body.contains(OWNER));
    let from = format!("{account}/settings/teammates");
    ada.call("message_send", &[&TEXT[..], &[("from", &from)]].concat()).await;
    let inbox = ada.get("/inbox").await.body;
    let message = inbox.split("scope=\"row\"><a href=\"/inbox/").nth(1).unwrap().split('"').next().unwrap();
    let shown = ada.get(&format!("/inbox/{message}")).await.body;
    assert!(shown.contains("Ada (ada@example.com), full access") && shown.contains("Acme") && shown.contains(&from), "{shown}");
}

#[tokio::test]
async fn the_way_to_the_operator_is_on_every_page_but_where_it_leads_nowhere() {
    let empty = House::empty().await;
    let tab = "href=\"/talk-to-us?from=";
    assert!(!empty.browser().get("/setup").await.body.contains(tab));
    let (house, mut ada, account) = House::with_ada().await;
    for path in ["/sign-in", "/nowhere"] {
        assert!(house.browser().get(path).await.body.contains(&format!("{tab}{path}\"")), "{path}");
    }
    for path in [format!("{account}/settings/teammates"), "/me".to_owned(), "/a/nonsense/settings/teammates".to_owned()] {
        assert!(ada.get(&path).await.body.contains(&format!("{tab}{path}\"")), "{path}");
    }
    assert!(!ada.get("/talk-to-us").await.body.contains(tab));
}

#[tokio::test]
async fn only_the_operator_is_shown_the_way_to_the_inbox() {
    let (house, mut ada, account) = House::with_ada().await;
    let mut bob = house.teammate(&mut ada, &account, "bob@example.com", "full").await;
    bob.call("message_send", &TEXT).await;
    let page = format!("{account}/settings/teammates");
    for path in ["/me", &page] {
        assert!(ada.get(path).await.body.contains("Inbox, 1 new"), "{path}");
        assert!(!bob.get(path).await.body.contains("/inbox"), "{path}");
    }
    assert_eq!(bob.get("/inbox").await.status, 404);
    assert_eq!(house.browser().get("/inbox").await.location(), "/sign-in?next=/inbox");
}

#[tokio::test]
async fn the_list_that_an_address_names_is_shown_and_nonsense_shows_the_new_messages() {
    let (house, mut ada, _) = House::with_ada().await;
    house.browser().call("message_send", &TEXT).await;
    for (query, there) in [
        ("", true),
        ("?state=nonsense&before=nonsense", true),
        ("?state=all&words=YESTERDAY", true),
        ("?state=new&words=tomorrow", false),
        ("?state=closed", false),
    ] {
        let shown = ada.get(&format!("/inbox{query}")).await;
        assert_eq!((shown.status, shown.body.contains("bob@example.com")), (200, there), "{query}");
    }
    assert!(ada.get("/inbox?state=all&words=%3Cb%3E").await.body.contains("/inbox?state=closed&amp;words=%3Cb%3E"));
}
