//! What becomes of the rows of deleted environments.

use domain::{name::EnvironmentName, zone::ZoneName};
use store::access::{EditDefinitions, ManageProjects, View};

use crate::{
    catalogue::tables_of_environments,
    deletion::{Site, previewed},
    support::{Founded, House},
};

fn user(name: &str) -> domain::collect::Who {
    domain::collect::Who::Identity(domain::user::Identity::parse(name).unwrap())
}

async fn staging(house: &House, founded: &Founded) -> domain::id::EnvironmentId {
    let granted = house.granted::<ManageProjects>(founded).await;
    let main = house.store.console.projects(&house.granted::<View>(founded).await).await.unwrap()[0].id;
    let name = EnvironmentName::parse("Staging").unwrap();
    house
        .store
        .console
        .manage_projects(&granted)
        .add_environment(main, &name, None, &ZoneName::parse("UTC").unwrap())
        .await
        .unwrap()
        .environment
}

async fn rows(house: &House, table: &str, environment: i64) -> u64 {
    let sql = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table} WHERE environment_id = {environment}");
    house.texts(sql.leak()).await[0].parse().unwrap()
}

both_engines! {
    async fn every_row_of_a_deleted_environment_goes_and_its_id_stays(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let draft = domain::definition::EventDefinitionDraft::parse("Signup", "signup").unwrap();
        let edit = house.granted::<EditDefinitions>(&ada).await;
        let definitions = console.edit_definitions(&edit, ada.environment);
        definitions.create(&draft).await.unwrap();
        definitions.create_property(&domain::definition::PropertyDefinitionDraft::parse("City", "user", "city").unwrap()).await.unwrap();
        let in_a_city = domain::definition::ConditionText { name: "city", comparison: "is_set", ..Default::default() };
        definitions.create_segment(&domain::definition::SegmentDraft::parse("Urban", &in_a_city).unwrap()).await.unwrap();
        let staging = staging(&house, &ada).await;
        for environment in [staging, ada.environment] {
            let site = Site::of(&house, environment);
            site.identifies(7, "bea@example.com").await;
            site.knows(user("bea@example.com"), "city", "Bonn").await;
            let acme = domain::company::CompanyId::parse("acme").unwrap();
            let plan = [("plan".to_owned(), domain::collect::PropertyValue::Bool(true))].into_iter().collect();
            site.sends(store::collector::What::Companies(vec![(acme, plan)])).await;
            for _ in 0..5 {
                site.tracks(user("bea@example.com"), 1_000).await;
            }
        }
        house.store.maintenance.unscoped_drain().await.unwrap();
        let granted = house.granted::<ManageProjects>(&ada).await;
        console.manage_projects(&granted).delete_environment(staging, "Staging").await.unwrap();
        assert_eq!(rows(&house, "events", staging.get()).await, 5_000);
        assert_eq!(house.store.maintenance.unscoped_drain().await.unwrap(), None);

        for table in tables_of_environments(&house).await {
            assert_eq!(rows(&house, &table, staging.get()).await, 0, "{table}");
        }
        for (table, count) in [("events", 5_000), ("users", 1), ("aliases", 1), ("user_properties", 1), ("companies", 1), ("company_properties", 1), ("event_definitions", 1), ("property_definitions", 1), ("segments", 1)] {
            assert_eq!(rows(&house, table, ada.environment.get()).await, count, "{table}");
        }
        let tombstones = house.texts("SELECT CAST(id AS TEXT) FROM environments WHERE deleted_at IS NOT NULL AND purged_at IS NOT NULL").await;
        assert_eq!(tombstones, [staging.to_string()]);
    }

    async fn a_user_is_erased_from_a_deleted_environment_too(house) {
        let ada = house.found("ada@example.com").await;
        let staging = staging(&house, &ada).await;
        Site::of(&house, staging).tracks(user("bea@example.com"), 3).await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        house.store.console.manage_projects(&granted).delete_environment(staging, "Staging").await.unwrap();
        let granted = house.granted(&ada).await;
        let preview = previewed(&house.store.console.delete_users(&granted), &[user("bea@example.com")]).await.unwrap();
        assert!(preview.environments[0].is_deleted);
        assert_eq!(preview.total().events, 3);
    }
}
