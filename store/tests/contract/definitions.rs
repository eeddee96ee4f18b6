mod kinds;

use domain::{
    access::Access,
    definition::EventDefinitionDraft,
    invalid::{Field, Problem},
    name::{EnvironmentName, ProjectName},
    report::ReportDraft,
    zone::ZoneName,
};
use store::{
    Error,
    access::{EditDefinitions, EditReports, ManageProjects, RunQueries, View},
};

use crate::support::{Founded, House, problem};

fn draft(name: &str) -> EventDefinitionDraft {
    EventDefinitionDraft::parse(name, &name.to_lowercase()).unwrap()
}

pub(crate) async fn define(house: &House, founded: &Founded, name: &str) -> domain::id::DefinitionKey {
    let granted = house.granted::<EditDefinitions>(founded).await;
    house.store.console.edit_definitions(&granted, founded.environment).create(&draft(name)).await.unwrap()
}

fn report(name: &str, definition: domain::id::DefinitionKey) -> ReportDraft {
    ReportDraft::parse(name, &definition.to_string(), "events", "7").unwrap()
}

both_engines! {
    async fn a_definition_is_edited_archived_and_restored(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let handle = console.edit_definitions(&granted, ada.environment);
        let key = handle.create(&draft("Signup")).await.unwrap();
        handle.edit(key, 1, &draft("Sign-up")).await.unwrap();
        assert!(matches!(handle.edit(key, 1, &draft("Other")).await, Err(Error::Conflict)));
        handle.archive(key).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        let archived = console.definition(&view, ada.environment, key).await.unwrap();
        assert_eq!((archived.name.as_str(), archived.archived_at.is_some()), ("Sign-up", true));
        handle.restore(key).await.unwrap();
        assert_eq!(console.definitions(&view, ada.environment).await.unwrap()[0].archived_at, None);
    }

    async fn a_new_environment_receives_every_definition_and_report_and_nothing_else(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let signup = define(&house, &ada, "Signup").await;
        let order = define(&house, &ada, "Order").await;
        let editing = house.granted::<EditDefinitions>(&ada).await;
        console.edit_definitions(&editing, ada.environment).archive(order).await.unwrap();
        let reporting = house.granted::<EditReports>(&ada).await;
        let kept = console.edit_reports(&reporting, ada.environment).create(&report("Signups", signup)).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        let main = console.projects(&view).await.unwrap()[0].id;
        let managing = house.granted::<ManageProjects>(&ada).await;
        let zone = ZoneName::parse("Asia/Tokyo").unwrap();
        let carried = console.manage_projects(&managing).add_environment(main, &EnvironmentName::parse("Staging").unwrap(), None, &zone).await.unwrap();
        assert_eq!((carried.definitions, carried.reports), (2, 1));
        let copies = console.definitions(&view, carried.environment).await.unwrap();
        let originals = console.definitions(&view, ada.environment).await.unwrap();
        let essence = |list: &[store::console::definitions::EventDefinition]| {
            list.iter().map(|d| (d.key, d.name.clone(), d.event_name.clone(), d.archived_at)).collect::<Vec<_>>()
        };
        assert_eq!(essence(&copies), essence(&originals));
        assert_eq!(console.reports(&view, carried.environment).await.unwrap()[0].key, kept);
        let holdings = console.holdings(&view, carried.environment).await.unwrap();
        assert_eq!((holdings.events, holdings.users), (0, 0));
        let empty = console.run_report(&house.granted::<RunQueries>(&ada).await, carried.environment, kept).await.unwrap();
        assert_eq!(empty.time_zone, "Asia/Tokyo");
        assert_eq!(empty.days.iter().map(|day| day.count).collect::<Vec<_>>(), [0; 7]);
    }

    async fn copies_are_edited_apart(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let key = define(&house, &ada, "Signup").await;
        let view = house.granted::<View>(&ada).await;
        let main = console.projects(&view).await.unwrap()[0].id;
        let managing = house.granted::<ManageProjects>(&ada).await;
        let zone = ZoneName::parse("UTC").unwrap();
        let staging = console.manage_projects(&managing).add_environment(main, &EnvironmentName::parse("Staging").unwrap(), None, &zone).await.unwrap().environment;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        console.edit_definitions(&granted, staging).edit(key, 1, &draft("Joined")).await.unwrap();
        assert_eq!(console.definition(&view, ada.environment, key).await.unwrap().name, "Signup");
        assert_eq!(console.definition(&view, staging, key).await.unwrap().name, "Joined");
    }

    async fn a_report_needs_a_definition_of_its_environment(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let key = define(&house, &ada, "Signup").await;
        let managing = house.granted::<ManageProjects>(&ada).await;
        let (_, elsewhere) = console.manage_projects(&managing).create(&ProjectName::parse("Shop").unwrap(), &ZoneName::parse("UTC").unwrap()).await.unwrap();
        let granted = house.granted::<EditReports>(&ada).await;
        let refused = console.edit_reports(&granted, elsewhere).create(&report("Signups", key)).await;
        assert_eq!(problem(refused), (Field::Definition, Problem::Missing));
    }

    async fn a_read_only_teammate_runs_reports_and_edits_none(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let signup = define(&house, &ada, "Signup").await;
        let editing = house.granted::<EditReports>(&ada).await;
        let key = console.edit_reports(&editing, ada.environment).create(&report("Signups", signup)).await.unwrap();
        let (_, bob) = house.join(&ada, "bob@example.com", Access::ReadOnly).await;
        assert!(matches!(console.grant::<EditReports>(&bob, ada.account).await, Err(Error::Forbidden)));
        let running = console.grant::<RunQueries>(&bob, ada.account).await.unwrap();
        assert_eq!(console.run_report(&running, ada.environment, key).await.unwrap().report.name, "Signups");
    }

    async fn definitions_of_another_account_are_not_found(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let key = define(&house, &ada, "Signup").await;
        let console = &house.store.console;
        let view = house.granted::<View>(&eve).await;
        assert!(matches!(console.definitions(&view, ada.environment).await, Err(Error::NotFound)));
        let granted = house.granted::<EditDefinitions>(&eve).await;
        assert!(matches!(console.edit_definitions(&granted, ada.environment).archive(key).await, Err(Error::NotFound)));
        assert!(matches!(console.edit_definitions(&granted, eve.environment).archive(key).await, Err(Error::NotFound)));
    }
}
