//! The help pages, and whether they helped.

use super::*;

const PAGE: &str = "/help/delete-data";
const YES: [(&str, &str); 2] = [("page", "delete-data"), ("helpful", "yes")];
const CASES: [&str; 6] = ["not-collected", "wrong-environment", "privacy-law", "definitions", "users", "something-else"];

/// What stands in the section of a case.
fn case<'a>(body: &'a str, id: &str) -> &'a str {
    body.split(&format!("<section id=\"{id}\"")).nth(1).expect("the page has the case").split("</section>").next().unwrap()
}

#[tokio::test]
async fn help_alone_leads_to_the_first_of_its_pages() {
    let (house, ..) = House::with_ada().await;
    assert_eq!(house.browser().get("/help").await.location(), PAGE);
}

#[tokio::test]
async fn what_can_be_deleted_is_told_to_anybody_and_its_buttons_lead_to_the_sign_in() {
    let (house, ..) = House::with_ada().await;
    let page = house.browser().get(PAGE).await;
    assert_eq!(page.status, 200);
    for id in CASES {
        let case = case(&page.body, id);
        for part in ["What it does", "What it does not do", "Can it be undone", "class=\"button quiet\""] {
            assert!(case.contains(part), "{id}: {case}");
        }
        assert!(page.body.contains(&format!("<a href=\"#{id}\">")), "the contents lead to {id}");
    }
    assert!(case(&page.body, "definitions").contains("<a href=\"/\" class=\"button quiet\">Archive events</a>"));
    assert!(case(&page.body, "something-else").contains("href=\"/talk-to-us?from=/help/delete-data\""));
    assert!(page.body.contains("href=\"/sign-in?next=/help/delete-data\"") && !page.body.contains("href=\"/a/"), "{}", page.body);
}

#[tokio::test]
async fn the_buttons_of_who_is_signed_in_lead_into_their_account_with_the_right_thing_chosen() {
    let (_house, mut ada, account) = House::with_ada().await;
    let environment = ada.get("/").await.location().trim_end_matches("/reports").to_owned();
    let body = ada.get(PAGE).await.body;
    let settings = format!("{account}/settings");
    for (id, href) in [
        ("not-collected", format!("{settings}/excluded-ips")),
        ("not-collected", format!("{environment}/settings")),
        ("wrong-environment", format!("{settings}/projects")),
        ("wrong-environment", format!("{settings}/deletion-requests/new?kind=property")),
        ("privacy-law", format!("{settings}/deletion-requests/new")),
        ("privacy-law", format!("{settings}/deletion-requests")),
        ("privacy-law", format!("{settings}/privacy")),
        ("definitions", format!("{environment}/definitions")),
        ("definitions", format!("{environment}/definitions/properties")),
        ("definitions", format!("{environment}/definitions/segments")),
        ("users", format!("{settings}/deletion-requests/new?kind=identity")),
        ("users", format!("{settings}/deletion-requests/new?kind=user_id")),
        ("users", format!("{settings}/deletion-requests/new?kind=property")),
        ("users", format!("{settings}/privacy")),
    ] {
        assert!(case(&body, id).contains(&format!("href=\"{href}\"")), "{id}: {href}");
        assert_eq!(ada.get(&href).await.status, 200, "{href}");
    }
    assert!(body.contains("<strong>Acme</strong>") && !body.contains("read-only access:"), "{body}");
}

#[tokio::test]
async fn who_may_only_look_is_told_so_on_the_help_page() {
    let (house, mut ada, account) = House::with_ada().await;
    let mut bob = house.teammate(&mut ada, &account, "bob@example.com", "read_only").await;
    let body = bob.get(PAGE).await.body;
    assert!(body.contains("you have read-only access: somebody with full access has to do it"), "{body}");
}

#[tokio::test]
async fn the_address_of_a_new_deletion_request_chooses_how_users_are_found() {
    let (_house, mut ada, account) = House::with_ada().await;
    let page = format!("{account}/settings/deletion-requests/new");
    for (query, chosen) in [("", "identity"), ("?kind=user_id", "user_id"), ("?kind=property", "property"), ("?kind=nonsense", "identity")]
    {
        let body = ada.get(&format!("{page}{query}")).await.body;
        let checked = body.split("<input").find(|input| input.contains("type=\"radio\"") && input.contains("checked")).unwrap();
        assert!(checked.contains(&format!("value=\"{chosen}\"")), "{query}: {checked}");
    }
}

#[tokio::test]
async fn whether_a_page_helped_is_said_without_script_and_read_by_operators() {
    let (house, mut ada, account) = House::with_ada().await;
    let mut bob = house.browser();
    assert_eq!(bob.get(PAGE).await.body.matches("action=\"/api/console/help_answer\"").count(), 2);
    let answer = bob.post(PAGE, "help_answer", &YES).await;
    assert_eq!((answer.status, answer.location()), (303, "/help/delete-data?notice=help_answered"));
    assert!(bob.get(answer.location()).await.body.contains("Thank you. Your answer is counted."));
    bob.post(PAGE, "help_answer", &[("page", "delete-data"), ("helpful", "no")]).await;
    bob.post(PAGE, "help_answer", &YES).await;

    let told = ada.get("/inbox/help").await.body;
    let row = told.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    assert!(row.contains("<a href=\"/help/delete-data\">What do you want to delete?</a>"), "{row}");
    for (label, count) in [("Yes, 30 days", 2), ("No, 30 days", 1), ("Yes, in all", 2), ("No, in all", 1)] {
        assert!(row.contains(&format!("data-label=\"{label}\" class=\"number\">{count}<")), "{label}: {row}");
    }
    assert!(ada.get("/inbox").await.body.contains("<a href=\"/inbox/help\">Help pages</a>"));
    let mut carol = house.teammate(&mut ada, &account, "carol@example.com", "full").await;
    assert_eq!(carol.get("/inbox/help").await.status, 404);
}

#[tokio::test]
async fn an_answer_that_no_page_sends_is_refused_and_counts_nothing() {
    let (house, mut ada, _) = House::with_ada().await;
    for (page, helpful) in [("nonsense", "yes"), ("delete-data", "perhaps"), ("", "")] {
        let refused = house.browser().call("help_answer", &[("page", page), ("helpful", helpful)]).await;
        assert_eq!((refused.status, refused.body.as_str()), (400, "\"malformed\""), "{page} {helpful}");
    }
    assert!(!ada.get("/inbox/help").await.body.contains(">1<"));
}

#[tokio::test]
async fn who_answers_too_often_is_told_to_wait() {
    let (house, ..) = House::with_ada().await;
    for _ in 0..10 {
        assert_eq!(house.browser().call("help_answer", &YES).await.status, 200);
    }
    let refused = house.browser().post(PAGE, "help_answer", &[&YES[..], &[("form_key", "yes")]].concat()).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert!(refused.body.contains("Too many attempts.") && refused.body.contains("Was this helpful?"), "{}", refused.body);
}

#[tokio::test]
async fn what_is_new_is_read_in_the_console_and_found_from_its_pages() {
    let (house, mut ada, account) = House::with_ada().await;
    let page = house.browser().get("/help/changelog").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h2>") && page.body.contains("<strong>added"), "{}", page.body);
    assert_eq!(page.body.matches("<h1").count(), 1);
    let requests = ada.get(&format!("{account}/settings/deletion-requests")).await.body;
    assert_eq!(requests.matches("href=\"/help/delete-data\"").count(), 2, "in the sidebar and on the page");
    assert!(requests.contains("href=\"/help/changelog\""));
    assert!(house.browser().get(PAGE).await.body.contains("href=\"/help/changelog\""));
}
