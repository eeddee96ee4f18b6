//! What an archive holds.

use std::collections::BTreeSet;

use domain::{
    audit::Deed,
    collect::{Properties, PropertyValue},
    company::CompanyId,
    export::{ExportTable, MOST_AT_ONCE},
    invalid::{Field, Problem},
};
use serde_json::json;
use store::{
    access::View,
    catalogue::{Holds, TABLES},
    collector::What,
};

use super::{ask, data, download, drain, exported, file, rows, shop, told, try_to_ask};
use crate::{
    deletion::{Site, erase, event, named, number, pass},
    support::{Founded, House, problem},
};

/// Bea, who has two devices in one environment and one in another project's; and Cyd, who is nobody's business.
async fn fill(house: &House, founded: &Founded) {
    let (here, there) = (Site::of(house, founded.environment), Site::of(house, shop(house, founded).await));
    for device in [7, 8] {
        here.tracks(number(device), 3).await;
        here.identifies(device, "bea@example.com").await;
    }
    here.knows(named("bea@example.com"), "city", "Bonn").await;
    here.knows(number(8), "screen", "small").await;
    here.tracks(named("bea@example.com"), 4).await;
    there.tracks(number(9), 2).await;
    there.identifies(9, "bea@example.com").await;
    for site in [&here, &there] {
        site.tracks(named("cyd@example.com"), 5).await;
        site.knows(named("cyd@example.com"), "city", "Rome").await;
    }
}

#[test]
fn every_table_that_holds_users_is_exported_under_its_name() {
    let of_users = TABLES.iter().filter_map(|table| match table.holds {
        Holds::Users(table) => Some(table.name),
        _ => None,
    });
    assert_eq!(of_users.collect::<BTreeSet<_>>(), ExportTable::ALL.map(ExportTable::as_str).into());
}

