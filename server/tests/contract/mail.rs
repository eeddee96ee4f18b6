//! Mail, against a server that speaks SMTP on a socket.

use axum::{body::Body, extract::Request};
use domain::{
    access::Access,
    deletion::{Approval, Target},
    email::EmailAddress,
    mail::Delivery,
    name::PersonName,
    user::Identity,
};
use server::mail::{Postman, Smtp};
use store::access::{DeleteUsers, ManageAccount, ManagePrivacy, ManageTeammates};
use url::form_urlencoded;

use crate::support::{Answer, Founded, House, MailServer, house::PUBLIC_URL};

fn postman(house: &House, url: &str) -> Postman {
    Postman::new(house.store.maintenance.clone(), &Smtp::new(url, "Cairn <cairn@example.com>").unwrap(), PUBLIC_URL.into())
}

async fn invite(house: &House, founded: &Founded, email: &str) {
    let granted = house.store.console.grant::<ManageTeammates>(&founded.actor, founded.account).await.unwrap();
    let email = EmailAddress::parse(email).unwrap();
    house.store.console.manage_teammates(&granted).invite(&email, Access::ReadOnly).await.unwrap();
}

/// A further teammate, who came by the link rather than by a letter.
async fn join(house: &House, founded: &Founded, email: &str, access: Access) {
    let granted = house.store.console.grant::<ManageTeammates>(&founded.actor, founded.account).await.unwrap();
    let email = EmailAddress::parse(email).unwrap();
    let invited = house.store.console.manage_teammates(&granted).invite(&email, access).await.unwrap();
    let name = PersonName::parse("Somebody").unwrap();
    house.store.console.accept_as_newcomer(invited.invite, &invited.token, &name, "no password").await.unwrap();
    house.run("DELETE FROM outbox").await;
}

/// What is known of the newest letter of the account.
async fn newest(house: &House, founded: &Founded) -> (Delivery, String) {
    let granted = house.store.console.grant::<ManageAccount>(&founded.actor, founded.account).await.unwrap();
    let letter = house.store.console.letters(&granted).await.unwrap().remove(0);
    (letter.state, letter.answer.unwrap_or_default())
}

