//! Letters: queued by deeds, made when they are sent, and what becomes of them.

use domain::{
    access::Access,
    email::EmailAddress,
    invalid::{Field, Problem},
    mail::{Delivery, LetterKind},
};
use store::{
    Console, Error,
    access::{ManageAccount, ManageTeammates, View},
    maintenance::outbox::{Content, Letter, Outcome},
};

use crate::support::{Founded, House, problem};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

async fn next(house: &House) -> Option<Letter> {
    house.store.maintenance.unscoped_next_letter().await.unwrap()
}

async fn settle(house: &House, letter: &Letter, outcome: Outcome) {
    house.store.maintenance.unscoped_settle_letter(letter, &outcome).await.unwrap();
}

/// Asks for a new password, and the letter that comes of it.
async fn forgot(house: &House, console: &Console, address: &str) -> Option<Letter> {
    console.forgot_password(&email(address)).await.unwrap();
    next(house).await
}

async fn states(house: &House, founded: &Founded) -> Vec<(LetterKind, Delivery, Option<String>)> {
    let granted = house.granted::<ManageAccount>(founded).await;
    let letters = house.store.console.letters(&granted).await.unwrap();
    letters.into_iter().map(|letter| (letter.kind, letter.state, letter.answer)).collect()
}

both_engines! {
    async fn letters_of_no_account_are_for_operators(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let letter = forgot(&house, &console, "ada@example.com").await.unwrap();
        settle(&house, &letter, Outcome::Refused("550 no such box".to_owned())).await;
        let operator = console.operator(&ada.actor).await.unwrap();
        let told = console.letters_of_no_account(&operator).await.unwrap();
        let told: Vec<_> = told.iter().map(|letter| (letter.kind, letter.recipient.as_str(), letter.state, letter.answer.as_deref())).collect();
        assert_eq!(told, [(LetterKind::Reset, "ada@example.com", Delivery::Refused, Some("550 no such box"))]);
        assert_eq!(states(&house, &ada).await, [], "it is nobody's of the account");
        assert!(matches!(console.operator(&eve.actor).await, Err(Error::NotFound)));
    }

    async fn an_invite_is_mailed_with_the_link_that_is_shown(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let invited = console.manage_teammates(&granted).invite(&email("bob@example.com"), Access::ReadOnly).await.unwrap();
        let letter = next(&house).await.unwrap();
        assert_eq!(letter.recipient, "bob@example.com");
        let Content::Invite { invite, token, account_name, inviter, access, .. } = &letter.content else { panic!("{letter:?}") };
        assert_eq!((*invite, token, account_name.as_str(), inviter.as_str(), *access), (invited.invite, &invited.token, "Acme", "ada", Access::ReadOnly));
        assert!(next(&house).await.is_none(), "it is claimed");
        settle(&house, &letter, Outcome::Accepted("250 queued as 4711".to_owned())).await;
        let view = house.granted::<View>(&ada).await;
        let pending = console.invites(&view).await.unwrap();
        assert_eq!(pending[0].letter, Some((Delivery::Accepted, Some("250 queued as 4711".to_owned()))));
        assert_eq!(states(&house, &ada).await.len(), 1);
    }

    async fn where_no_mail_is_sent_nothing_is_queued(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        console.manage_teammates(&granted).invite(&email("bob@example.com"), Access::Full).await.unwrap();
        assert!(next(&house).await.is_none());
        let view = house.granted::<View>(&ada).await;
        assert_eq!(console.invites(&view).await.unwrap()[0].letter, None);
        assert_eq!(problem(console.forgot_password(&email("ada@example.com")).await), (Field::Whole, Problem::NoMail));
        let managing = house.granted::<ManageAccount>(&ada).await;
        assert_eq!(problem(console.send_test_letter(&managing).await), (Field::Whole, Problem::NoMail));
    }

    async fn a_link_that_was_replaced_or_revoked_is_not_mailed_any_more(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let handle = console.manage_teammates(&granted);
        let old = handle.invite(&email("bob@example.com"), Access::Full).await.unwrap();
        let new = handle.resend(old.invite).await.unwrap();
        let letter = next(&house).await.unwrap();
        assert!(matches!(&letter.content, Content::Invite { token, .. } if *token == new.token));
        assert!(next(&house).await.is_none());
        settle(&house, &letter, Outcome::Later("421 busy".to_owned())).await;
        handle.revoke(new.invite).await.unwrap();
        house.clock.advance(DAY);
        assert!(next(&house).await.is_none());
    }

    async fn an_outbox_holds_nothing_that_lets_anybody_in(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let invited = console.manage_teammates(&granted).invite(&email("bob@example.com"), Access::Full).await.unwrap();
        let mut secrets = vec![invited.token];
        let letter = next(&house).await.unwrap();
        settle(&house, &letter, Outcome::Accepted("250 ok".to_owned())).await;
        let Some(Letter { content: Content::Reset { token, .. }, .. }) = forgot(&house, &console, "ada@example.com").await else { panic!() };
        secrets.push(token);
        let mut held = house.texts("SELECT kind || ' ' || recipient || ' ' || CAST(COALESCE(answer, '') AS TEXT) FROM outbox").await;
        held.extend(house.texts("SELECT CAST(expires_at AS TEXT) FROM password_resets").await);
        assert_eq!(held.len(), 3);
        for secret in &secrets {
            assert!(!secret.is_empty() && held.iter().all(|row| !row.contains(secret.as_str())), "{held:?}");
        }
    }

    async fn what_could_not_be_sent_is_tried_again_later_and_given_up_after_a_day(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let granted = house.granted::<ManageAccount>(&ada).await;
        console.send_test_letter(&granted).await.unwrap();
        let first = next(&house).await.unwrap();
        settle(&house, &first, Outcome::Later("connection refused".to_owned())).await;
        assert_eq!(states(&house, &ada).await, [(LetterKind::Test, Delivery::Queued, Some("connection refused".to_owned()))]);
        assert!(next(&house).await.is_none(), "not at once");
        house.clock.advance(MINUTE / 2);
        let second = next(&house).await.unwrap();
        assert_eq!(second.id, first.id);
        settle(&house, &second, Outcome::Later("connection refused".to_owned())).await;
        house.clock.advance(MINUTE / 2);
        assert!(next(&house).await.is_none(), "the pause doubles");
        house.clock.advance(DAY);
        let last = next(&house).await.unwrap();
        settle(&house, &last, Outcome::Later("still refused".to_owned())).await;
        assert_eq!(states(&house, &ada).await, [(LetterKind::Test, Delivery::Refused, Some("still refused".to_owned()))]);
        assert!(next(&house).await.is_none());
    }

    async fn a_letter_whose_server_died_is_sent_by_another_once_the_lease_ends(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let granted = house.granted::<ManageAccount>(&ada).await;
        console.send_test_letter(&granted).await.unwrap();
        let dead = next(&house).await.unwrap();
        house.clock.advance(5 * MINUTE);
        let again = next(&house).await.unwrap();
        assert_eq!(again.id, dead.id);
        settle(&house, &dead, Outcome::Refused("late".to_owned())).await;
        assert_eq!(states(&house, &ada).await[0].1, Delivery::Queued, "who lost the lease settles nothing");
        settle(&house, &again, Outcome::Accepted("250 ok".to_owned())).await;
        assert_eq!(states(&house, &ada).await[0].1, Delivery::Accepted);
    }

    async fn a_month_later_nothing_is_known_of_a_letter(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let granted = house.granted::<ManageAccount>(&ada).await;
        console.send_test_letter(&granted).await.unwrap();
        let letter = next(&house).await.unwrap();
        settle(&house, &letter, Outcome::Refused("550 no such user".to_owned())).await;
        house.clock.advance(29 * DAY);
        house.store.maintenance.unscoped_forget_letters().await.unwrap();
        assert_eq!(states(&house, &ada).await.len(), 1);
        house.clock.advance(DAY);
        house.store.maintenance.unscoped_forget_letters().await.unwrap();
        assert_eq!(states(&house, &ada).await, []);
    }

    async fn a_forgotten_password_is_replaced_once_and_every_sign_in_ends(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let old = console.credentials(&email("ada@example.com")).await.unwrap().unwrap().verified(true).unwrap();
        let cookie = console.sign_in(&old, "phone", None).await.unwrap();
        let letter = forgot(&house, &console, "Ada@example.com").await.unwrap();
        let other = forgot(&house, &console, "ada@example.com").await.unwrap();
        let (Content::Reset { reset, token }, Content::Reset { reset: second, token: second_token }) = (letter.content, other.content) else { panic!() };
        assert_eq!(console.reset(reset, &token).await.unwrap(), email("ada@example.com"));
        assert!(matches!(console.reset(reset, &second_token).await, Err(Error::NotFound)), "a token is for one link");
        assert!(matches!(console.reset_password(reset, "AAAA", "new hash").await, Err(Error::NotFound)));
        let verified = console.reset_password(reset, &token, "new hash").await.unwrap();
        assert!(console.actor(&cookie).await.unwrap().is_none());
        let fresh = console.sign_in(&verified, "laptop", None).await.unwrap();
        assert_eq!(console.actor(&fresh).await.unwrap().unwrap().person(), Some(ada.person));
        assert!(matches!(console.reset_password(reset, &token, "newer hash").await, Err(Error::NotFound)));
        assert!(matches!(console.reset(second, &second_token).await, Err(Error::NotFound)), "the other link is dead, too");
    }

    async fn a_link_for_a_new_password_works_for_half_an_hour_from_when_it_is_sent(house) {
        house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        let letter = forgot(&house, &console, "ada@example.com").await.unwrap();
        settle(&house, &letter, Outcome::Later("busy".to_owned())).await;
        house.clock.advance(60 * MINUTE);
        let letter = next(&house).await.unwrap();
        let Content::Reset { reset, token } = letter.content else { panic!() };
        house.clock.advance(30 * MINUTE - 1);
        assert!(console.reset(reset, &token).await.is_ok());
        house.clock.advance(1);
        assert!(matches!(console.reset(reset, &token).await, Err(Error::NotFound)));
        assert!(matches!(console.reset_password(reset, &token, "new hash").await, Err(Error::NotFound)));
    }

    async fn nobody_s_address_is_forgotten_and_who_is_invited_gets_the_same_link_again(house) {
        let ada = house.found("ada@example.com").await;
        let console = house.store.console.clone().with_mail(None);
        assert!(forgot(&house, &console, "nobody@example.com").await.is_none());
        assert_eq!(house.texts("SELECT recipient FROM outbox").await, Vec::<String>::new());
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let invited = console.manage_teammates(&granted).invite(&email("bob@example.com"), Access::Full).await.unwrap();
        let letter = next(&house).await.unwrap();
        settle(&house, &letter, Outcome::Accepted("250 ok".to_owned())).await;
        let again = forgot(&house, &console, "bob@example.com").await.unwrap();
        assert!(matches!(again.content, Content::Invite { token, .. } if token == invited.token));
        assert!(next(&house).await.is_none());
    }
}
