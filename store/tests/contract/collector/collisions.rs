use super::{event, events, identify, named, number, sets};

/// With 6 bits, 40 users meet on 64 keys many times.
const BITS: u32 = 6;

both_engines! {
    async fn users_whose_keys_collide_stay_apart(house) {
        let ada = house.found("ada@example.com").await;
        let collector = house.store.collector.with_narrow_user_keys(BITS);
        for round in 0..3 {
            let mut batch = Vec::new();
            for n in 0..20 {
                batch.push(events(ada.environment, vec![event(named(&format!("u{n:02}")), &format!("{round}"))]));
                batch.push(events(ada.environment, vec![event(number(n + 10), &format!("{round}"))]));
            }
            collector.write(batch).await.unwrap();
        }
        let expected: Vec<String> = (10..30)
            .flat_map(|n| (0..3).map(move |round| format!("{n} {round}")))
            .chain((0..20).flat_map(|n| (0..3).map(move |round| format!("u{n:02} {round}"))))
            .collect();
        assert_eq!(house.events_by_user().await, expected);
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM users").await, ["40"]);
    }

    async fn an_alias_is_never_taken_for_another_user_s(house) {
        let ada = house.found("ada@example.com").await;
        let collector = house.store.collector.with_narrow_user_keys(BITS);
        let env = ada.environment;
        for n in 0..10 {
            let name = format!("u{n}");
            collector.write(vec![events(env, vec![event(number(n), &name)]), sets(env, number(n), &[("is", &name)]), identify(env, n, &name)]).await.unwrap();
        }
        house.rehome().await;
        for n in 0..30 {
            collector.write(vec![events(env, vec![event(number(n), &format!("{n}"))])]).await.unwrap();
        }
        for n in 0..5 {
            collector.write(vec![identify(env, n, &format!("v{n}")), events(env, vec![event(number(n), "after")])]).await.unwrap();
        }
        house.rehome().await;
        let mut expected: Vec<String> = (0..10).flat_map(|n| [format!("u{n} u{n}"), format!("u{n} {n}")]).collect();
        expected.extend((10..30).map(|n| format!("{n} {n}")));
        expected.extend((0..5).map(|n| format!("v{n} after")));
        expected.sort();
        assert_eq!(house.events_by_user().await, expected);
    }
}
