use domain::{
    email::EmailAddress,
    invalid::{Field, Problem},
    name::{AccountName, PersonName},
    zone::ZoneName,
};
use store::{
    Error,
    access::View,
    console::accounts::{NewAccount, Occasion},
};

use crate::support::problem;

const DAY: i64 = 86_400_000;

pub(crate) fn new_account(email: &str) -> NewAccount {
    NewAccount {
        name: AccountName::parse("Acme").unwrap(),
        person: PersonName::parse("Ada").unwrap(),
        email: EmailAddress::parse(email).unwrap(),
        password_hash: "hash".to_owned(),
        zone: ZoneName::parse("Europe/Berlin").unwrap(),
    }
}

both_engines! {
    async fn a_new_account_has_main_and_production(house) {
        assert!(house.store.console.is_empty().await.unwrap());
        let founded = house.found("ada@example.com").await;
        assert!(!house.store.console.is_empty().await.unwrap());
        let projects = house.store.console.projects(&house.granted::<View>(&founded).await).await.unwrap();
        assert_eq!(projects.len(), 1);
        assert!(projects[0].is_main);
        assert_eq!(projects[0].environments.len(), 1);
        assert_eq!(projects[0].environments[0].name, "Production");
        assert!(projects[0].environments[0].is_main_production);
        assert_eq!(projects[0].environments[0].id, founded.environment);
    }

    async fn who_sets_up_is_the_operator(house) {
        house.store.console.create_account(&new_account("ada@example.com"), Occasion::SetUp).await.unwrap();
        assert_eq!(house.store.console.unscoped_operators().await.unwrap()[0].email, "ada@example.com");
    }

    async fn who_signs_up_is_no_operator_also_as_the_first(house) {
        let console = &house.store.console;
        console.create_account(&new_account("eve@example.com"), Occasion::SignUp).await.unwrap();
        assert_eq!(console.unscoped_operators().await.unwrap(), []);
        console.create_account(&new_account("ada@example.com"), Occasion::CommandLine).await.unwrap();
        let operators = console.unscoped_operators().await.unwrap();
        assert_eq!(operators.iter().map(|one| one.email.as_str()).collect::<Vec<_>>(), ["ada@example.com"]);
    }

    async fn of_two_set_ups_at_once_one_wins(house) {
        let other = house.second_server().await;
        let (ada, bob) = (new_account("ada@example.com"), new_account("bob@example.com"));
        let (first, second) = tokio::join!(
            house.store.console.create_account(&ada, Occasion::SetUp),
            other.console.create_account(&bob, Occasion::SetUp),
        );
        let conflicts = [first, second].iter().filter(|result| matches!(result, Err(Error::Conflict))).count();
        assert_eq!(conflicts, 1);
    }

    async fn an_address_belongs_to_one_person(house) {
        house.found("ada@example.com").await;
        let again = house.store.console.create_account(&new_account("ADA@example.com"), Occasion::SignUp).await;
        assert_eq!(problem(again), (Field::Email, Problem::Taken));
    }

    async fn strangers_do_not_find_an_account(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let refused = house.store.console.grant::<View>(&eve.actor, ada.account).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }

    async fn a_sign_in_ends_after_two_weeks_without_use_and_slides_with_it(house) {
        let founded = house.found("ada@example.com").await;
        let console = &house.store.console;
        let verified = console.own_credentials(&founded.actor).await.unwrap().verified(true).unwrap();
        let token = console.sign_in(&verified, "test", None).await.unwrap();
        house.clock.advance(13 * DAY);
        assert!(console.actor(&token).await.unwrap().is_some());
        house.clock.advance(13 * DAY);
        assert!(console.actor(&token).await.unwrap().is_some());
        house.clock.advance(15 * DAY);
        assert!(console.actor(&token).await.unwrap().is_none());
    }

    async fn a_new_password_ends_the_other_sign_ins(house) {
        let founded = house.found("ada@example.com").await;
        let console = &house.store.console;
        let verified = console.own_credentials(&founded.actor).await.unwrap().verified(true).unwrap();
        let phone = console.sign_in(&verified, "phone", None).await.unwrap();
        let laptop = console.sign_in(&verified, "laptop", None).await.unwrap();
        let actor = console.actor(&laptop).await.unwrap().unwrap();
        console.change_password(&actor, &verified, "other hash").await.unwrap();
        assert!(console.actor(&phone).await.unwrap().is_none());
        assert!(console.actor(&laptop).await.unwrap().is_some());
        let email = EmailAddress::parse("ada@example.com").unwrap();
        assert_eq!(console.credentials(&email).await.unwrap().unwrap().password_hash(), "other hash");
    }

    async fn a_password_that_was_checked_before_it_was_changed_signs_nobody_in(house) {
        let founded = house.found("ada@example.com").await;
        let console = &house.store.console;
        let email = EmailAddress::parse("ada@example.com").unwrap();
        let stale = console.credentials(&email).await.unwrap().unwrap().verified(true).unwrap();
        let own = console.own_credentials(&founded.actor).await.unwrap().verified(true).unwrap();
        console.change_password(&founded.actor, &own, "other hash").await.unwrap();
        assert_eq!(problem(console.sign_in(&stale, "thief", None).await), (Field::Whole, Problem::WrongCredentials));
        let refused = console.change_password(&founded.actor, &own, "third hash").await;
        assert_eq!(problem(refused), (Field::CurrentPassword, Problem::WrongPassword));
        console.unscoped_reset_password(&email, "reset").await.unwrap();
        let now = console.credentials(&email).await.unwrap().unwrap().verified(true).unwrap();
        console.sign_in(&now, "laptop", None).await.unwrap();
    }

    async fn signing_in_again_replaces_the_sign_in_of_the_cookie(house) {
        let founded = house.found("ada@example.com").await;
        let console = &house.store.console;
        let verified = console.own_credentials(&founded.actor).await.unwrap().verified(true).unwrap();
        let old = console.sign_in(&verified, "laptop", None).await.unwrap();
        let new = console.sign_in(&verified, "laptop", Some(&old)).await.unwrap();
        assert!(console.actor(&old).await.unwrap().is_none());
        assert!(console.actor(&new).await.unwrap().is_some());
        assert!(console.actor("nonsense").await.unwrap().is_none());
    }
}
