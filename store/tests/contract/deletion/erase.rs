use domain::{
    audit::Deed,
    deletion::{Counts, RequestState},
};
use store::{access::View, collector::What, maintenance::Tick};

use super::{Site, count, erase, event, found, named, number, pass, previewed, report, request};

/// Rows of everybody, so that a test sees what was touched.
pub(super) const ROWS: &str = "SELECT CAST((SELECT COUNT(*) FROM events) + (SELECT COUNT(*) FROM users) + (SELECT COUNT(*) FROM user_properties) + (SELECT COUNT(*) FROM aliases) AS TEXT)";
const SUBJECTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM deletion_subjects";

both_engines! {
    async fn everything_of_a_user_goes_and_nothing_of_others(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let site = Site::of(&house, ada.environment);
        let others = async || {
            site.tracks(named("other@example.com"), 3).await;
            site.knows(named("other@example.com"), "city", "Bonn").await;
            site.identifies(9, "other@example.com").await;
            Site::of(&house, eve.environment).tracks(named("bea@example.com"), 2).await;
        };
        others().await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let before = count(&house, ROWS).await;
        site.tracks(number(7), 2).await;
        site.identifies(7, "bea@example.com").await;
        site.tracks(named("bea@example.com"), 3).await;
        site.knows(named("bea@example.com"), "city", "Bonn").await;

        let erased = erase(&house, &ada, &[named("bea@example.com")]).await;
        assert_eq!((erased.events, erased.properties, erased.aliases), (5, 1, 1));
        assert_eq!(count(&house, ROWS).await, before);
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, Counts::default());
        assert_eq!(found(&house, &eve, named("bea@example.com")).await, Counts { users: 1, events: 2, ..Counts::default() });
        assert_eq!(count(&house, SUBJECTS).await, 0);
    }

    async fn completion_is_in_the_audit_log_with_what_was_erased(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 3).await;
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let log = house.store.console.audit_log(&house.granted::<View>(&ada).await, None).await.unwrap();
        assert_eq!(log[0].deed, Deed::DeletionCompleted { request: id, erased: Counts { users: 1, events: 3, properties: 0, aliases: 0 } });
        assert_eq!(log[0].actor_name, "");
    }

    async fn what_arrives_after_the_cut_stays_and_belongs_to_a_new_user(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea@example.com"), 3).await;
        site.tracks(number(7), 2).await;
        let reference = if house.folder.is_some() { "SELECT hex(audit_ref) FROM users WHERE identity = 'bea@example.com'" } else { "SELECT CAST(audit_ref AS TEXT) FROM users WHERE identity = 'bea@example.com'" };
        let before = house.texts(reference).await;
        let id = request(&house, &ada, &[named("bea@example.com"), number(7)]).await;
        site.tracks(named("bea@example.com"), 4).await;
        site.knows(named("bea@example.com"), "city", "Bonn").await;
        house.store.maintenance.unscoped_drain().await.unwrap();

        assert_eq!(report(&house, &ada, id).await.erased, Counts { users: 2, events: 5, properties: 0, aliases: 0 });
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, Counts { users: 1, events: 4, properties: 1, aliases: 0 });
        assert_eq!(found(&house, &ada, number(7)).await, Counts::default());
        let after = house.texts(reference).await;
        assert_eq!(after.len(), 1);
        assert_ne!(before, after);
        let old = "SELECT CAST(COUNT(*) AS TEXT) FROM users u JOIN deletion_requests r ON u.received_at <= r.cut_at";
        assert_eq!(count(&house, old).await, 0);
        assert_eq!(erase(&house, &ada, &[named("bea@example.com")]).await, Counts { users: 1, events: 4, properties: 1, aliases: 0 });
    }

    async fn an_erased_user_who_comes_back_is_collected_as_a_new_one(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.identifies(7, "bea@example.com").await;
        site.tracks(number(7), 3).await;
        assert_eq!(erase(&house, &ada, &[number(7)]).await.events, 3);
        site.tracks(number(7), 2).await;
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, Counts::default());
        assert_eq!(found(&house, &ada, number(7)).await, Counts { users: 1, events: 2, ..Counts::default() });
        site.identifies(7, "bea@example.com").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, Counts { users: 1, events: 2, properties: 0, aliases: 1 });
    }

    async fn who_a_user_turns_out_to_be_after_the_cut_keeps_nothing_of_the_erased_and_loses_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(number(7), 5).await;
        site.tracks(named("bea@example.com"), 3).await;
        let id = request(&house, &ada, &[number(7)]).await;
        site.identifies(7, "bea@example.com").await;
        site.tracks(number(7), 1).await;
        house.texts("UPDATE jobs SET run_at = 1 WHERE kind = 'rehome' RETURNING kind").await;
        assert_eq!(house.store.maintenance.unscoped_tick().await.unwrap(), Tick::Worked);
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'rehome'").await, 1, "it waits for the request");
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.erased.events, 5);
        house.texts("UPDATE jobs SET run_at = 1 RETURNING kind").await;
        assert_eq!(house.store.maintenance.unscoped_drain().await.unwrap(), None);
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, Counts { users: 1, events: 4, properties: 0, aliases: 1 });
    }

    async fn users_of_a_device_on_which_people_took_turns_are_found_after_one_of_them_was_erased(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for name in ["bea@example.com", "cleo@example.com"] {
            site.identifies(7, name).await;
            site.tracks(number(7), 2).await;
        }
        assert_eq!(erase(&house, &ada, &[named("cleo@example.com")]).await, Counts { users: 1, events: 2, properties: 0, aliases: 1 });
        site.tracks(number(7), 1).await;
        assert_eq!(erase(&house, &ada, &[named("bea@example.com")]).await, Counts { users: 1, events: 2, properties: 0, aliases: 1 });
        // One alias, which leads from the device's first turn to what it is now.
        assert_eq!(found(&house, &ada, number(7)).await, Counts { users: 1, events: 1, properties: 0, aliases: 1 });
        erase(&house, &ada, &[number(7)]).await;
        assert_eq!(count(&house, ROWS).await, 0);
    }

    async fn a_device_on_which_people_took_turns_stays_the_last_one_s_when_an_earlier_one_is_erased(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for name in ["bea@example.com", "cleo@example.com", "dora@example.com"] {
            site.identifies(7, name).await;
            site.tracks(number(7), 2).await;
        }
        erase(&house, &ada, &[named("bea@example.com"), named("cleo@example.com")]).await;
        site.tracks(number(7), 1).await;
        assert_eq!(found(&house, &ada, named("dora@example.com")).await.events, 3);
        site.identifies(7, "edna@example.com").await;
        site.tracks(number(7), 1).await;
        assert_eq!(found(&house, &ada, named("edna@example.com")).await.events, 1);
        erase(&house, &ada, &[number(7)]).await;
        assert_eq!(count(&house, ROWS).await, 0);
    }

    async fn whoever_was_identified_after_the_cut_keeps_the_device(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.identifies(7, "bea@example.com").await;
        request(&house, &ada, &[number(7)]).await;
        site.identifies(7, "cleo@example.com").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        site.tracks(number(7), 2).await;
        assert_eq!(found(&house, &ada, named("cleo@example.com")).await.events, 2);
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, Counts::default());
    }

    async fn an_identity_that_is_told_again_after_the_cut_stays_told(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.identifies(7, "bea@example.com").await;
        site.tracks(number(7), 3).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        site.identifies(7, "bea@example.com").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.erased.events, 3);
        site.tracks(number(7), 2).await;
        assert_eq!(found(&house, &ada, named("bea@example.com")).await, Counts { users: 1, events: 2, properties: 0, aliases: 1 });
    }

    async fn who_is_identified_after_the_cut_loses_nothing_to_a_request_for_somebody_else(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(number(9), 4).await;
        site.tracks(named("bea@example.com"), 3).await;
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        site.identifies(9, "bea@example.com").await;
        house.texts("UPDATE jobs SET run_at = 1 WHERE kind = 'rehome' RETURNING kind").await;
        while house.store.maintenance.unscoped_tick().await.unwrap() == Tick::Worked {}
        house.texts("UPDATE jobs SET run_at = 1 RETURNING kind").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.erased.events, 3);
        assert_eq!(found(&house, &ada, named("bea@example.com")).await.events, 4);
    }

    async fn what_arrives_in_the_very_millisecond_of_the_cut_or_after_the_clock_was_set_back_is_new(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea@example.com"), 3).await;
        let granted = house.granted::<store::access::DeleteUsers>(&ada).await;
        let deletions = house.store.console.delete_users(&granted);
        let id = deletions.request(&[named("bea@example.com")]).await.unwrap().id;
        // As another server whose clock is behind.
        house.clock.advance(-3_600_000);
        let other = house.second_server().await;
        Site { collector: other.collector, environment: ada.environment }.tracks(named("bea@example.com"), 2).await;
        site.tracks(named("bea@example.com"), 2).await;
        house.texts("UPDATE jobs SET run_at = 1 RETURNING kind").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.erased.events, 3);
        assert_eq!(found(&house, &ada, named("bea@example.com")).await.events, 4);
        // And the next request reaches all of it.
        let id = deletions.request(&[named("bea@example.com")]).await.unwrap().id;
        house.texts("UPDATE jobs SET run_at = 1 RETURNING kind").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.erased.events, 4);
    }

    async fn users_whose_keys_collide_are_told_apart(house) {
        let ada = house.found("ada@example.com").await;
        let collector = house.store.collector.with_narrow_user_keys(5);
        let site = Site { collector, environment: ada.environment };
        let name = |n: usize| format!("user{n}@example.com");
        for n in 0..20 {
            site.tracks(named(&name(n)), n + 1).await;
        }
        let console = house.store.console.with_narrow_user_keys(5);
        let granted = house.granted(&ada).await;
        let handle = console.delete_users(&granted);
        // Who is erased leaves a gap among the keys, and a search goes past one. With so few bits more would come in a row, which with 63 do not.
        for n in [3, 19] {
            let before = count(&house, ROWS).await;
            assert_eq!(previewed(&handle, &[named(&name(n))]).await.unwrap().total().events, n as u64 + 1);
            handle.request(&[named(&name(n))]).await.unwrap();
            pass(&house).await;
            house.store.maintenance.unscoped_drain().await.unwrap();
            assert_eq!(previewed(&handle, &[named(&name(n))]).await.unwrap().matched, 0);
            assert_eq!(count(&house, ROWS).await, before - 2 - n as u64);
        }
    }

    async fn many_users_with_many_rows_go_in_chunks_with_progress(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let targets: Vec<_> = (0..300).map(number).collect();
        site.sends(What::Events(targets.iter().map(|user| event(user.clone())).collect())).await;
        for _ in 0..5 {
            site.tracks(number(4), 1_000).await;
        }
        let id = request(&house, &ada, &targets).await;
        let mut seen = Vec::new();
        while house.store.maintenance.unscoped_tick().await.unwrap() == Tick::Worked {
            let now = report(&house, &ada, id).await;
            seen.push((now.state, now.erased.total()));
        }
        assert!(seen.is_sorted_by_key(|(_, rows)| *rows), "{seen:?}");
        let steps: std::collections::BTreeSet<u64> = seen.iter().map(|(_, rows)| *rows).collect();
        // The first chunks are small; how large the others are is a matter of speed.
        assert!(steps.len() > 3, "{steps:?}");
        assert!(seen.iter().any(|(state, _)| *state == RequestState::Running));
        assert_eq!(seen.last(), Some(&(RequestState::Complete, 5_600)));
    }

    async fn a_request_tells_when_its_first_chunk_was_erased(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(number(4), 3).await;
        let id = request(&house, &ada, &[number(4)]).await;
        assert_eq!(report(&house, &ada, id).await.began_at, None);
        house.store.maintenance.unscoped_tick().await.unwrap();
        let began = report(&house, &ada, id).await.began_at;
        assert!(began.is_some());
        super::pass(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.began_at, began, "it says so for good");
    }

    async fn a_request_that_an_earlier_version_left_among_its_users_goes_on(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for user in 0..3 {
            site.tracks(number(user), 2).await;
        }
        let id = request(&house, &ada, &[number(0), number(1), number(2)]).await;
        house.store.maintenance.unscoped_tick().await.unwrap();
        let left = format!(r#"UPDATE jobs SET payload = '{{"job":"erase","request":"{id}","step":{{"roots":[0,-1]}}}}' RETURNING kind"#);
        assert_eq!(house.texts(left.leak()).await, ["erase"]);
        house.store.maintenance.unscoped_drain().await.unwrap();
        let done = report(&house, &ada, id).await;
        assert_eq!((done.state, done.erased.total()), (RequestState::Complete, 9));
    }

    async fn a_request_is_complete_only_when_a_count_finds_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea@example.com"), 3).await;
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        let mut appeared = 0;
        for step in ["verify", "scrub", "complete"] {
            loop {
                let job = house.texts("SELECT payload FROM jobs").await;
                if job.is_empty() || job[0].contains(step) {
                    break;
                }
                house.store.maintenance.unscoped_tick().await.unwrap();
            }
            // As if a row had come back to life.
            site.tracks(named("bea@example.com"), 1).await;
            house.texts("UPDATE events SET received_at = 1 RETURNING name").await;
            appeared += 1;
        }
        assert_ne!(report(&house, &ada, id).await.state, RequestState::Complete);
        house.store.maintenance.unscoped_drain().await.unwrap();
        let done = report(&house, &ada, id).await;
        assert_eq!((done.state, done.erased.events), (RequestState::Complete, 3 + appeared));
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM events").await, 0);
    }

    async fn a_count_of_many_users_misses_none_of_them(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let targets: Vec<_> = (0..1_100).map(number).collect();
        site.sends(What::Events(targets.iter().map(|user| event(user.clone())).collect())).await;
        let by_key = house.texts("SELECT CAST(user_id AS TEXT) FROM users ORDER BY user_key").await;
        let id = request(&house, &ada, &targets).await;
        // It has collected nothing, so two of its readers count.
        let worker = house.second_server().await;
        for user in [&by_key[0], &by_key[1_099]] {
            while house.texts("SELECT payload FROM jobs WHERE payload LIKE '%verify%'").await.is_empty() {
                worker.maintenance.unscoped_tick().await.unwrap();
            }
            site.tracks(number(user.parse().unwrap()), 1).await;
            house.texts("UPDATE events SET received_at = 1 RETURNING name").await;
            worker.maintenance.unscoped_tick().await.unwrap();
            assert!(house.texts("SELECT payload FROM jobs").await[0].contains("data"), "it begins anew");
        }
        worker.maintenance.unscoped_drain().await.unwrap();
        let done = report(&house, &ada, id).await;
        assert_eq!((done.state, done.erased.events), (RequestState::Complete, 1_102));
    }

    async fn a_request_that_finds_nobody_completes(house) {
        let ada = house.found("ada@example.com").await;
        assert_eq!(erase(&house, &ada, &[named("nobody@example.com")]).await, Counts::default());
    }

    async fn two_requests_for_one_user_both_complete(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 3).await;
        let first = request(&house, &ada, &[named("bea@example.com")]).await;
        let second = request(&house, &ada, &[named("bea@example.com")]).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let (first, second) = (report(&house, &ada, first).await, report(&house, &ada, second).await);
        assert_eq!((first.state, second.state), (RequestState::Complete, RequestState::Complete));
        assert_eq!(first.erased.total() + second.erased.total(), 4);
    }
}
