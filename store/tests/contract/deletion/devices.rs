//! Devices that are told to be somebody while erasing is under way.

use super::{Site, count, erase, erase::ROWS, found, named, number, request};

both_engines! {
    async fn of_turns_on_a_device_nothing_is_left_when_two_requests_for_them_meet(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for is_overtaken in [false, true] {
            for name in ["bea@example.com", "cleo@example.com"] {
                site.identifies(7, name).await;
            }
            let [older, newer] = if is_overtaken { ["cleo@example.com", "bea@example.com"] } else { ["bea@example.com", "cleo@example.com"] };
            request(&house, &ada, &[named(older)]).await;
            if is_overtaken {
                house.run("UPDATE jobs SET run_at = 9000000000000").await;
            }
            request(&house, &ada, &[named(newer)]).await;
            house.store.maintenance.unscoped_drain().await.unwrap();
            house.run("UPDATE jobs SET run_at = 1").await;
            house.store.maintenance.unscoped_drain().await.unwrap();
            assert_eq!(count(&house, ROWS).await, 0, "overtaken: {is_overtaken}");
        }
    }

    async fn who_is_told_after_an_erasure_gets_what_the_device_collects_and_the_erased_do_not(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.identifies(7, "bea@example.com").await;
        request(&house, &ada, &[named("bea@example.com")]).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        site.tracks(number(7), 2).await;
        site.identifies(7, "cleo@example.com").await;
        // With the job of the first time, which waited for the request.
        house.run("UPDATE jobs SET run_at = 1").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(found(&house, &ada, named("cleo@example.com")).await.events, 2);
        assert_eq!(found(&house, &ada, named("bea@example.com")).await.events, 0);
    }
    async fn a_device_that_is_anonymous_again_stays_one_user_whoever_else_is_erased(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for name in ["bea@example.com", "cleo@example.com"] {
            site.identifies(7, name).await;
        }
        erase(&house, &ada, &[named("cleo@example.com")]).await;
        site.tracks(number(7), 2).await;
        erase(&house, &ada, &[named("bea@example.com")]).await;
        site.tracks(number(7), 3).await;
        for name in ["dora@example.com", "edna@example.com"] {
            site.identifies(7, name).await;
        }
        house.run("UPDATE jobs SET run_at = 1").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(found(&house, &ada, named("edna@example.com")).await.events, 0);
        assert_eq!(found(&house, &ada, named("dora@example.com")).await.events, 5);
    }
}
