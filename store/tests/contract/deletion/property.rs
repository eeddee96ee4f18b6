//! Requests for everybody who has a property.

use domain::{
    collect::{Properties, PropertyValue, Who},
    definition::PropertyName,
    deletion::{Counts, Having, MAX_FOUND, Suppression, Target, Whom},
    invalid::{Field, Problem},
    name::{EnvironmentName, ProjectName},
    zone::ZoneName,
};
use store::{
    access::{DeleteUsers, ManageProjects, View},
    collector::What,
    console::deletion_requests::{Preview, Selection},
};

use super::{Site, event, named, number, pass, report};
use crate::support::{Founded, House, problem};

fn having(property: &str, value: PropertyValue) -> Whom {
    Whom::Having(Having { property: PropertyName::parse(property).unwrap(), value })
}

fn text(property: &str, value: &str) -> Whom {
    having(property, PropertyValue::Text(value.to_owned()))
}

async fn select(house: &House, founded: &Founded, whom: &Whom) -> Selection {
    let granted = house.granted::<DeleteUsers>(founded).await;
    house.store.console.delete_users(&granted).select(whom).await.unwrap()
}

async fn preview(house: &House, founded: &Founded, whom: &Whom) -> Preview {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let deletions = house.store.console.delete_users(&granted);
    deletions.preview(&deletions.select(whom).await.unwrap(), 1, None).await.unwrap()
}

/// Who would go, in the order of the page.
async fn who(house: &House, founded: &Founded, whom: &Whom) -> Vec<Target> {
    preview(house, founded, whom).await.users.rows.into_iter().map(|row| row.user).collect()
}

/// Erases the selected users and answers what went.
async fn erase(house: &House, founded: &Founded, selection: &Selection) -> Counts {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let id = house.store.console.delete_users(&granted).request_selected(selection, Suppression::None).await.unwrap().id;
    pass(house).await;
    house.store.maintenance.unscoped_drain().await.unwrap();
    report(house, founded, id).await.erased
}

