//! Lists of a thousand.

use domain::{
    access::Access,
    deletion::Target,
    email::EmailAddress,
    id::PersonId,
    listing::{AuditSort, EnvironmentSort, InviteSort, Listing, RequestSort, TeammateSort},
    name::{PersonName, ProjectName},
    user::Identity,
    zone::ZoneName,
};
use store::access::{DeleteUsers, ManageProjects, ManageTeammates, View};

use crate::support::{Founded, House};

const MANY: usize = 1_000;

/// A thousand teammates, `Member 0001` to `Member 1000`, one a millisecond.
async fn crowd(house: &House, founded: &Founded) {
    let granted = house.granted::<ManageTeammates>(founded).await;
    let console = &house.store.console;
    for number in 1..=MANY {
        house.clock.advance(1);
        let email = EmailAddress::parse(&format!("member-{number:04}@example.com")).unwrap();
        let access = if number % 2 == 0 { Access::Full } else { Access::ReadOnly };
        let invited = console.manage_teammates(&granted).invite(&email, access).await.unwrap();
        let name = PersonName::parse(&format!("Member {number:04}")).unwrap();
        console.accept_as_newcomer(invited.invite, &invited.token, &name, "hash").await.unwrap();
    }
}

both_engines! {
    async fn a_thousand_teammates_are_searched_sorted_and_paged(house) {
        let ada = house.found("ada@example.com").await;
        crowd(&house, &ada).await;
        let (console, view) = (&house.store.console, house.granted::<View>(&ada).await);
        let page = async |search: &str, sort: &str, page: &str| {
            console.teammates_page(&view, &Listing::<TeammateSort>::parse(search, sort, page)).await.unwrap()
        };
        let first = page("", "", "").await;
        assert_eq!((first.rows.len(), first.total, first.window.pages), (50, MANY + 1, 21));
        assert_eq!(first.rows[0].name, "ada");
        let last = page("", "", "21").await;
        assert_eq!(last.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Member 1000"]);
        let found = page("MEMBER-0", "-name", "2").await;
        assert_eq!((found.window.found, found.total), (999, MANY + 1));
        assert_eq!(found.rows[0].name, "Member 0949");
        assert_eq!(page("%", "", "").await.window.found, 0);
        assert_eq!(page("", "access", "").await.rows[0].access, Access::Full);

        let log = |search: &str, sort: &str, page: &str| Listing::<AuditSort>::parse(search, sort, page);
        let numbers = async |listing: Listing<AuditSort>| {
            let page = console.audit_page(&view, &listing, |entry, search| search.is_in(&entry.actor_name)).await.unwrap();
            (page.rows.into_iter().map(|entry| entry.number).collect::<Vec<_>>(), page.window.found, page.total)
        };
        let (newest, _, all) = numbers(log("", "", "")).await;
        assert_eq!((newest.first(), newest.last(), all), (Some(&2001), Some(&1952), 2001));
        assert_eq!(numbers(log("", "", "41")).await.0, [1]);
        assert_eq!(numbers(log("", "at", "41")).await.0, [2001]);
        let (by_members, found, _) = numbers(log("member 1", "at", "")).await;
        assert_eq!((by_members, found), (vec![2001], 1));
    }

    async fn pending_invites_are_searched_by_address(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageTeammates>(&ada).await;
        for number in 1..=60 {
            let email = EmailAddress::parse(&format!("guest-{number}@example.com")).unwrap();
            house.store.console.manage_teammates(&granted).invite(&email, Access::Full).await.unwrap();
        }
        let view = house.granted::<View>(&ada).await;
        let page = async |search: &str, page: &str| {
            let page = house.store.console.invites_page(&view, &Listing::<InviteSort>::parse(search, "", page)).await.unwrap();
            (page.rows.len(), page.window.found, page.total)
        };
        assert_eq!(page("", "").await, (50, 60, 60));
        assert_eq!(page("", "2").await, (10, 60, 60));
        assert_eq!(page("Guest-6", "").await, (2, 2, 60));
    }

    async fn a_thousand_projects_are_paged_by_their_environments(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        for number in 1..=MANY {
            let name = ProjectName::parse(&format!("Shop {number:04}")).unwrap();
            house.store.console.manage_projects(&granted).create(&name, &ZoneName::default()).await.unwrap();
        }
        let view = house.granted::<View>(&ada).await;
        let page = async |search: &str, sort: &str, page: &str| {
            let listing = Listing::<EnvironmentSort>::parse(search, sort, page);
            house.store.console.environments_page(&view, &listing).await.unwrap()
        };
        let first = page("", "-name", "").await;
        assert_eq!((first.rows.len(), first.window.found, first.rows[0].is_main), (50, MANY + 1, true));
        assert_eq!(first.rows[1].project_name, "Shop 0001");
        assert_eq!(page("shop 0999", "", "").await.rows.len(), 1);
        assert_eq!(page(&ada.environment.to_string(), "", "").await.rows[0].environment.id, ada.environment);
        assert_eq!(page("", "", "21").await.rows[0].project_name, "Shop 1000");
    }

    async fn a_thousand_deletion_requests_are_searched_sorted_and_paged(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        for number in 1..=MANY {
            let target = Target::Identity(Identity::parse(&format!("user-{number}")).unwrap());
            house.store.console.delete_users(&granted).request(&[target]).await.unwrap();
        }
        let view = house.granted::<View>(&ada).await;
        let page = async |search: &str, sort: &str, page: &str| {
            let listing = Listing::<RequestSort>::parse(search, sort, page);
            house.store.console.deletion_requests_page(&view, &listing).await.unwrap()
        };
        let newest = page("", "", "").await;
        assert_eq!((newest.rows.len(), newest.total, newest.window.pages, newest.unsearched), (50, MANY, 20, 0));
        let oldest = page("", "", "20").await.rows.pop().unwrap().id;
        assert_ne!(newest.rows[0].id, oldest);
        let upwards = page("", "requested", "").await;
        assert_eq!(upwards.rows.len(), 50);
        assert_eq!(page("ADA", "found", "20").await.window.found, MANY);
        assert_eq!(page(&oldest.to_string(), "", "").await.rows[0].id, oldest);
        assert_eq!(page("complete", "", "").await.window.found, 0);
    }

    async fn one_teammate_is_found_in_their_own_account_alone(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let view = house.granted::<View>(&ada).await;
        assert_eq!(house.store.console.teammate(&view, ada.person).await.unwrap().name, "ada");
        for stranger in [eve.person, PersonId(uuid::Uuid::nil())] {
            assert!(matches!(house.store.console.teammate(&view, stranger).await, Err(store::Error::NotFound)));
        }
    }
}
