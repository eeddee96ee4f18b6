//! What reports count, and how they are changed.

mod limited;

use domain::{
    definition::EventDefinitionDraft,
    id::{DefinitionKey, EnvironmentId, ReportKey},
    name::EnvironmentName,
    report::ReportDraft,
};
use store::{
    Error,
    access::{EditDefinitions, EditReports, ManageProjects, RunQueries, View},
    collector::What,
};

use crate::{
    deletion::{Site, event, named, number},
    support::{Founded, House},
};

const DAY: i64 = 86_400_000;

fn draft(name: &str, definition: DefinitionKey, measure: &str) -> ReportDraft {
    ReportDraft::parse(name, &definition.to_string(), measure, "7").unwrap()
}

/// A report on the events named `Order`.
async fn report(house: &House, founded: &Founded, measure: &str) -> ReportKey {
    let console = &house.store.console;
    let granted = house.granted::<EditDefinitions>(founded).await;
    let orders = EventDefinitionDraft::parse(&format!("Orders by {measure}"), "Order").unwrap();
    let definition = console.edit_definitions(&granted, founded.environment).create(&orders).await.unwrap();
    let granted = house.granted::<EditReports>(founded).await;
    console.edit_reports(&granted, founded.environment).create(&draft(measure, definition, measure)).await.unwrap()
}

async fn counts(house: &House, founded: &Founded, report: ReportKey) -> Vec<u64> {
    let granted = house.granted::<RunQueries>(founded).await;
    let answer = house.store.console.run_report(&granted, founded.environment, report).await.unwrap();
    answer.days.iter().map(|day| day.count).collect()
}

both_engines! {
    async fn a_report_counts_events_or_users_of_each_day(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let at = |user, days: i64| domain::collect::Event {
            occurred_at: Some(domain::time::Millis(store::surroundings::Clock::now(&*house.clock).0 - days * DAY)),
            ..event(user)
        };
        let (bea, cleo) = (named("bea@example.com"), named("cleo@example.com"));
        let all = vec![at(bea.clone(), 0), at(bea.clone(), 0), at(cleo.clone(), 0), at(bea, 1), at(cleo, 6), at(number(3), 7)];
        site.sends(What::Events(all)).await;
        let (events, users) = (report(&house, &ada, "events").await, report(&house, &ada, "unique_users").await);
        assert_eq!(counts(&house, &ada, events).await, [1, 0, 0, 0, 0, 1, 3]);
        assert_eq!(counts(&house, &ada, users).await, [1, 0, 0, 0, 0, 1, 2]);
    }

    async fn who_was_identified_counts_as_one_user_before_and_after_the_rows_are_moved(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(number(7), 1).await;
        site.tracks(number(8), 1).await;
        site.tracks(named("bea@example.com"), 1).await;
        let users = report(&house, &ada, "unique_users").await;
        // PostgreSQL has a clock of its own, so what is received now is today on neither's calendar but its own.
        house.texts("UPDATE events SET occurred_at = 1767225600000 RETURNING name").await;
        assert_eq!(counts(&house, &ada, users).await.last(), Some(&3));
        site.identifies(7, "bea@example.com").await;
        site.identifies(8, "bea@example.com").await;
        assert_eq!(counts(&house, &ada, users).await.last(), Some(&1));
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(counts(&house, &ada, users).await.last(), Some(&1));
    }

    async fn a_report_is_edited_once_by_each_version_archived_and_restored(house) {
        let ada = house.found("ada@example.com").await;
        let key = report(&house, &ada, "events").await;
        let console = &house.store.console;
        let view = house.granted::<View>(&ada).await;
        let definition = console.definitions(&view, ada.environment).await.unwrap()[0].key;
        let granted = house.granted::<EditReports>(&ada).await;
        let handle = console.edit_reports(&granted, ada.environment);
        handle.edit(key, 1, &draft("Orders a day", definition, "unique_users")).await.unwrap();
        assert!(matches!(handle.edit(key, 1, &draft("Other", definition, "events")).await, Err(Error::Conflict)));
        handle.archive(key).await.unwrap();
        assert!(console.reports(&view, ada.environment).await.unwrap()[0].archived_at.is_some());
        handle.restore(key).await.unwrap();
        let rows = console.reports(&view, ada.environment).await.unwrap();
        assert_eq!((rows[0].name.as_str(), rows[0].archived_at), ("Orders a day", None));
    }

    async fn an_environment_is_renamed_and_says_when_it_received_its_newest_event(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageProjects>(&ada).await;
        console.manage_projects(&granted).rename_environment(ada.environment, &EnvironmentName::parse("Live").unwrap()).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        assert_eq!(console.environment(&view, ada.environment).await.unwrap().name, "Live");
        let absent = EnvironmentId::new(17).unwrap();
        assert!(matches!(console.environment(&view, absent).await, Err(Error::NotFound)));

        assert_eq!(console.holdings(&view, ada.environment).await.unwrap().last_received_at, None);
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        let first = console.holdings(&view, ada.environment).await.unwrap().last_received_at.unwrap();
        house.texts("UPDATE environments SET last_received_at = last_received_at - 5000 RETURNING name").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        assert!(console.holdings(&view, ada.environment).await.unwrap().last_received_at.unwrap() >= first);
    }
}
