use std::{future::poll_fn, pin::pin, task::Poll};

use domain::deletion::{Counts, RequestState};
use store::{Error, Maintenance, collector::What, maintenance::Tick};

use super::{Site, count, event, leases_end, named, number, report, request};

/// Works for so many polls, then dies. Answers what the tick did if it came to its end.
pub(crate) async fn works_for(maintenance: &Maintenance, mut polls: usize) -> Option<Tick> {
    let mut tick = pin!(maintenance.unscoped_tick());
    poll_fn(|context| match tick.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done.unwrap())),
        Poll::Pending if polls == 0 => Poll::Ready(None),
        Poll::Pending => {
            polls -= 1;
            Poll::Pending
        }
    })
    .await
}

both_engines! {
    async fn a_worker_that_dies_at_any_point_loses_nothing_and_counts_nothing_twice(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let targets: Vec<_> = (0..200).map(number).collect();
        site.sends(What::Events(targets.iter().map(|user| event(user.clone())).collect())).await;
        for _ in 0..3 {
            site.tracks(number(3), 1_000).await;
        }
        site.tracks(named("other@example.com"), 1).await;
        let id = request(&house, &ada, &targets).await;
        let mut deaths = 0;
        for polls in 0.. {
            match works_for(&house.store.maintenance, polls % 40).await {
                Some(Tick::Idle(None)) => break,
                Some(Tick::Worked) => {}
                // The commit of a claim came after its worker's death, and after the last look.
                Some(Tick::Idle(Some(_))) => leases_end(&house).await,
                None => {
                    deaths += 1;
                    leases_end(&house).await;
                }
            }
        }
        assert!(deaths > 10, "{deaths}");
        let done = report(&house, &ada, id).await;
        assert_eq!((done.state, done.erased), (RequestState::Complete, Counts { users: 200, events: 3_200, properties: 0, aliases: 0 }));
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM events").await, 1);
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_log WHERE deed LIKE '%deletion_completed%'").await, 1);
    }

    async fn a_claimed_job_is_nobody_else_s_until_the_lease_ends(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        let other = house.second_server().await.maintenance;
        let hindrance = house.hinder_scrubbing().await;
        let maintenance = house.store.maintenance.clone();
        let working = tokio::spawn(async move { maintenance.unscoped_drain().await });
        while count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE payload LIKE '%\"scrub\"%' AND leased_until > 1").await == 0 {
            assert!(!working.is_finished(), "it waits at the scrub");
        }
        assert!(matches!(other.unscoped_tick().await.unwrap(), Tick::Idle(Some(_))));
        working.abort();
        working.await.unwrap_err();
        assert!(matches!(other.unscoped_tick().await.unwrap(), Tick::Idle(Some(_))), "nobody knows that its worker is dead");
        hindrance.close().await;
        leases_end(&house).await;
        other.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.state, RequestState::Complete);
    }

    async fn two_workers_share_the_work_and_no_job(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let mut ids = Vec::new();
        for n in 0..6 {
            site.tracks(number(n), 20).await;
            ids.push(request(&house, &ada, &[number(n)]).await);
        }
        let other = house.second_server().await.maintenance;
        let (here, there) = tokio::join!(works_on(&house.store.maintenance), works_on(&other));
        assert!(here > 0 && there > 0, "{here} and {there}");
        for id in ids {
            let done = report(&house, &ada, id).await;
            assert_eq!((done.state, done.erased.total()), (RequestState::Complete, 21));
        }
    }

    async fn a_job_that_fails_stays_and_is_tried_again_later(house) {
        let ada = house.found("ada@example.com").await;
        let id = request(&house, &ada, &[number(7)]).await;
        let payload = house.texts("SELECT payload FROM jobs").await.remove(0);
        house.texts("UPDATE jobs SET payload = '{}' RETURNING kind").await;
        for wait in [2_000, 4_000, 8_000] {
            house.texts("UPDATE jobs SET run_at = 1 RETURNING kind").await;
            assert!(matches!(house.store.maintenance.unscoped_tick().await, Err(Error::Inconsistent { .. })));
            let Tick::Idle(Some(next)) = house.store.maintenance.unscoped_tick().await.unwrap() else { panic!("it is due at once") };
            if house.folder.is_some() {
                assert_eq!(next.0, store::surroundings::Clock::now(&*house.clock).0 + wait);
            }
        }
        house.texts("UPDATE jobs SET run_at = 1 RETURNING kind").await;
        house.texts(format!("UPDATE jobs SET payload = '{payload}' RETURNING kind").leak()).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.state, RequestState::Complete);
    }
}

/// Until nothing is left at all, also of what the other worker holds.
async fn works_on(maintenance: &Maintenance) -> u32 {
    let mut chunks = 0;
    loop {
        match maintenance.unscoped_tick().await.unwrap() {
            Tick::Worked => chunks += 1,
            Tick::Idle(Some(_)) => tokio::task::yield_now().await,
            Tick::Idle(None) => return chunks,
        }
    }
}
