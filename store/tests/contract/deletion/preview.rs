use domain::{deletion::Counts, name::EnvironmentName, name::ProjectName, zone::ZoneName};
use store::access::{DeleteUsers, ManageProjects};

use super::{Site, found, named, number, pass, previewed};

both_engines! {
    async fn a_preview_counts_what_goes_and_where(house) {
        let ada = house.found("ada@example.com").await;
        let projects = house.granted::<ManageProjects>(&ada).await;
        let handle = house.store.console.manage_projects(&projects);
        let (shop, production) = handle.create(&ProjectName::parse("Shop").unwrap(), &ZoneName::parse("UTC").unwrap()).await.unwrap();
        let staging = handle.add_environment(shop, &EnvironmentName::parse("Staging").unwrap(), None, &ZoneName::parse("UTC").unwrap()).await.unwrap().environment;
        let (here, there) = (Site::of(&house, ada.environment), Site::of(&house, staging));
        here.tracks(named("bea@example.com"), 3).await;
        here.knows(named("bea@example.com"), "city", "Bonn").await;
        pass(&house).await;
        there.tracks(named("bea@example.com"), 2).await;
        there.tracks(number(7), 1).await;
        here.tracks(named("somebody@example.com"), 5).await;
        Site::of(&house, production).tracks(named("else@example.com"), 1).await;

        let granted = house.granted::<DeleteUsers>(&ada).await;
        let targets = [named("bea@example.com"), number(7), named("nobody@example.com"), named("bea@example.com")];
        let preview = previewed(&house.store.console.delete_users(&granted), &targets).await.unwrap();
        assert_eq!((preview.targets, preview.matched, preview.unmatched), (3, 2, 1));
        assert_eq!(preview.missing, [named("nobody@example.com")]);
        let told: Vec<_> = preview.environments.iter().map(|environment| (environment.project.as_str(), environment.name.as_str(), environment.found)).collect();
        assert_eq!(told, [
            ("Main", "Production", Counts { users: 1, events: 3, properties: 1, aliases: 0 }),
            ("Shop", "Staging", Counts { users: 2, events: 3, properties: 0, aliases: 0 }),
        ]);
        let [main, shop] = &preview.environments[..] else { panic!("{preview:?}") };
        assert!(main.first_received_at <= main.last_received_at);
        assert!(main.last_received_at.unwrap() < shop.first_received_at.unwrap());
        assert!(!main.is_deleted);
    }

    async fn an_identity_leads_to_the_anonymous_users_who_turned_out_to_be_it(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(number(7), 2).await;
        site.tracks(number(8), 4).await;
        site.identifies(7, "bea@example.com").await;
        site.identifies(8, "bea@example.com").await;
        site.tracks(number(7), 1).await;
        site.tracks(number(9), 1).await;
        let all = Counts { users: 3, events: 7, properties: 0, aliases: 2 };
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, all);
        assert_eq!(found(&house, &ada, number(8)).await, all);
        assert_eq!(found(&house, &ada, number(9)).await, Counts { users: 1, events: 1, ..Counts::default() });
    }

    async fn a_user_id_leads_to_everybody_it_was_identified_as(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for (name, events) in [("bea@example.com", 1), ("cleo@example.com", 2), ("dora@example.com", 4)] {
            site.identifies(7, name).await;
            site.tracks(number(7), events).await;
        }
        assert_eq!(found(&house, &ada, number(7)).await, Counts { users: 3, events: 7, properties: 0, aliases: 3 });
        assert_eq!(found(&house, &ada, named("cleo@example.com")).await, Counts { users: 1, events: 2, properties: 0, aliases: 1 });
    }

    async fn nobody_of_another_account_is_found(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        assert_eq!(found(&house, &eve, named("bea@example.com")).await, Counts::default());
    }
}