async fn submit(house: &House, function: &str, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(format!("/api/console/{function}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", PUBLIC_URL)
        .header("accept", "application/json")
        .body(Body::from(body));
    house.call(request.unwrap()).await
}

async fn page(house: &House, path: &str) -> Answer {
    house.call(Request::get(path).header("accept", "text/html").body(Body::empty()).unwrap()).await
}

both_engines! {
    async fn who_could_approve_a_request_is_told_and_who_asked_is_not(database) {
        let (house, mail) = (House::open(database).await, MailServer::start().await);
        let ada = house.found("ada@example.com").await;
        join(&house, &ada, "bob@example.com", Access::Full).await;
        join(&house, &ada, "carl@example.com", Access::ReadOnly).await;
        let console = &house.store.console;
        let privacy = console.grant::<ManagePrivacy>(&ada.actor, ada.account).await.unwrap();
        console.set_approval(&privacy, Approval::People).await.unwrap();
        let granted = console.grant::<DeleteUsers>(&ada.actor, ada.account).await.unwrap();
        let target = [Target::Identity(Identity::parse("bea@example.com").unwrap())];
        let request = console.delete_users(&granted).request(&target).await.unwrap().id;
        let postman = postman(&house, &mail.url());
        while postman.send_one().await.unwrap() {}
        let [letter] = &mail.received()[..] else { panic!("one letter") };
        assert_eq!(letter.recipients, ["bob@example.com"]);
        assert_eq!(letter.path(PUBLIC_URL), format!("/a/{}/settings/deletion-requests/{request}", ada.account));
        assert!(!letter.text.contains("bea@example.com"), "whom it is about stands in no letter");

        // One that was taken back before the letter left is not told.
        let other = console.delete_users(&granted).request(&target).await.unwrap().id;
        console.delete_users(&granted).cancel(other).await.unwrap();
        assert!(!postman.send_one().await.unwrap());
    }

    async fn an_invite_arrives_with_a_link_that_works(database) {
        let (house, mail) = (House::open(database).await, MailServer::start().await);
        let ada = house.found("ada@example.com").await;
        invite(&house, &ada, "bob@example.com").await;
        let postman = postman(&house, &mail.url());
        assert!(postman.send_one().await.unwrap());
        assert!(!postman.send_one().await.unwrap());
        let [letter] = &mail.received()[..] else { panic!("one letter") };
        assert_eq!(letter.recipients, ["bob@example.com"]);
        for line in ["From: Cairn <cairn@example.com>", "To: bob@example.com", "Subject: Ada invites you to Acme", "Auto-Submitted: auto-generated"] {
            assert!(letter.text.lines().any(|given| given.trim_end() == line), "{line}: {}", letter.text);
        }
        let invited = page(&house, &letter.path(PUBLIC_URL)).await;
        assert_eq!(invited.status, 200);
        assert!(invited.body.contains("Join Acme") && invited.body.contains("bob@example.com"));
        let (state, words) = newest(&house, &ada).await;
        assert_eq!((state, words.as_str()), (Delivery::Accepted, "250 queued as 4711"));
    }

    async fn a_refused_address_is_told_in_the_server_s_own_words(database) {
        let (house, mail) = (House::open(database).await, MailServer::start().await);
        let ada = house.found("ada@example.com").await;
        invite(&house, &ada, "nobody@example.com").await;
        assert!(postman(&house, &mail.url()).send_one().await.unwrap());
        let (state, words) = newest(&house, &ada).await;
        assert_eq!(state, Delivery::Refused);
        assert!(words.contains("550") && words.contains("no such mailbox here"), "{words}");
        assert!(mail.received().is_empty());
    }

    async fn what_the_server_cannot_take_now_stays_queued_with_the_reason(database) {
        let (house, mail) = (House::open(database).await, MailServer::start().await);
        let ada = house.found("ada@example.com").await;
        invite(&house, &ada, "full@example.com").await;
        let at_work = postman(&house, &mail.url());
        assert!(at_work.send_one().await.unwrap());
        let (state, words) = newest(&house, &ada).await;
        assert_eq!(state, Delivery::Queued);
        assert!(words.contains("the mailbox is full"), "{words}");
        assert!(!at_work.send_one().await.unwrap(), "not at once again");
    }

    async fn while_no_mail_server_answers_letters_wait_and_arrive_later(database) {
        let (house, mail) = (House::open(database).await, MailServer::start().await);
        let ada = house.found("ada@example.com").await;
        invite(&house, &ada, "bob@example.com").await;
        // Port 1 is nobody's.
        assert!(postman(&house, "smtp://127.0.0.1:1").send_one().await.unwrap());
        let (state, words) = newest(&house, &ada).await;
        assert_eq!(state, Delivery::Queued);
        assert!(words.to_lowercase().contains("connect"), "{words}");
        house.clock.advance(60_000);
        assert!(postman(&house, &mail.url()).send_one().await.unwrap());
        assert_eq!(mail.received().len(), 1);
        assert_eq!(newest(&house, &ada).await.0, Delivery::Accepted);
    }

    async fn who_forgot_a_password_chooses_a_new_one_by_the_link(database) {
        let (house, mail) = (House::open(database).await, MailServer::start().await);
        house.found("ada@example.com").await;
        let known = submit(&house, "password_forgotten", &[("email", "ada@example.com")]).await;
        let unknown = submit(&house, "password_forgotten", &[("email", "nobody@example.org")]).await;
        assert_eq!((known.status, &known.body, known.header("location")), (unknown.status, &unknown.body, unknown.header("location")));
        let postman = postman(&house, &mail.url());
        while postman.send_one().await.unwrap() {}
        let [letter] = &mail.received()[..] else { panic!("one letter: the stranger gets none") };
        let path = letter.path(PUBLIC_URL);
        assert!(page(&house, &path).await.body.contains("For ada@example.com."));
        let mut parts = path.trim_start_matches("/reset/").split('/');
        let (reset, token) = (parts.next().unwrap(), parts.next().unwrap());
        let choose = |password| [("reset", reset), ("token", token), ("password", password)];
        assert_eq!(submit(&house, "password_reset", &choose("short")).await.status, 422);
        let password = "a brand new password";
        let chosen = submit(&house, "password_reset", &choose(password)).await;
        assert_eq!(chosen.status, 200, "{}", chosen.body);
        assert!(chosen.header("set-cookie").unwrap().starts_with("__Host-cairn="));
        assert_eq!(submit(&house, "password_reset", &choose("another new password")).await.status, 404);
        assert!(page(&house, &path).await.body.contains("This link does not work"));
        assert_eq!(submit(&house, "sign_in", &[("email", "ada@example.com"), ("password", password)]).await.status, 200);
    }

    async fn a_message_to_the_operator_is_mailed_and_can_be_answered(database) {
        let (house, mail) = (House::open(database).await, MailServer::start().await);
        house.found("ada@example.com").await;
        let fields = [("kind", "question"), ("message", "How do I begin?"), ("email", "visitor@example.org"), ("from", "/sign-in")];
        let sent = submit(&house, "message_send", &fields).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        assert!(postman(&house, &mail.url()).send_one().await.unwrap());
        let [letter] = &mail.received()[..] else { panic!("one letter") };
        assert_eq!(letter.recipients, ["support@example.com"]);
        assert!(letter.text.contains("Reply-To: visitor@example.org") && letter.text.contains("How do I begin?"), "{}", letter.text);
        assert!(letter.path(PUBLIC_URL).starts_with("/inbox/"));
    }
}
