//! The list of first steps: ticked by what has happened, and put away once.

use domain::{
    access::Access,
    audit::Deed,
    collect::Who,
    email::EmailAddress,
    excluded_ip::{Caution, parse_list},
    first_steps::FirstSteps,
    name::ProjectName,
    user::Identity,
    zone::ZoneName,
};
use store::{
    access::{ManageAccount, ManageExcludedIps, ManageProjects, ManageTeammates, View},
    console::{accounts::Occasion, excluded_ips::Edit},
};

use crate::{
    deletion::Site,
    support::{Founded, House},
};

const MIGRATION: &str = include_str!("../../migrations/0009_first_steps.sql");
const NONE: FirstSteps = FirstSteps { event_received: false, somebody_invited: false, address_excluded: false };

async fn steps(house: &House, founded: &Founded) -> Option<FirstSteps> {
    house.store.console.first_steps(&house.granted::<View>(founded).await).await.unwrap()
}

async fn dismiss(house: &House, founded: &Founded) {
    house.store.console.dismiss_first_steps(&house.granted::<ManageAccount>(founded).await).await.unwrap();
}

fn alice() -> Who {
    Who::Identity(Identity::parse("alice").unwrap())
}

async fn invite(house: &House, founded: &Founded, email: &str) {
    let granted = house.granted::<ManageTeammates>(founded).await;
    house.store.console.manage_teammates(&granted).invite(&EmailAddress::parse(email).unwrap(), Access::ReadOnly).await.unwrap();
}

async fn exclude(house: &House, founded: &Founded, text: &str) {
    let granted = house.granted::<ManageExcludedIps>(founded).await;
    let lines = parse_list(text).unwrap();
    house.store.console.edit_excluded_ips(&granted, Some(founded.environment), Edit::Add(&lines), &Caution::default()).await.unwrap();
}

both_engines! {
    async fn each_step_is_ticked_by_what_has_happened_in_the_account(house) {
        let ada = house.found_as("ada@example.com", Occasion::CommandLine).await;
        let eve = house.found_as("eve@example.com", Occasion::SignUp).await;
        assert_eq!(steps(&house, &ada).await, Some(NONE));
        Site::of(&house, ada.environment).tracks(alice(), 1).await;
        assert_eq!(steps(&house, &ada).await, Some(FirstSteps { event_received: true, ..NONE }));
        invite(&house, &ada, "bob@example.com").await;
        assert_eq!(steps(&house, &ada).await, Some(FirstSteps { event_received: true, somebody_invited: true, ..NONE }));
        exclude(&house, &ada, "203.0.113.50").await;
        let all = FirstSteps { event_received: true, somebody_invited: true, address_excluded: true };
        assert_eq!(steps(&house, &ada).await, Some(all));
        assert_eq!(steps(&house, &eve).await, Some(NONE), "nothing happened there");
    }

    async fn a_second_teammate_was_invited_also_once_there_is_no_invite_any_more(house) {
        let ada = house.found("ada@example.com").await;
        house.join(&ada, "bob@example.com", Access::ReadOnly).await;
        assert_eq!(house.texts("SELECT email FROM invites").await, [""; 0]);
        assert_eq!(steps(&house, &ada).await, Some(FirstSteps { somebody_invited: true, ..NONE }));
    }

    async fn what_is_refused_or_deleted_is_no_event(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let projects = house.store.console.manage_projects(&granted);
        let (shop, production) = projects.create(&ProjectName::parse("Shop").unwrap(), &ZoneName::default()).await.unwrap();
        Site::of(&house, ada.environment).knows(alice(), "city", "Bonn").await;
        assert_eq!(steps(&house, &ada).await, Some(NONE), "a property is no event");
        Site::of(&house, production).tracks(alice(), 1).await;
        assert!(steps(&house, &ada).await.unwrap().event_received);
        projects.delete(shop, "Shop").await.unwrap();
        assert_eq!(steps(&house, &ada).await, Some(NONE));
    }

    async fn the_list_is_put_away_once_and_stays_away(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        dismiss(&house, &ada).await;
        dismiss(&house, &ada).await;
        invite(&house, &ada, "bob@example.com").await;
        assert_eq!(steps(&house, &ada).await, None);
        assert_eq!(steps(&house, &eve).await, Some(NONE), "another account keeps its own");
        let log = house.store.console.audit_log(&house.granted::<View>(&ada).await, None).await.unwrap();
        assert_eq!(log.iter().filter(|entry| entry.deed == Deed::FirstStepsDismissed).count(), 1);
    }

    async fn a_read_only_teammate_cannot_put_the_list_away(house) {
        let ada = house.found("ada@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", Access::ReadOnly).await;
        let refused = house.store.console.grant::<ManageAccount>(&bob, ada.account).await;
        assert!(matches!(refused, Err(store::Error::Forbidden)));
    }

    async fn demo_data_has_no_first_steps(house) {
        let demo = house.found_as("demo@example.com", Occasion::Demo).await;
        assert_eq!(steps(&house, &demo).await, None);
        dismiss(&house, &demo).await;
        let log = house.store.console.audit_log(&house.granted::<View>(&demo).await, None).await.unwrap();
        assert_eq!(log.len(), 1, "there was nothing to put away");
    }

    async fn the_migration_puts_the_list_away_where_an_account_has_begun(house) {
        let (ada, bob) = (house.found("ada@example.com").await, house.found("bob@example.com").await);
        let (carol, dora) = (house.found("carol@example.com").await, house.found("dora@example.com").await);
        Site::of(&house, bob.environment).tracks(alice(), 1).await;
        invite(&house, &carol, "eve@example.com").await;
        exclude(&house, &dora, "203.0.113.50").await;
        house.run(MIGRATION.split(';').find(|statement| statement.contains("UPDATE accounts")).unwrap()).await;
        assert_eq!(steps(&house, &ada).await, Some(NONE));
        for begun in [bob, carol, dora] {
            assert_eq!(steps(&house, &begun).await, None);
        }
    }
}
