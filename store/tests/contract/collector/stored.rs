use std::{
    future::Future,
    pin::pin,
    task::{Context, Waker},
};

use store::collector::{Outcome, What};

use super::{NOON, event, events, identify, keyed, named, number, properties, sets, submission};

both_engines! {
    async fn a_submission_that_is_written_twice_is_stored_once(house) {
        let ada = house.found("ada@example.com").await;
        let twice = events(ada.environment, vec![event(named("bob"), "View"), event(named("bob"), "View")]);
        house.store.collector.write(vec![twice.clone()]).await.unwrap();
        house.store.collector.write(vec![twice]).await.unwrap();
        assert_eq!(house.events_by_user().await, ["bob View", "bob View"]);
    }

    async fn a_reader_that_gives_up_half_way_spoils_nothing_for_those_who_write(house) {
        let ada = house.found("ada@example.com").await;
        for polls in 0..12 {
            let mut reading = pin!(house.store.ping());
            for _ in 0..polls {
                if reading.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        for _ in 0..20 {
            let outcomes = house.store.collector.write(vec![events(ada.environment, vec![event(number(7), "View")])]).await.unwrap();
            assert_eq!(outcomes, [Outcome::Stored]);
        }
    }

    async fn an_event_is_stored_with_all_that_it_says(house) {
        let ada = house.found("ada@example.com").await;
        let mut bought = event(named("bob"), "Bought");
        bought.occurred_at = Some(NOON);
        bought.session_id = Some("s1".to_owned());
        bought.properties = properties(&[("size", "L"), ("colour", "\"red\"")]);
        let outcomes = house.store.collector.write(vec![events(ada.environment, vec![bought])]).await.unwrap();
        assert_eq!(outcomes, [Outcome::Stored]);
        let stored = house.texts("SELECT occurred_at || ' ' || session_id || ' ' || name || ' ' || properties FROM events").await;
        assert_eq!(stored, [r#"1767268800000 s1 Bought {"colour":"\"red\"","size":"L"}"#]);
        assert_eq!(house.events_by_user().await, ["bob Bought"]);
    }

    async fn an_event_without_a_time_happened_when_it_was_received(house) {
        let ada = house.found("ada@example.com").await;
        house.store.collector.write(vec![events(ada.environment, vec![event(number(7), "View")])]).await.unwrap();
        assert_eq!(house.texts("SELECT name FROM events WHERE occurred_at = received_at AND received_at > 0").await, ["View"]);
        assert_eq!(house.events_by_user().await, ["7 View"]);
    }

    async fn a_repeat_with_the_same_key_changes_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let first = || events(ada.environment, vec![keyed(named("bob"), "First", "k"), keyed(named("bob"), "Same batch", "k")]);
        collector.write(vec![first(), events(ada.environment, vec![keyed(named("bob"), "Same transaction", "k")])]).await.unwrap();
        collector.write(vec![events(ada.environment, vec![keyed(named("bob"), "Later", "k"), keyed(named("carol"), "Hers", "k")])]).await.unwrap();
        assert_eq!(house.events_by_user().await, ["bob First", "carol Hers"]);
    }

    async fn events_without_a_key_are_all_kept(house) {
        let ada = house.found("ada@example.com").await;
        let twice = || events(ada.environment, vec![event(named("bob"), "View"), event(named("bob"), "View")]);
        house.store.collector.write(vec![twice(), twice()]).await.unwrap();
        assert_eq!(house.events_by_user().await.len(), 4);
        assert_eq!(house.texts("SELECT identity FROM users").await, ["bob"]);
    }

    async fn a_batch_of_thousands_is_stored_whole(house) {
        let ada = house.found("ada@example.com").await;
        let batch = |round: u64| (0..30).map(|n| {
            let user = |m: u64| if m.is_multiple_of(2) { number(round * 100 + n * 50 + m) } else { named(&format!("u{}", n * 50 + m)) };
            events(ada.environment, (0..100).map(|m| event(user(m), "View")).collect())
        }).collect();
        for round in 0..2 {
            house.store.collector.write(batch(round)).await.unwrap();
        }
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM events").await, ["6000"]);
        let unknown = "SELECT CAST(COUNT(*) AS TEXT) FROM events e LEFT JOIN users u ON u.environment_id = e.environment_id AND u.user_key = e.user_key WHERE u.user_key IS NULL";
        assert_eq!(house.texts(unknown).await, ["0"]);
    }

    async fn the_last_value_of_a_property_wins(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let bob = || named("bob");
        collector.write(vec![sets(ada.environment, bob(), &[("plan", "free"), ("city", "Rome")]), sets(ada.environment, bob(), &[("plan", "team")])]).await.unwrap();
        assert_eq!(house.properties_by_user().await, [r#"bob city="Rome""#, r#"bob plan="team""#]);
        collector.write(vec![sets(ada.environment, bob(), &[("plan", "gold")])]).await.unwrap();
        assert_eq!(house.properties_by_user().await, [r#"bob city="Rome""#, r#"bob plan="gold""#]);
    }

    async fn properties_make_a_user_without_events(house) {
        let ada = house.found("ada@example.com").await;
        let both = What::Properties(vec![(named("bob"), properties(&[])), (number(5), properties(&[("a", "b")]))]);
        let submission = submission(ada.environment, both);
        house.store.collector.write(vec![submission]).await.unwrap();
        assert_eq!(house.texts("SELECT COALESCE(identity, CAST(user_id AS TEXT)) FROM users ORDER BY 1").await, ["5", "bob"]);
    }

    async fn one_batch_serves_many_environments_and_keeps_them_apart(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let batch = vec![
            events(ada.environment, vec![keyed(named("bob"), "At Ada's", "k"), event(number(1), "At Ada's")]),
            events(eve.environment, vec![keyed(named("bob"), "At Eve's", "k"), event(number(1), "At Eve's")]),
            sets(eve.environment, named("bob"), &[("plan", "free")]),
            identify(eve.environment, 1, "bob"),
            events(eve.environment, vec![event(number(1), "Later")]),
            events(ada.environment, vec![event(number(1), "Later")]),
        ];
        assert_eq!(house.store.collector.write(batch).await.unwrap(), [Outcome::Stored; 6]);
        house.rehome().await;
        assert_eq!(house.events_by_user().await, ["1 At Ada's", "1 Later", "bob At Ada's", "bob At Eve's", "bob At Eve's", "bob Later"]);
        let environments = "SELECT CAST(COUNT(*) AS TEXT) FROM events e JOIN users u ON u.environment_id = e.environment_id AND u.user_key = e.user_key GROUP BY e.environment_id ORDER BY 1";
        assert_eq!(house.texts(environments).await, ["3", "3"]);
    }
}
