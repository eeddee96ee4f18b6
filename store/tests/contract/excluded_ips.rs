use domain::{
    audit::Deed,
    excluded_ip::{Line, parse_list},
    id::EnvironmentId,
};
use store::{
    Error,
    access::{ManageExcludedIps, View},
};

fn lines(text: &str) -> Vec<Line> {
    parse_list(text).unwrap()
}

both_engines! {
    async fn a_list_keeps_its_order_its_notes_and_who_added_what(house) {
        let ada = house.found("ada@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", domain::access::Access::Full).await;
        let console = &house.store.console;
        let view = house.granted::<View>(&ada).await;
        let empty = console.excluded_ips(&view, None).await.unwrap();
        assert_eq!((empty.version, empty.lines.len()), (0, 0));
        let by_ada = house.granted::<ManageExcludedIps>(&ada).await;
        console.save_excluded_ips(&by_ada, None, 0, &lines("10.0.* # office\n192.0.2.7\n")).await.unwrap();
        house.clock.advance(1_000);
        let by_bob = console.grant::<ManageExcludedIps>(&bob, ada.account).await.unwrap();
        console.save_excluded_ips(&by_bob, None, 1, &lines("2001:db8::/32\n10.0.* # head office\n")).await.unwrap();
        let list = console.excluded_ips(&view, None).await.unwrap();
        assert_eq!(list.version, 2);
        let shown: Vec<_> = list.lines.iter().map(|line| (line.pattern.as_str(), line.note.as_str(), line.added_by.as_str())).collect();
        assert_eq!(shown, [("2001:db8::/32", "", "bob"), ("10.0.*", "head office", "ada")]);
        let log = console.audit_log(&view, None).await.unwrap();
        assert_eq!(log[0].deed, Deed::ExcludedIpsSaved { environment: None, added: 1, removed: 1 });
    }

    async fn a_save_of_an_old_version_is_a_conflict_and_stores_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageExcludedIps>(&ada).await;
        console.save_excluded_ips(&granted, None, 0, &lines("192.0.2.7")).await.unwrap();
        let refused = console.save_excluded_ips(&granted, None, 0, &lines("192.0.2.8")).await;
        assert!(matches!(refused, Err(Error::Conflict)));
        let list = console.excluded_ips(&house.granted::<View>(&ada).await, None).await.unwrap();
        assert_eq!(list.lines.iter().map(|line| line.pattern.as_str()).collect::<Vec<_>>(), ["192.0.2.7"]);
    }

    async fn of_two_saves_of_one_version_at_once_one_wins(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let granted = house.granted::<ManageExcludedIps>(&ada).await;
        let (left, right) = (lines("192.0.2.7"), lines("192.0.2.8"));
        let (first, second) = tokio::join!(
            house.store.console.save_excluded_ips(&granted, None, 0, &left),
            other.console.save_excluded_ips(&granted, None, 0, &right),
        );
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
    }

    async fn an_environment_has_a_list_of_its_own(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManageExcludedIps>(&ada).await;
        console.save_excluded_ips(&granted, Some(ada.environment), 0, &lines("192.0.2.7")).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        assert_eq!(console.excluded_ips(&view, None).await.unwrap().lines.len(), 0);
        assert_eq!(console.excluded_ips(&view, Some(ada.environment)).await.unwrap().lines.len(), 1);
        for foreign in [eve.environment, EnvironmentId::new(1).unwrap()] {
            assert!(matches!(console.excluded_ips(&view, Some(foreign)).await, Err(Error::NotFound)));
            assert!(matches!(console.save_excluded_ips(&granted, Some(foreign), 0, &[]).await, Err(Error::NotFound)));
        }
    }
}
