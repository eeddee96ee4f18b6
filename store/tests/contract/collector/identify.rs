use std::time::Duration;

use super::{event, events, identify, keyed, named, number, sets};
use crate::support::House;

/// On SQLite there is one writer, so no batch is under way beside another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rehoming_waits_for_a_batch_that_began_before_the_user_was_identified() {
    let house = House::postgres().await;
    let ada = house.found("ada@example.com").await;
    let env = ada.environment;
    house.store.collector.write(vec![sets(env, named("carol"), &[("plan", "free")])]).await.unwrap();

    // Somebody holds Carol's property, for which the batch waits after it has decided where the event goes.
    let mut holder = house.postgres_connection().await;
    sqlx::raw_sql("BEGIN; UPDATE user_properties SET value = value").execute(&mut holder).await.unwrap();
    let (pid,): (i32,) = sqlx::query_as("SELECT pg_backend_pid()").fetch_one(&mut holder).await.unwrap();
    let batch = vec![events(env, vec![event(number(1), "View")]), sets(env, named("carol"), &[("plan", "gold")])];
    let early = tokio::spawn({
        let collector = house.store.collector.clone();
        async move { collector.write(batch).await }
    });
    let mut observer = house.postgres_connection().await;
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))";
    while sqlx::query_as::<_, (i64,)>(waiting).bind(pid).fetch_one(&mut observer).await.unwrap().0 == 0 {}

    house.store.collector.write(vec![identify(env, 1, "bob")]).await.unwrap();
    {
        let rehoming = house.rehome();
        tokio::pin!(rehoming);
        let ended = tokio::time::timeout(Duration::from_millis(200), &mut rehoming).await;
        assert!(ended.is_err(), "rehoming did not wait");
        sqlx::raw_sql("COMMIT").execute(&mut holder).await.unwrap();
        rehoming.await;
    }
    early.await.unwrap().unwrap();
    assert_eq!(house.events_by_user().await, ["bob View"]);
}

