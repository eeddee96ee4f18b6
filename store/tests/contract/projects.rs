use domain::{
    audit::Deed,
    id::EnvironmentId,
    invalid::{Field, Problem},
    name::{EnvironmentName, ProjectName},
    zone::ZoneName,
};
use store::{
    Error,
    access::{ManageProjects, View},
};

use crate::support::problem;

fn project(text: &str) -> ProjectName {
    ProjectName::parse(text).unwrap()
}

fn environment(text: &str) -> EnvironmentName {
    EnvironmentName::parse(text).unwrap()
}

fn utc() -> ZoneName {
    ZoneName::parse("UTC").unwrap()
}

both_engines! {
    async fn a_new_project_is_a_clean_slate_with_production(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let (id, production) = house.store.console.manage_projects(&granted).create(&project("Shop"), &utc()).await.unwrap();
        let projects = house.store.console.projects(&house.granted::<View>(&ada).await).await.unwrap();
        assert_eq!(projects.iter().map(|project| project.name.as_str()).collect::<Vec<_>>(), ["Main", "Shop"]);
        assert_eq!(projects[1].id, id);
        assert_eq!(projects[1].environments.iter().map(|environment| environment.id).collect::<Vec<_>>(), [production]);
        assert!(!projects[1].environments[0].is_main_production);
    }

    async fn names_of_projects_and_environments_are_taken_once(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let handle = house.store.console.manage_projects(&granted);
        let (shop, _) = handle.create(&project("Shop"), &utc()).await.unwrap();
        assert_eq!(problem(handle.create(&project("Shop"), &utc()).await), (Field::Name, Problem::Taken));
        let (blog, _) = handle.create(&project("Blog"), &utc()).await.unwrap();
        assert_eq!(problem(handle.rename(blog, &project("Shop")).await), (Field::Name, Problem::Taken));
        assert_eq!(problem(handle.add_environment(shop, &environment("Production"), None, &utc()).await), (Field::Name, Problem::Taken));
        handle.delete(shop, "Shop").await.unwrap();
        assert!(handle.rename(blog, &project("Shop")).await.is_ok());
    }

    async fn the_time_zone_of_an_environment_can_be_set_later(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let handle = house.store.console.manage_projects(&granted);
        let tokyo = ZoneName::parse("Asia/Tokyo").unwrap();
        handle.set_time_zone(ada.environment, &tokyo).await.unwrap();
        assert!(matches!(handle.set_time_zone(eve.environment, &tokyo).await, Err(Error::NotFound)));
        let view = house.granted::<View>(&ada).await;
        assert_eq!(house.store.console.environment(&view, ada.environment).await.unwrap().time_zone, "Asia/Tokyo");
        let entry = house.store.console.audit_log(&view, None).await.unwrap().remove(0);
        let (environment, from, to) = ("Production".to_owned(), "UTC".to_owned(), "Asia/Tokyo".to_owned());
        assert_eq!(entry.deed, Deed::TimeZoneChanged { environment, from, to });
    }

    async fn main_and_main_production_are_protected(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let handle = house.store.console.manage_projects(&granted);
        let main = house.store.console.projects(&house.granted::<View>(&ada).await).await.unwrap()[0].id;
        assert_eq!(problem(handle.rename(main, &project("Other")).await), (Field::Name, Problem::Protected));
        assert_eq!(problem(handle.delete(main, "Main").await), (Field::Confirm, Problem::Protected));
        assert_eq!(problem(handle.delete_environment(ada.environment, "Production").await), (Field::Confirm, Problem::Protected));
    }

    async fn a_project_keeps_its_last_environment(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let handle = house.store.console.manage_projects(&granted);
        let (shop, production) = handle.create(&project("Shop"), &utc()).await.unwrap();
        assert_eq!(problem(handle.delete_environment(production, "Production").await), (Field::Confirm, Problem::LastEnvironment));
        let staging = handle.add_environment(shop, &environment("Staging"), None, &utc()).await.unwrap().environment;
        assert_eq!(problem(handle.delete_environment(staging, "staging").await), (Field::Confirm, Problem::NotConfirmed));
        handle.delete_environment(staging, "Staging").await.unwrap();
        let view = house.granted::<View>(&ada).await;
        assert!(matches!(house.store.console.environment(&view, staging).await, Err(Error::NotFound)));
    }

    async fn a_source_environment_of_another_project_is_missing(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let handle = house.store.console.manage_projects(&granted);
        let (shop, _) = handle.create(&project("Shop"), &utc()).await.unwrap();
        let refused = handle.add_environment(shop, &environment("Staging"), Some(ada.environment), &utc()).await;
        assert_eq!(problem(refused), (Field::Source, Problem::Missing));
    }

    async fn nothing_of_another_account_is_found(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let granted = house.granted::<ManageProjects>(&eve).await;
        let handle = house.store.console.manage_projects(&granted);
        let main = house.store.console.projects(&house.granted::<View>(&ada).await).await.unwrap()[0].id;
        assert!(matches!(handle.rename(main, &project("Mine")).await, Err(Error::NotFound)));
        assert!(matches!(handle.rename_environment(ada.environment, &environment("Mine")).await, Err(Error::NotFound)));
        let nowhere = EnvironmentId::new(1).unwrap();
        assert!(matches!(handle.delete_environment(nowhere, "Mine").await, Err(Error::NotFound)));
    }
}
