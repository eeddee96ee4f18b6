//! Accounts of made-up data: marked, and removed as a whole.

use domain::{
    access::Access,
    collect::Who,
    definition::EventDefinitionDraft,
    email::EmailAddress,
    excluded_ip::{Caution, parse_list},
    user::Identity,
};
use store::{
    Error,
    access::{DeleteUsers, EditDefinitions, ManageAccount, ManageExcludedIps, ManageTeammates, View},
    collector::{Outcome, What},
    console::{accounts::Occasion, excluded_ips::Edit},
};

use crate::{
    catalogue::tables_of_environments,
    deletion::Site,
    support::{Founded, House},
};

fn bea() -> Who {
    Who::Identity(Identity::parse("bea@example.com").unwrap())
}

/// Something in every table that an account has rows in.
async fn fill(house: &House, founded: &Founded) {
    let console = &house.store.console;
    let site = Site::of(house, founded.environment);
    site.identifies(7, "bea@example.com").await;
    site.knows(bea(), "city", "Bonn").await;
    site.tracks(bea(), 30).await;
    let definitions = house.granted::<EditDefinitions>(founded).await;
    let draft = EventDefinitionDraft::parse("Signup", "signup").unwrap();
    console.edit_definitions(&definitions, founded.environment).create(&draft).await.unwrap();
    let lines = parse_list("203.0.113.50 # The office").unwrap();
    let excluding = house.granted::<ManageExcludedIps>(founded).await;
    console.edit_excluded_ips(&excluding, None, Edit::Add(&lines), &Caution::default()).await.unwrap();
    let managing = house.granted::<ManageTeammates>(founded).await;
    let carol = EmailAddress::parse("carol@example.com").unwrap();
    console.manage_teammates(&managing).invite(&carol, Access::Full).await.unwrap();
    let deleting = house.granted::<DeleteUsers>(founded).await;
    let nobody = Who::Identity(Identity::parse("nobody@example.com").unwrap());
    console.delete_users(&deleting).request(&[nobody]).await.unwrap();
}

async fn remove(house: &House, founded: &Founded) {
    house.store.console.remove_demo(&house.granted::<ManageAccount>(founded).await).await.unwrap();
}

async fn rows(house: &House, table: &str) -> u64 {
    let sql = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}");
    house.texts(sql.leak()).await[0].parse().unwrap()
}

both_engines! {
    async fn only_the_first_account_can_be_demo_data_and_it_says_so(house) {
        let demo = house.found_as("demo@example.com", Occasion::Demo).await;
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        assert!(console.is_demo(&house.granted::<View>(&demo).await).await.unwrap());
        assert!(!console.is_demo(&house.granted::<View>(&ada).await).await.unwrap());
        let again = console.create_account(&crate::accounts::new_account("eve@example.com"), Occasion::Demo).await;
        assert!(matches!(again, Err(Error::Conflict)));
        assert_eq!(rows(&house, "people").await, 2);
    }

    async fn removing_demo_data_leaves_an_empty_installation_and_no_row_of_it(house) {
        let demo = house.found_as("demo@example.com", Occasion::Demo).await;
        house.join(&demo, "bob@example.com", Access::ReadOnly).await;
        fill(&house, &demo).await;
        let console = &house.store.console;
        assert!(!console.is_empty().await.unwrap());
        remove(&house, &demo).await;
        assert!(console.is_empty().await.unwrap() && !console.is_in_use().await.unwrap());
        assert!(matches!(console.grant::<View>(&demo.actor, demo.account).await, Err(Error::NotFound)));

        let site = house.store.collector.submission(demo.environment, [127, 0, 0, 1].into(), What::Properties(Vec::new()));
        assert_eq!(house.store.collector.write(vec![site]).await.unwrap(), [Outcome::UnknownEnvironment]);
        assert_eq!(house.store.maintenance.unscoped_drain().await.unwrap(), None);
        for table in tables_of_environments(&house).await {
            assert_eq!(rows(&house, &table).await, 0, "{table}");
        }
        for table in ["people", "sign_ins", "teammates", "invites", "outbox", "api_keys", "jobs"] {
            assert_eq!(rows(&house, table).await, 0, "{table}");
        }
        let purged = house.texts("SELECT CAST(id AS TEXT) FROM environments WHERE purged_at IS NOT NULL").await;
        assert_eq!(purged, [demo.environment.to_string()], "its id is never used again");

        console.create_account(&crate::accounts::new_account("ada@example.com"), Occasion::SetUp).await.unwrap();
        assert_eq!(console.unscoped_operators().await.unwrap()[0].email, "ada@example.com");
    }

    async fn removing_demo_data_takes_its_exports_along(house) {
        let demo = house.found_as("demo@example.com", Occasion::Demo).await;
        fill(&house, &demo).await;
        let deleting = house.granted::<DeleteUsers>(&demo).await;
        let exports = house.store.console.export_users(&deleting);
        exports.ask(&bea()).await.unwrap();
        house.store.maintenance.unscoped_drain().await.unwrap();
        exports.ask(&bea()).await.unwrap();
        assert_eq!(rows(&house, "exports").await, 2);
        remove(&house, &demo).await;
        for table in ["exports", "export_subjects", "export_parts"] {
            assert_eq!(rows(&house, table).await, 0, "{table}");
        }
        house.store.maintenance.unscoped_drain().await.unwrap();
    }

    async fn removing_demo_data_does_not_touch_another_account_nor_who_is_in_it(house) {
        let demo = house.found_as("demo@example.com", Occasion::Demo).await;
        let ada = house.found("ada@example.com").await;
        for founded in [&demo, &ada] {
            fill(&house, founded).await;
        }
        let console = &house.store.console;
        let managing = house.granted::<ManageTeammates>(&demo).await;
        let invited = console.manage_teammates(&managing).invite(&EmailAddress::parse("ada@example.com").unwrap(), Access::Full).await.unwrap();
        console.accept(&ada.actor, invited.invite, &invited.token).await.unwrap();
        remove(&house, &demo).await;
        assert_eq!(house.store.maintenance.unscoped_drain().await.unwrap(), None);

        let view = house.granted::<View>(&ada).await;
        let holdings = console.holdings(&view, ada.environment).await.unwrap();
        assert_eq!((holdings.events, holdings.users), (30, 1));
        assert_eq!(console.definitions(&view, ada.environment).await.unwrap().len(), 1);
        assert_eq!(console.excluded_ips(&view, None).await.unwrap().lines.len(), 1);
        assert_eq!(console.me(&ada.actor).await.unwrap().accounts.len(), 1);
        assert_eq!(rows(&house, "people").await, 1);
        assert!(!console.is_empty().await.unwrap());
    }

    async fn an_account_of_anything_else_cannot_be_removed(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageAccount>(&ada).await;
        assert!(matches!(house.store.console.remove_demo(&granted).await, Err(Error::NotFound)));
        house.granted::<View>(&ada).await;
    }
}
