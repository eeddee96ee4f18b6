use domain::{
    access::Access,
    audit::Deed,
    email::EmailAddress,
    invalid::{Field, Problem},
    name::PersonName,
};
use store::{
    Error,
    access::{ManageTeammates, View},
};

use crate::support::{START, problem};

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

const DAY: i64 = 86_400_000;

both_engines! {
    async fn an_invite_is_accepted_once(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let invited = console.manage_teammates(&granted).invite(&email("bob@example.com"), Access::ReadOnly).await.unwrap();
        assert_eq!(console.invite_tokens(&granted).await.unwrap(), std::slice::from_ref(&invited));
        let invitation = console.invitation(invited.invite, &invited.token).await.unwrap();
        assert_eq!((invitation.email.as_str(), invitation.access, invitation.known), ("bob@example.com", Access::ReadOnly, false));
        let bob = PersonName::parse("Bob").unwrap();
        let (account, verified) = console.accept_as_newcomer(invited.invite, &invited.token, &bob, "hash").await.unwrap();
        assert_eq!(account, ada.account);
        assert!(matches!(console.accept_as_newcomer(invited.invite, &invited.token, &bob, "hash").await, Err(Error::NotFound)));
        let token = console.sign_in(&verified, "test", None).await.unwrap();
        let actor = console.actor(&token).await.unwrap().unwrap();
        assert!(console.grant::<View>(&actor, account).await.is_ok());
        assert!(matches!(console.grant::<ManageTeammates>(&actor, account).await, Err(Error::Forbidden)));
    }

    async fn members_and_pending_addresses_are_told_apart(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let handle = house.store.console.manage_teammates(&granted);
        handle.invite(&email("bob@example.com"), Access::Full).await.unwrap();
        assert_eq!(problem(handle.invite(&email("Bob@example.com"), Access::Full).await), (Field::Email, Problem::AlreadyInvited));
        assert_eq!(problem(handle.invite(&email("ada@example.com"), Access::Full).await), (Field::Email, Problem::AlreadyTeammate));
    }

    async fn a_resent_invite_kills_the_old_link(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let handle = console.manage_teammates(&granted);
        let old = handle.invite(&email("bob@example.com"), Access::Full).await.unwrap();
        let new = handle.resend(old.invite).await.unwrap();
        assert!(matches!(console.invitation(old.invite, &old.token).await, Err(Error::NotFound)));
        assert!(console.invitation(new.invite, &new.token).await.is_ok());
        handle.revoke(new.invite).await.unwrap();
        assert!(matches!(console.invitation(new.invite, &new.token).await, Err(Error::NotFound)));
    }

    async fn an_invite_lives_seven_days_and_can_then_be_made_again(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let handle = console.manage_teammates(&granted);
        let invited = handle.invite(&email("bob@example.com"), Access::Full).await.unwrap();
        house.clock.advance(7 * DAY - 1);
        assert!(console.invitation(invited.invite, &invited.token).await.is_ok());
        house.clock.advance(1);
        assert!(matches!(console.invitation(invited.invite, &invited.token).await, Err(Error::NotFound)));
        assert!(handle.invite(&email("bob@example.com"), Access::Full).await.is_ok());
    }

    async fn only_the_invited_address_accepts(house) {
        let ada = house.found("ada@example.com").await;
        let bob = house.found("bob@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let invited = console.manage_teammates(&granted).invite(&email("bob@example.com"), Access::Full).await.unwrap();
        assert!(matches!(console.accept(&eve.actor, invited.invite, &invited.token).await, Err(Error::Forbidden)));
        let newcomer = PersonName::parse("Bob").unwrap();
        let refused = console.accept_as_newcomer(invited.invite, &invited.token, &newcomer, "hash").await;
        assert_eq!(problem(refused), (Field::Whole, Problem::Taken));
        assert_eq!(console.accept(&bob.actor, invited.invite, &invited.token).await.unwrap(), ada.account);
        assert_eq!(console.me(&bob.actor).await.unwrap().accounts.len(), 2);
    }

    async fn the_last_teammate_with_full_access_stays(house) {
        let ada = house.found("ada@example.com").await;
        house.join(&ada, "bob@example.com", Access::ReadOnly).await;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let handle = house.store.console.manage_teammates(&granted);
        assert_eq!(problem(handle.set_access(ada.person, Access::ReadOnly).await), (Field::Access, Problem::LastFullAccess));
        assert_eq!(problem(handle.remove(ada.person).await), (Field::Whole, Problem::LastFullAccess));
    }

    async fn two_admins_cannot_restrict_each_other_at_once(house) {
        let ada = house.found("ada@example.com").await;
        let (bob, bob_actor) = house.join(&ada, "bob@example.com", Access::Full).await;
        let other = house.second_server().await;
        let by_ada = house.granted::<ManageTeammates>(&ada).await;
        let by_bob = other.console.grant::<ManageTeammates>(&bob_actor, ada.account).await.unwrap();
        let (first, second) = (house.store.console.manage_teammates(&by_ada), other.console.manage_teammates(&by_bob));
        let (first, second) = tokio::join!(first.set_access(bob, Access::ReadOnly), second.set_access(ada.person, Access::ReadOnly));
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
        let viewer = [&ada.actor, &bob_actor];
        let mut full = 0;
        for actor in viewer {
            full += u8::from(house.store.console.grant::<ManageTeammates>(actor, ada.account).await.is_ok());
        }
        assert_eq!(full, 1);
    }

    async fn of_two_admins_one_may_remove_the_other_or_be_restricted_by_them(house) {
        let ada = house.found("ada@example.com").await;
        let (bob, bob_actor) = house.join(&ada, "bob@example.com", Access::Full).await;
        let other = house.second_server().await;
        let by_ada = house.granted::<ManageTeammates>(&ada).await;
        let by_bob = other.console.grant::<ManageTeammates>(&bob_actor, ada.account).await.unwrap();
        let (first, second) = (house.store.console.manage_teammates(&by_ada), other.console.manage_teammates(&by_bob));
        let (first, second) = tokio::join!(first.remove(bob), second.set_access(ada.person, Access::ReadOnly));
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
    }

    async fn a_changed_access_ends_the_sign_ins_that_are_not_in_use(house) {
        let ada = house.found("ada@example.com").await;
        let (bob, _) = house.join(&ada, "bob@example.com", Access::Full).await;
        let console = &house.store.console;
        let verified = console.credentials(&email("bob@example.com")).await.unwrap().unwrap().verified(true).unwrap();
        let phone = console.sign_in(&verified, "phone", None).await.unwrap();
        house.clock.advance(120_000);
        let laptop = console.sign_in(&verified, "laptop", None).await.unwrap();
        let granted = house.granted::<ManageTeammates>(&ada).await;
        console.manage_teammates(&granted).set_access(bob, Access::ReadOnly).await.unwrap();
        assert!(console.actor(&phone).await.unwrap().is_none());
        let bob = console.actor(&laptop).await.unwrap().unwrap();
        assert!(matches!(console.grant::<ManageTeammates>(&bob, ada.account).await, Err(Error::Forbidden)));
    }

    async fn who_restricts_themself_keeps_the_sign_in_that_they_did_it_with(house) {
        let ada = house.found("ada@example.com").await;
        house.join(&ada, "bob@example.com", Access::Full).await;
        let console = &house.store.console;
        let verified = console.own_credentials(&ada.actor).await.unwrap().verified(true).unwrap();
        let laptop = console.sign_in(&verified, "laptop", None).await.unwrap();
        house.clock.advance(120_000);
        let phone = console.sign_in(&verified, "phone", None).await.unwrap();
        let at_laptop = console.actor(&laptop).await.unwrap().unwrap();
        let granted = console.grant::<ManageTeammates>(&at_laptop, ada.account).await.unwrap();
        console.manage_teammates(&granted).set_access(ada.person, Access::ReadOnly).await.unwrap();
        assert!(console.actor(&laptop).await.unwrap().is_some());
        assert!(console.actor(&phone).await.unwrap().is_none());
    }

    async fn a_teammate_is_seen_in_the_accounts_that_they_look_at(house) {
        let ada = house.found("ada@example.com").await;
        let bob = house.found("bob@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let invited = console.manage_teammates(&granted).invite(&email("bob@example.com"), Access::Full).await.unwrap();
        console.accept(&bob.actor, invited.invite, &invited.token).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        let seen = async || console.teammates(&view).await.unwrap().into_iter().find(|one| one.person == bob.person).unwrap().seen_at;
        house.granted::<View>(&bob).await;
        assert_eq!(seen().await, None, "that was in another account");
        console.grant::<View>(&bob.actor, ada.account).await.unwrap();
        assert_eq!(seen().await, Some(START));
    }

    async fn a_right_that_was_taken_away_stops_a_deed_that_was_granted_before(house) {
        let ada = house.found("ada@example.com").await;
        let (bob, bob_actor) = house.join(&ada, "bob@example.com", Access::Full).await;
        let console = &house.store.console;
        let stale = console.grant::<ManageTeammates>(&bob_actor, ada.account).await.unwrap();
        let granted = house.granted::<ManageTeammates>(&ada).await;
        console.manage_teammates(&granted).set_access(bob, Access::ReadOnly).await.unwrap();
        assert!(matches!(console.manage_teammates(&stale).invite(&email("x@example.com"), Access::Full).await, Err(Error::Forbidden)));
        console.manage_teammates(&granted).remove(bob).await.unwrap();
        assert!(matches!(console.manage_teammates(&stale).invite(&email("x@example.com"), Access::Full).await, Err(Error::NotFound)));
    }

    async fn every_change_is_in_the_audit_log_without_gaps(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        let handle = console.manage_teammates(&granted);
        handle.invite(&email("bob@example.com"), Access::Full).await.unwrap();
        let _ = handle.invite(&email("bob@example.com"), Access::Full).await.unwrap_err();
        let carol = handle.invite(&email("carol@example.com"), Access::ReadOnly).await.unwrap();
        handle.revoke(carol.invite).await.unwrap();
        let log = console.audit_log(&house.granted::<View>(&ada).await, None).await.unwrap();
        let numbers: Vec<i64> = log.iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, [4, 3, 2, 1]);
        assert_eq!(log[0].deed, Deed::InviteRevoked { email: "carol@example.com".to_owned() });
        assert_eq!(log[0].actor_name, "ada");
        assert_eq!(log[3].deed, Deed::AccountCreated { name: "Acme".to_owned(), with_api_key: true });
    }
}
