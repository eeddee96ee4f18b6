use domain::{
    access::Access,
    email::EmailAddress,
    id::MessageId,
    invalid::{Field, Problem},
    message::{MessageDraft, MessageKind, MessageState},
};
use store::{
    Error,
    access::{Actor, ManageTeammates, Operator},
    console::messages::{Filter, Found, PAGE, Writer},
};

use crate::support::{Founded, House, problem};

const MIGRATION: &str = include_str!("../../migrations/0006_support.sql");

fn draft(text: &str, page: &str) -> MessageDraft {
    MessageDraft::parse(MessageKind::Question.as_str(), text, "reply@example.com", page).unwrap()
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// Sends a message a second after the one before, so that their order is known.
async fn send(house: &House, writer: Option<&Actor>, text: &str, page: &str) -> MessageId {
    house.clock.advance(1_000);
    house.store.console.send_message(writer, &draft(text, page)).await.unwrap()
}

async fn operator(house: &House, founded: &Founded) -> Operator {
    house.store.console.operator(&founded.actor).await.unwrap()
}

async fn find(house: &House, operator: &Operator, filter: Filter) -> Found {
    house.store.console.inbox(operator).find(&filter).await.unwrap()
}

fn texts(found: &Found) -> Vec<&str> {
    found.messages.iter().map(|message| message.text.as_str()).collect()
}

fn words(words: &str) -> Filter {
    Filter { words: words.to_owned(), ..Filter::default() }
}

both_engines! {
    async fn a_message_of_somebody_who_is_signed_in_names_account_and_person(house) {
        let ada = house.found("ada@example.com").await;
        let page = format!("/a/{}/settings/teammates?x=1", ada.account);
        let id = send(&house, Some(&ada.actor), "How?\nWhy?", &page).await;
        let operator = operator(&house, &ada).await;
        let message = house.store.console.inbox(&operator).message(id).await.unwrap();
        assert_eq!((message.kind, message.state, message.changed), (MessageKind::Question, MessageState::New, None));
        assert_eq!((message.text.as_str(), message.reply_to.as_str()), ("How?\nWhy?", "reply@example.com"));
        assert_eq!(message.page, Some(format!("/a/{}/settings/teammates", ada.account)));
        assert_eq!(message.account.as_deref(), Some("Acme"));
        let writer = Writer { name: "ada".to_owned(), email: "ada@example.com".to_owned(), access: Some(Access::Full) };
        assert_eq!(message.writer, Some(writer));
    }

    async fn a_message_of_anybody_else_names_nobody_whatever_page_it_claims(house) {
        let ada = house.found("ada@example.com").await;
        let page = format!("/a/{}", ada.account);
        let stranger = house.found("eve@example.com").await;
        let anonymous = send(&house, None, "Hello", &page).await;
        let foreign = send(&house, Some(&stranger.actor), "Hello", &page).await;
        let operator = operator(&house, &ada).await;
        let inbox = house.store.console.inbox(&operator);
        let message = inbox.message(anonymous).await.unwrap();
        assert_eq!((message.account, message.writer), (None, None));
        let message = inbox.message(foreign).await.unwrap();
        let writer = Writer { name: "eve".to_owned(), email: "eve@example.com".to_owned(), access: Some(Access::Full) };
        assert_eq!(message.writer, Some(writer), "of her own account, the only one that she has");
    }

    async fn a_teammate_who_left_is_shown_without_access(house) {
        let ada = house.found("ada@example.com").await;
        let (person, bob) = house.join(&ada, "bob@example.com", Access::ReadOnly).await;
        let id = send(&house, Some(&bob), "Close it", "/me").await;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        house.store.console.manage_teammates(&granted).remove(person).await.unwrap();
        let operator = operator(&house, &ada).await;
        let message = house.store.console.inbox(&operator).message(id).await.unwrap();
        assert_eq!(message.writer.map(|writer| (writer.name, writer.access)), Some(("bob".to_owned(), None)));
    }

    async fn messages_are_found_by_state_and_words_newest_first(house) {
        let ada = house.found("ada@example.com").await;
        let old = send(&house, None, "The ÜBERSICHT is empty", "/").await;
        send(&house, Some(&ada.actor), "100% of events_missing", "/").await;
        let operator = operator(&house, &ada).await;
        house.store.console.inbox(&operator).set_state(old, MessageState::Answered).await.unwrap();
        assert_eq!(texts(&find(&house, &operator, Filter::default()).await), ["100% of events_missing", "The ÜBERSICHT is empty"]);
        let answered = Filter { state: Some(MessageState::Answered), ..Filter::default() };
        assert_eq!(texts(&find(&house, &operator, answered).await), ["The ÜBERSICHT is empty"]);
        assert_eq!(texts(&find(&house, &operator, words(" übersicht  EMPTY ")).await), ["The ÜBERSICHT is empty"]);
        assert_eq!(texts(&find(&house, &operator, words("acme ada@example.com %")).await), ["100% of events_missing"]);
        assert!(texts(&find(&house, &operator, words("event%")).await).is_empty(), "a sign stands for itself");
        assert_eq!(find(&house, &operator, words("reply@example.com")).await.messages.len(), 2);
    }

    async fn the_inbox_has_pages(house) {
        let ada = house.found("ada@example.com").await;
        for number in 0..=PAGE {
            send(&house, None, &format!("Message {number}"), "/").await;
        }
        let operator = operator(&house, &ada).await;
        let first = find(&house, &operator, words("message")).await;
        assert_eq!((first.messages.len(), first.has_older), (PAGE, true));
        let before = first.messages.last().map(|message| message.id);
        let second = find(&house, &operator, Filter { before, ..words("message") }).await;
        assert_eq!((texts(&second), second.has_older), (vec!["Message 0"], false));
    }

    async fn a_message_keeps_who_changed_its_state_and_when(house) {
        let ada = house.found("ada@example.com").await;
        let id = send(&house, None, "Hello", "/").await;
        let operator = operator(&house, &ada).await;
        let inbox = house.store.console.inbox(&operator);
        inbox.set_state(id, MessageState::Closed).await.unwrap();
        let changed = inbox.message(id).await.unwrap().changed;
        assert_eq!(changed.as_ref().map(|(name, at)| (name.as_str(), at.0)), Some(("ada", inbox.message(id).await.unwrap().created_at.0)));
        house.clock.advance(1_000);
        inbox.set_state(id, MessageState::Closed).await.unwrap();
        assert_eq!(inbox.message(id).await.unwrap().changed, changed, "what was done already is not done again");
        inbox.set_state(id, MessageState::New).await.unwrap();
        assert_ne!(inbox.message(id).await.unwrap().changed, changed);
    }

    async fn a_deleted_message_is_gone(house) {
        let ada = house.found("ada@example.com").await;
        let id = send(&house, None, "My number is 0700", "/").await;
        let operator = operator(&house, &ada).await;
        let inbox = house.store.console.inbox(&operator);
        inbox.delete(id).await.unwrap();
        assert!(matches!(inbox.message(id).await, Err(Error::NotFound)));
        assert!(matches!(inbox.delete(id).await, Err(Error::NotFound)));
        assert!(matches!(inbox.set_state(id, MessageState::Closed).await, Err(Error::NotFound)));
        assert!(house.texts("SELECT text FROM messages").await.is_empty());
    }

    async fn the_first_person_is_the_operator_and_nobody_else(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", Access::Full).await;
        let console = &house.store.console;
        send(&house, None, "Hello", "/").await;
        assert!(console.operator(&ada.actor).await.is_ok());
        assert_eq!(console.new_messages(&ada.actor).await.unwrap(), Some(1));
        for other in [&eve.actor, &bob] {
            assert!(matches!(console.operator(other).await, Err(Error::NotFound)));
            assert_eq!(console.new_messages(other).await.unwrap(), None);
        }
    }

    async fn an_api_key_of_the_operator_s_account_is_no_operator(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let token = console.api_token(ada.environment, ada.api_key.as_deref().unwrap()).await.unwrap();
        let (script, _) = console.script(&token).await.unwrap();
        assert!(matches!(console.operator(&script).await, Err(Error::NotFound)));
        assert_eq!(console.new_messages(&script).await.unwrap(), None);
    }

    async fn an_operator_is_added_and_removed_by_address_and_one_stays(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = &house.store.console;
        assert_eq!(problem(console.unscoped_remove_operator(&email("ada@example.com")).await), (Field::Email, Problem::LastOperator));
        assert!(!console.unscoped_remove_operator(&email("eve@example.com")).await.unwrap());
        house.clock.advance(1_000);
        assert!(console.unscoped_add_operator(&email("EVE@example.com")).await.unwrap());
        assert!(!console.unscoped_add_operator(&email("eve@example.com")).await.unwrap());
        assert!(console.operator(&eve.actor).await.is_ok());
        let listed: Vec<String> = console.unscoped_operators().await.unwrap().into_iter().map(|one| one.email).collect();
        assert_eq!(listed, ["ada@example.com", "eve@example.com"]);
        assert!(console.unscoped_remove_operator(&email("ada@example.com")).await.unwrap());
        assert!(matches!(console.operator(&ada.actor).await, Err(Error::NotFound)));
        assert!(matches!(console.unscoped_add_operator(&email("bob@example.com")).await, Err(Error::NotFound)));
        assert!(matches!(console.unscoped_remove_operator(&email("bob@example.com")).await, Err(Error::NotFound)));
    }

    async fn of_two_operators_who_are_removed_at_once_one_stays(house) {
        house.found("ada@example.com").await;
        house.found("eve@example.com").await;
        let other = house.second_server().await;
        house.store.console.unscoped_add_operator(&email("eve@example.com")).await.unwrap();
        let (ada, eve) = (email("ada@example.com"), email("eve@example.com"));
        let (first, second) =
            tokio::join!(house.store.console.unscoped_remove_operator(&ada), other.console.unscoped_remove_operator(&eve));
        assert_eq!([first, second].iter().filter(|removed| removed.is_ok()).count(), 1);
        assert_eq!(house.store.console.unscoped_operators().await.unwrap().len(), 1);
    }

    async fn a_right_that_was_taken_away_stops_a_change_that_was_granted_before(house) {
        let ada = house.found("ada@example.com").await;
        house.found("eve@example.com").await;
        let id = send(&house, None, "Hello", "/").await;
        let operator = operator(&house, &ada).await;
        let console = &house.store.console;
        console.unscoped_add_operator(&email("eve@example.com")).await.unwrap();
        console.unscoped_remove_operator(&email("ada@example.com")).await.unwrap();
        assert!(matches!(console.inbox(&operator).set_state(id, MessageState::Closed).await, Err(Error::NotFound)));
        assert!(matches!(console.inbox(&operator).delete(id).await, Err(Error::NotFound)));
        assert_eq!(house.texts("SELECT state FROM messages").await, ["new"]);
    }

    async fn the_migration_makes_the_oldest_person_the_operator(house) {
        house.clock.advance(-10_000);
        house.found("ada@example.com").await;
        house.clock.advance(10_000);
        house.found("eve@example.com").await;
        let appoint = MIGRATION.split(';').find(|statement| statement.contains("UPDATE people")).unwrap();
        house.run("UPDATE people SET operator_since = NULL").await;
        house.run(appoint).await;
        assert_eq!(house.texts("SELECT email FROM people WHERE operator_since = created_at").await, ["ada@example.com"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_erased_from_the_files_of_sqlite() {
    let house = House::sqlite().await;
    let ada = house.found("ada@example.com").await;
    let id = send(&house, None, "alice-of-wonderland asked to be forgotten", "/").await;
    let operator = operator(&house, &ada).await;
    house.store.console.inbox(&operator).delete(id).await.unwrap();
    house.store.close().await;
    let folder = house.folder.as_ref().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(20).any(|window| window == b"alice-of-wonderland "), "the text is still there");
    }
}