both_engines! {
    async fn an_archive_holds_what_a_deletion_request_of_the_same_name_erases(house) {
        let ada = house.found("ada@example.com").await;
        fill(&house, &ada).await;
        for name in [named("bea@example.com"), number(7)] {
            let archive = exported(&house, &ada, &name).await;
            let data = data(&archive);
            let counted = |table: ExportTable| data["environments"].as_array().unwrap().iter().map(|place| rows(place, table.as_str()).len() as u64).sum::<u64>();
            for table in ExportTable::ALL {
                assert_eq!(data["rows"][table.as_str()], counted(table), "{table:?}");
            }
            assert_eq!(!file(&archive, "data.json").contains("cyd"), !file(&archive, "events.csv").contains("Rome"));
        }
        let data = data(&exported(&house, &ada, &named("bea@example.com")).await);
        pass(&house).await;
        let erased = erase(&house, &ada, &[named("bea@example.com")]).await;
        let told = ["users", "events", "user_properties", "aliases"].map(|table| data["rows"][table].as_u64().unwrap());
        assert_eq!(told, [erased.users, erased.events, erased.properties, erased.aliases]);
        assert!(told.iter().all(|count| *count > 0), "{told:?}");
    }

    async fn an_archive_says_who_did_what_where_and_for_whom(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let mut order = event(number(7));
        order.company = Some(CompanyId::parse("acme").unwrap());
        order.session_id = Some("visit-1".to_owned());
        order.properties = Properties::from_iter([("note".to_owned(), PropertyValue::Text("<b>=1+1</b>".to_owned())), ("total".to_owned(), PropertyValue::Number(5.into()))]);
        site.sends(What::Events(vec![order])).await;
        site.identifies(7, "bea@example.com").await;
        site.knows(named("bea@example.com"), "city", "Bonn").await;
        let archive = exported(&house, &ada, &named("bea@example.com")).await;

        let data = data(&archive);
        let (format, account, place) = (&data["format"], &data["account"], &data["environments"][0]);
        assert_eq!((format, &account["name"]), (&json!(1), &json!("Acme")));
        assert_eq!((&place["id"], &place["project"], &place["name"]), (&json!(ada.environment), &json!("Main"), &json!("Production")));
        let users = rows(place, "users");
        let bea = users.iter().find(|user| user["identity"] == "bea@example.com").unwrap();
        let device = users.iter().find(|user| user["user_id"] == 7).unwrap();
        assert_eq!((&rows(place, "aliases")[0]["user"], &rows(place, "aliases")[0]["identified_as"]), (&device["user"], &bea["user"]));
        assert_eq!((&rows(place, "user_properties")[0]["name"], &rows(place, "user_properties")[0]["value"]), (&json!("city"), &json!("Bonn")));
        let order = &rows(place, "events")[0];
        assert_eq!((&order["name"], &order["session"], &order["company"]), (&json!("Order"), &json!("visit-1"), &json!("acme")));
        assert_eq!(order["properties"], json!({"note": "<b>=1+1</b>", "total": 5}));

        let page = file(&archive, "index.html");
        assert!(page.contains("bea@example.com") && page.contains("&lt;b&gt;=1+1&lt;/b&gt;") && page.ends_with("</html>\n"), "{page}");
        assert!(file(&archive, "events.csv").contains("Main / Production"));
    }

    async fn nobody_is_exported_whom_no_environment_knows_and_no_other_account_s_users(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        for (founded, name) in [(&ada, "nobody@example.com"), (&eve, "bea@example.com")] {
            assert_eq!(problem(try_to_ask(&house, founded, &named(name)).await), (Field::Targets, Problem::Missing));
        }
        assert_eq!(house.texts("SELECT state FROM exports").await, [""; 0]);
    }

    async fn of_two_accounts_with_a_user_of_one_name_each_exports_its_own(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        Site::of(&house, ada.environment).knows(named("bea@example.com"), "city", "Bonn").await;
        Site::of(&house, eve.environment).knows(named("bea@example.com"), "city", "Rome").await;
        let archive = exported(&house, &eve, &named("bea@example.com")).await;
        let text = file(&archive, "data.json");
        assert!(text.contains("Rome") && !text.contains("Bonn"), "{text}");
    }

    async fn what_is_received_after_it_was_asked_for_is_not_in_it(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea@example.com"), 2).await;
        let id = ask(&house, &ada, &named("bea@example.com")).await;
        pass(&house).await;
        site.tracks(named("bea@example.com"), 3).await;
        drain(&house).await;
        assert_eq!(told(&house, &ada, id).await.events, 2);
    }

    async fn the_name_that_was_asked_for_stands_in_the_archive_alone(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        ask(&house, &ada, &named("bea@example.com")).await;
        let columns = house.texts("SELECT payload FROM jobs UNION ALL SELECT deed FROM audit_log UNION ALL SELECT requested_by_name || state FROM exports").await;
        assert!(columns.iter().all(|text| !text.contains("bea")), "{columns:?}");
    }

    async fn an_account_has_so_many_archives_at_once_and_no_more(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        for _ in 0..MOST_AT_ONCE {
            ask(&house, &ada, &named("bea@example.com")).await;
        }
        let refused = try_to_ask(&house, &ada, &named("bea@example.com")).await;
        assert_eq!(problem(refused), (Field::Whole, Problem::TooMany { max: MOST_AT_ONCE }));
    }

    async fn the_audit_log_says_who_asked_and_who_downloaded(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        let id = ask(&house, &ada, &named("bea@example.com")).await;
        drain(&house).await;
        download(&house, &ada, id).await;
        let log = house.store.console.audit_log(&house.granted::<View>(&ada).await, None).await.unwrap();
        let deeds: Vec<_> = log.iter().take(2).map(|entry| (entry.actor_name.as_str(), &entry.deed)).collect();
        assert_eq!(deeds, [("ada", &Deed::ExportDownloaded { export: id }), ("ada", &Deed::ExportAsked { export: id, users: 1 })]);
    }
}