both_engines! {
    async fn what_was_collected_before_moves_to_the_identity(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let env = ada.environment;
        let views = (0..5).map(|n| event(number(1), &format!("View {n}"))).collect();
        collector.write(vec![events(env, views), sets(env, number(1), &[("city", "Rome"), ("plan", "free")])]).await.unwrap();
        collector.write(vec![sets(env, named("bob"), &[("plan", "gold")])]).await.unwrap();
        collector.write(vec![identify(env, 1, "bob")]).await.unwrap();
        house.rehome().await;
        assert_eq!(house.events_by_user().await, ["bob View 0", "bob View 1", "bob View 2", "bob View 3", "bob View 4"]);
        assert_eq!(house.properties_by_user().await, [r#"bob city="Rome""#, r#"bob plan="gold""#]);
        assert_eq!(house.texts("SELECT identity FROM users").await, ["bob"]);
        assert_eq!(house.texts("SELECT 'done' FROM aliases WHERE rehomed_at IS NOT NULL").await, ["done"]);
    }

    async fn from_identify_on_the_user_id_stands_for_the_identity(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let env = ada.environment;
        collector.write(vec![identify(env, 1, "bob"), events(env, vec![event(number(1), "Same batch")])]).await.unwrap();
        collector.write(vec![events(env, vec![event(number(1), "Later")]), sets(env, number(1), &[("a", "b")])]).await.unwrap();
        assert_eq!(house.events_by_user().await, ["bob Later", "bob Same batch"]);
        assert_eq!(house.properties_by_user().await, [r#"bob a="b""#]);
        house.rehome().await;
        assert_eq!(house.events_by_user().await, ["bob Later", "bob Same batch"]);
    }

    async fn the_same_identity_again_changes_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let env = ada.environment;
        house.store.collector.write(vec![identify(env, 1, "bob"), identify(env, 1, "bob")]).await.unwrap();
        house.store.collector.write(vec![identify(env, 1, "bob")]).await.unwrap();
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM aliases").await, ["1"]);
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM jobs").await, ["1"]);
    }

    async fn several_devices_of_one_person_become_one_user(house) {
        let ada = house.found("ada@example.com").await;
        let env = ada.environment;
        let phone = vec![events(env, vec![event(number(1), "Phone")]), events(env, vec![event(number(2), "Laptop")])];
        house.store.collector.write(phone).await.unwrap();
        house.store.collector.write(vec![identify(env, 1, "bob"), identify(env, 2, "bob")]).await.unwrap();
        house.rehome().await;
        assert_eq!(house.events_by_user().await, ["bob Laptop", "bob Phone"]);
    }

    async fn a_second_identity_takes_what_follows_and_leaves_what_was(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let env = ada.environment;
        let say = |name: &str| events(env, vec![event(number(1), name)]);
        collector.write(vec![say("anonymous")]).await.unwrap();
        collector.write(vec![identify(env, 1, "bob"), say("first"), identify(env, 1, "carol"), say("second")]).await.unwrap();
        collector.write(vec![say("third"), identify(env, 1, "dave"), say("fourth")]).await.unwrap();
        collector.write(vec![say("fifth")]).await.unwrap();
        house.rehome().await;
        assert_eq!(house.events_by_user().await, ["bob anonymous", "bob first", "carol second", "carol third", "dave fifth", "dave fourth"]);
    }

    async fn people_who_take_turns_on_a_device_do_not_lengthen_its_chain_for_ever(house) {
        let ada = house.found("ada@example.com").await;
        let env = ada.environment;
        for turn in 0..15 {
            for (who, other) in [("bob", "carol"), ("carol", "bob")] {
                let batch = vec![identify(env, 1, who), events(env, vec![event(number(1), who)])];
                house.store.collector.write(batch).await.unwrap();
                let strangers = format!("{who} {other}");
                assert!(!house.events_by_user().await.contains(&strangers), "turn {turn}");
            }
        }
        house.rehome().await;
        let all = house.events_by_user().await;
        assert_eq!((all.iter().filter(|line| *line == "bob bob").count(), all.len()), (15, 30));
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM aliases").await, ["8"]);
    }

    async fn a_retry_across_identify_is_one_event_in_the_end(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let env = ada.environment;
        let send = || events(env, vec![keyed(number(1), "Bought", "k")]);
        collector.write(vec![send()]).await.unwrap();
        collector.write(vec![identify(env, 1, "bob")]).await.unwrap();
        collector.write(vec![send()]).await.unwrap();
        house.rehome().await;
        collector.write(vec![send()]).await.unwrap();
        assert_eq!(house.events_by_user().await, ["bob Bought"]);
    }

    async fn rehoming_may_be_repeated_and_stops_for_a_deleted_environment(house) {
        let ada = house.found("ada@example.com").await;
        let env = ada.environment;
        house.store.collector.write(vec![events(env, vec![event(number(1), "View")]), identify(env, 1, "bob")]).await.unwrap();
        house.rehome().await;
        house.rehome().await;
        assert_eq!(house.events_by_user().await, ["bob View"]);
        assert!(!house.store.maintenance.unscoped_rehome(17, 1, 2, 10).await.unwrap());
    }

    async fn two_servers_that_identify_one_user_id_at_once_agree(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let env = ada.environment;
        for id in 0..20 {
            let (first, second) = tokio::join!(
                house.store.collector.write(vec![events(env, vec![event(number(id), "First")]), identify(env, id, "bob")]),
                other.collector.write(vec![identify(env, id, "carol"), events(env, vec![event(number(id), "Second")])]),
            );
            first.unwrap();
            second.unwrap();
        }
        house.rehome().await;
        let users = "SELECT DISTINCT COALESCE(u.identity, 'nobody') FROM events e LEFT JOIN users u ON u.environment_id = e.environment_id AND u.user_key = e.user_key ORDER BY 1";
        assert!(house.texts(users).await.iter().all(|user| user == "bob" || user == "carol"));
        let second = "SELECT DISTINCT COALESCE(u.identity, 'nobody') FROM events e LEFT JOIN users u ON u.environment_id = e.environment_id AND u.user_key = e.user_key WHERE e.name = 'Second'";
        assert_eq!(house.texts(second).await, ["carol"]);
    }

    async fn nothing_stays_behind_when_events_arrive_while_a_user_is_identified(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let env = ada.environment;
        let writes = async {
            for _ in 0..60 {
                let all = (0..10).map(|id| event(number(id), "View")).collect();
                house.store.collector.write(vec![events(env, all)]).await.unwrap();
            }
        };
        let identifies = async {
            for id in 0..10 {
                other.collector.write(vec![identify(env, id, &format!("u{id}"))]).await.unwrap();
                house.rehome().await;
            }
        };
        tokio::join!(writes, identifies);
        house.rehome().await;
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM events").await, ["600"]);
        assert_eq!(house.texts("SELECT CAST(user_id AS TEXT) FROM users WHERE user_id IS NOT NULL").await, Vec::<String>::new());
        let strangers = "SELECT name FROM events e WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.environment_id = e.environment_id AND u.user_key = e.user_key)";
        assert_eq!(house.texts(strangers).await, Vec::<String>::new());
    }
}