both_engines! {
    async fn everybody_with_the_value_is_found_in_every_environment_of_the_account_and_nobody_else(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        let granted = house.granted::<ManageProjects>(&ada).await;
        let projects = house.store.console.manage_projects(&granted);
        let zone = ZoneName::parse("UTC").unwrap();
        let (shop, _) = projects.create(&ProjectName::parse("Shop").unwrap(), &zone).await.unwrap();
        let staging = projects.add_environment(shop, &EnvironmentName::parse("Staging").unwrap(), None, &zone).await.unwrap().environment;
        let (here, there) = (Site::of(&house, ada.environment), Site::of(&house, staging));
        here.knows(named("bea"), "team", "red").await;
        here.knows(named("cleo"), "team", "Red").await;
        here.knows(named("dora"), "crew", "red").await;
        here.knows(number(7), "team", "red").await;
        there.knows(named("finn"), "team", "red").await;
        here.tracks(named("bea"), 2).await;
        Site::of(&house, eve.environment).knows(named("gwen"), "team", "red").await;

        let found = preview(&house, &ada, &text("team", "red")).await;
        assert_eq!((found.targets, found.matched, found.unmatched), (3, 3, 0));
        let rows: Vec<_> = found.users.rows.iter().map(|row| (row.environment, row.user.clone(), row.last_seen_at.is_some())).collect();
        assert_eq!(rows, [(0, named("bea"), true), (0, number(7), false), (1, named("finn"), false)]);
        assert_eq!(found.total(), Counts { users: 3, events: 2, properties: 3, aliases: 0 });

        pass(&house).await;
        let erased = erase(&house, &ada, &select(&house, &ada, &text("team", "red")).await).await;
        assert_eq!(erased, Counts { users: 3, events: 2, properties: 3, aliases: 0 });
        assert_eq!(house.texts("SELECT identity FROM users ORDER BY identity").await, ["cleo", "dora", "gwen"]);
        assert_eq!(preview(&house, &ada, &text("team", "red")).await.matched, 0);
    }

    async fn numbers_are_equal_as_numbers_and_values_of_two_types_never(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let values = [
            ("int", PropertyValue::Number(1.into())),
            ("float", PropertyValue::Number(serde_json::Number::from_f64(1.0).unwrap())),
            ("text", PropertyValue::Text("1".to_owned())),
            ("true", PropertyValue::Bool(true)),
        ];
        for (name, value) in values {
            site.sends(What::Properties(vec![(named(name), Properties::from_iter([("level".to_owned(), value)]))])).await;
        }
        assert_eq!(who(&house, &ada, &having("level", PropertyValue::Number(1.into()))).await, [named("float"), named("int")]);
        assert_eq!(who(&house, &ada, &text("level", "1")).await, [named("text")]);
        assert_eq!(who(&house, &ada, &having("level", PropertyValue::Bool(true))).await, [named("true")]);
        assert_eq!(who(&house, &ada, &having("level", PropertyValue::Bool(false))).await, []);
    }

    async fn a_device_s_value_counts_for_its_identity_unless_that_has_its_own(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for (id, identity) in [(7, "bea"), (8, "cleo")] {
            site.knows(number(id), "team", "red").await;
            site.tracks(number(id), 1).await;
            site.identifies(id, identity).await;
        }
        site.knows(named("cleo"), "team", "blue").await;
        // Before their rows are moved and after.
        for _ in 0..2 {
            let found = preview(&house, &ada, &text("team", "red")).await;
            assert_eq!(found.matched, 1);
            assert!(found.users.rows.iter().any(|row| row.user == named("bea")), "{found:?}");
            assert!(found.users.rows.iter().all(|row| row.user != named("cleo") && row.user != number(8)), "{found:?}");
            house.store.maintenance.unscoped_drain().await.unwrap();
        }
    }

    async fn those_who_were_found_are_those_who_go(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.knows(named("bea"), "team", "red").await;
        site.knows(named("cleo"), "team", "red").await;
        site.knows(number(7), "team", "red").await;
        let selection = select(&house, &ada, &text("team", "red")).await;
        let seal = selection.seal();
        assert_eq!(select(&house, &ada, &text("team", "red")).await.seal(), seal);

        // One joins, one leaves, one turns out to be somebody.
        site.knows(named("dora"), "team", "red").await;
        site.knows(named("bea"), "team", "blue").await;
        site.identifies(7, "finn").await;
        site.tracks(named("finn"), 1).await;
        pass(&house).await;
        assert_ne!(select(&house, &ada, &text("team", "red")).await.seal(), seal);
        erase(&house, &ada, &selection).await;
        assert_eq!(house.texts("SELECT identity FROM users").await, ["dora"]);
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM events").await, ["0"]);
    }

    async fn the_request_and_the_log_name_the_property_and_never_its_value(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).knows(named("zoe"), "e-mail", "zoe@example.com").await;
        let selection = select(&house, &ada, &text("e-mail", "zoe@example.com")).await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let id = house.store.console.delete_users(&granted).request_selected(&selection, Suppression::None).await.unwrap().id;
        let kept = [house.texts("SELECT payload FROM jobs").await, house.texts("SELECT deed FROM audit_log").await].concat().concat();
        // Whose letters are no digits of the ids that stand there.
        assert!(kept.contains("e-mail") && !kept.contains("zoe"), "{kept}");
        let request = house.store.console.deletion_request(&house.granted::<View>(&ada).await, id).await.unwrap();
        assert_eq!((request.property.as_deref(), request.targets, request.users_found), (Some("e-mail"), 1, 1));
    }

    async fn more_than_a_request_takes_are_counted_and_refused(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.knows(named("bea"), "team", "red").await;
        site.knows(named("cleo"), "team", "blue").await;
        // As many as a request takes, then one more.
        house.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) INSERT INTO user_properties (environment_id, user_key, property_key, name, value, received_at) SELECT p.environment_id, n.i, p.property_key, p.name, p.value, p.received_at FROM n, user_properties p WHERE p.value = '\"red\"'").await;
        assert_eq!(select(&house, &ada, &text("team", "red")).await.count(), MAX_FOUND);
        site.knows(named("dora"), "team", "red").await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let refused = house.store.console.delete_users(&granted).select(&text("team", "red")).await;
        assert_eq!(problem(refused), (Field::Value, Problem::FindsTooMany { found: 100_001, max: MAX_FOUND }));
    }

    async fn a_preview_lists_users_page_by_page_with_when_they_were_last_seen(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let users: Vec<Who> = (0..119).map(|n| named(&format!("user{n:03}"))).chain([number(7)]).collect();
        let known = |user: &Who| (user.clone(), Properties::from_iter([("team".to_owned(), PropertyValue::Text("red".to_owned()))]));
        site.sends(What::Properties(users.iter().map(known).collect())).await;
        let at = |days: i64| domain::time::Millis(crate::support::START.0 - days * 86_400_000);
        let seen = |days| domain::collect::Event { occurred_at: Some(at(days)), ..event(named("user101")) };
        site.sends(What::Events(vec![seen(3), seen(2), seen(5)])).await;

        let granted = house.granted::<DeleteUsers>(&ada).await;
        let deletions = house.store.console.delete_users(&granted);
        let selection = deletions.select(&text("team", "red")).await.unwrap();
        let mut listed = Vec::new();
        for page in 1..=3 {
            let users = deletions.preview(&selection, page, None).await.unwrap().users;
            assert_eq!((users.window.page, users.window.pages, users.window.found), (page, 3, 120));
            listed.extend(users.rows);
        }
        assert_eq!(listed.iter().map(|row| row.user.clone()).collect::<Vec<_>>(), users);
        assert_eq!(listed[101].last_seen_at, Some(at(2)));
        assert_eq!(listed[100].last_seen_at, None);
        assert_eq!(deletions.preview(&selection, 9, None).await.unwrap().users.window.page, 3);
    }
}
