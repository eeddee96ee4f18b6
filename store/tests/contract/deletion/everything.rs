//! Requests for everything in an environment.

use domain::{
    collect::{Properties, PropertyValue},
    company::CompanyId,
    deletion::{Counts, RequestState, Suppression, Whom},
    id::{EnvironmentId, RequestId},
    invalid::{Field, Problem},
    name::EnvironmentName,
    receipt::Receipt,
    zone::ZoneName,
};
use store::{
    access::{DeleteUsers, ManageProjects, View},
    collector::What,
    console::deletion_requests::Selection,
};

use super::{Site, count, named, number, pass, report};
use crate::support::{Founded, House, problem};

pub(super) async fn staging(house: &House, founded: &Founded) -> EnvironmentId {
    let granted = house.granted::<ManageProjects>(founded).await;
    let name = EnvironmentName::parse("Staging").unwrap();
    let zone = ZoneName::parse("UTC").unwrap();
    let view = house.granted::<View>(founded).await;
    let project = house.store.console.environment(&view, founded.environment).await.unwrap().project;
    house.store.console.manage_projects(&granted).add_environment(project, &name, None, &zone).await.unwrap().environment
}

async fn select(house: &House, founded: &Founded, environment: EnvironmentId) -> Result<Selection, store::Error> {
    let granted = house.granted::<DeleteUsers>(founded).await;
    house.store.console.delete_users(&granted).select(&Whom::Everything(environment)).await
}

pub(super) async fn ask(house: &House, founded: &Founded, environment: EnvironmentId) -> RequestId {
    let selection = select(house, founded, environment).await.unwrap();
    let granted = house.granted::<DeleteUsers>(founded).await;
    let id = house.store.console.delete_users(&granted).request_selected(&selection, Suppression::None).await.unwrap().id;
    pass(house).await;
    id
}

async fn employs(site: &Site, company: &str, plan: &str) {
    let properties = Properties::from_iter([("plan".to_owned(), PropertyValue::Text(plan.to_owned()))]);
    site.sends(What::Companies(vec![(CompanyId::parse(company).unwrap(), properties)])).await;
}

both_engines! {
    async fn everything_up_to_the_cut_goes_and_nothing_else(house) {
        let ada = house.found("ada@example.com").await;
        let (here, there) = (Site::of(&house, ada.environment), Site::of(&house, staging(&house, &ada).await));
        for person in 0..300 {
            here.tracks(named(&format!("user{person}")), 1).await;
        }
        here.tracks(number(7), 3).await;
        here.identifies(7, "bea").await;
        here.knows(named("bea"), "plan", "gold").await;
        employs(&here, "acme", "gold").await;
        employs(&here, "globex", "gold").await;
        there.tracks(named("user1"), 2).await;
        employs(&there, "acme", "gold").await;

        // So that what bea did on her device is hers.
        house.store.maintenance.unscoped_drain().await.unwrap();
        let selection = select(&house, &ada, ada.environment).await.unwrap();
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let preview = house.store.console.delete_users(&granted).preview(&selection, 7, None).await.unwrap();
        assert_eq!(preview.total().users, 301);
        assert_eq!((preview.users.window.pages, preview.users.rows.len()), (7, 1), "everybody can be looked through");

        let id = ask(&house, &ada, ada.environment).await;
        // What comes after the request is new, of people and of companies.
        here.tracks(named("user1"), 5).await;
        employs(&here, "acme", "silver").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.users_found), (RequestState::Complete, 301));
        assert_eq!(told.erased, Counts { users: 301, events: 303, properties: 1, aliases: 1 });
        let left = "SELECT identity FROM users WHERE environment_id = (SELECT MIN(id) FROM environments WHERE is_main_production) ORDER BY identity";
        assert_eq!(house.texts(left).await, ["user1"]);
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM events").await, 7);
        assert_eq!(house.texts("SELECT value FROM company_properties ORDER BY value").await, ["\"gold\"", "\"silver\""]);
        assert_eq!(house.texts("SELECT company_id FROM companies ORDER BY company_id").await, ["acme", "acme"]);

        let view = house.granted::<View>(&ada).await;
        let receipt: Receipt = serde_json::from_value(house.store.console.receipt(&view, id).await.unwrap().receipt).unwrap();
        assert_eq!((receipt.everything_in, receipt.identifiers.count), (Some(ada.environment.get()), 0));
        // globex with its plan; acme, of which something came later, is new from then on.
        assert_eq!(receipt.rows[0].companies, Some(2));
        assert_eq!(receipt.rows[0].before, told.erased);
    }

    async fn an_environment_of_another_account_is_as_good_as_none(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        assert_eq!(problem(select(&house, &ada, eve.environment).await), (Field::Environment, Problem::Missing));
    }

    async fn an_empty_environment_is_complete_at_once(house) {
        let ada = house.found("ada@example.com").await;
        let selection = select(&house, &ada, ada.environment).await.unwrap();
        let granted = house.granted::<DeleteUsers>(&ada).await;
        assert_eq!(house.store.console.delete_users(&granted).preview(&selection, 1, None).await.unwrap().matched, 0);
        let id = ask(&house, &ada, ada.environment).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.state, RequestState::Complete);
    }
}
