use super::*;

#[tokio::test]
async fn an_invite_is_a_link_that_works_once_and_for_one_address() {
    let (house, mut ada, account) = House::with_ada().await;
    let link = house.invited(&mut ada, &account, "bob@example.com", "full").await;
    let page = house.browser().get(&link).await.body;
    assert!(page.contains("Join Acme") && page.contains("bob@example.com"));
    assert!(ada.get(&link).await.body.contains("only bob@example.com can accept"));

    let mut parts = link.trim_start_matches("/invite/").split('/');
    let fields = [("invite", parts.next().unwrap()), ("token", parts.next().unwrap()), ("name", "Bob"), ("password", PASSWORD)];
    let mut bob = house.browser();
    assert!(bob.post(&link, "invite_accept_as_newcomer", &fields).await.location().ends_with("?notice=joined"));
    assert!(bob.get(&format!("{account}/settings/teammates")).await.body.contains("bob@example.com"));
    assert!(house.browser().get(&link).await.body.contains("This invite does not work"));
}

#[tokio::test]
async fn bad_duplicate_and_member_addresses_are_told_apart_beside_the_field() {
    let (house, mut ada, account) = House::with_ada().await;
    house.invited(&mut ada, &account, "bob@example.com", "full").await;
    let (page, id) = (format!("{account}/settings/teammates"), account.trim_start_matches("/a/").to_owned());
    let said =
        [("bob", "This is not an e-mail address."), ("bob@example.com", "has a pending invite already"), (OWNER, "is a teammate already")];
    for (email, sentence) in said {
        let answer = ada.post(&page, "invite", &[("account", &id), ("email", email), ("access", "full")]).await;
        assert_eq!(answer.status, 422, "{email}");
        assert!(answer.body.contains(sentence), "{email}");
    }
}

#[tokio::test]
async fn a_read_only_teammate_sees_the_list_and_no_control_and_is_refused() {
    let (house, mut ada, account) = House::with_ada().await;
    let mut bob = house.teammate(&mut ada, &account, "bob@example.com", "read_only").await;
    house.invited(&mut ada, &account, "carol@example.com", "full").await;
    let (page, id) = (format!("{account}/settings/teammates"), account.trim_start_matches("/a/").to_owned());
    let seen = bob.get(&page).await.body;
    assert!(seen.contains("carol@example.com") && seen.contains("Your access is read-only."));
    assert!(!seen.contains("/api/console/invite") && !seen.contains("/api/console/access_set") && !seen.contains("/invite/"));
    let answer = bob.call("invite", &[("account", &id), ("email", "eve@example.com"), ("access", "full")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (403, "\"forbidden\""));
}

#[tokio::test]
async fn access_changes_on_the_teammate_s_very_next_request_and_the_last_full_one_stays() {
    let (house, mut ada, account) = House::with_ada().await;
    let mut bob = house.teammate(&mut ada, &account, "bob@example.com", "full").await;
    let (page, id) = (format!("{account}/settings/teammates"), account.trim_start_matches("/a/").to_owned());
    let body = ada.get(&page).await.body;
    let people: Vec<_> =
        body.split("/teammates/").skip(1).filter_map(|rest| rest.split("/remove").next()).filter(|id| id.len() == 36).collect();
    let [own, other] = people[..] else { panic!("{people:?}") };
    let restrict = |person| [("account", id.as_str()), ("person", person), ("access", "read_only"), ("form_key", person)];
    assert_eq!(ada.post(&page, "access_set", &restrict(other)).await.status, 303);
    assert_eq!(bob.call("invite", &[("account", &id), ("email", "eve@example.com"), ("access", "full")]).await.status, 403);
    let refused = ada.post(&page, "access_set", &restrict(own)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("This is the last teammate with full access."));
    assert_eq!(ada.get(&format!("{account}/settings/teammates/{other}/remove")).await.status, 200);
    assert_eq!(ada.call("teammate_remove", &[("account", &id), ("person", other)]).await.status, 200);
    assert_eq!(bob.get(&page).await.status, 404);
    assert_eq!(house.store.console.is_empty().await.ok(), Some(false));
}
