//! Requests that are taken back, and requests that fail.

use domain::{
    audit::Deed,
    deletion::{Counts, Grace, RequestState},
    id::RequestId,
    invalid::{Field, Problem},
};
use store::{
    Error,
    access::{DeleteUsers, ManagePrivacy, View},
};

use super::{Site, everything, named, pass, previewed, report, request};
use crate::support::{Founded, House, problem};

const HOUR: i64 = 3_600_000;

async fn set_grace(house: &House, founded: &Founded, hours: i64) {
    let granted = house.granted::<ManagePrivacy>(founded).await;
    house.store.console.set_grace(&granted, Grace::from_hours(hours).unwrap()).await.unwrap();
}

/// The clock of the database cannot be moved, so there the request is made older.
async fn an_hour_passes(house: &House) {
    house.clock.advance(HOUR);
    if house.folder.is_none() {
        house.run("UPDATE deletion_requests SET erase_at = erase_at - 3600000; UPDATE jobs SET run_at = run_at - 3600000").await;
    }
}

async fn left(house: &House, founded: &Founded) -> u64 {
    let view = house.granted::<View>(founded).await;
    house.store.console.holdings(&view, founded.environment).await.unwrap().events
}

/// For which requests they wait, by their names in order.
async fn waiting(house: &House, founded: &Founded, names: &[&str]) -> Vec<Option<RequestId>> {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let targets: Vec<_> = names.iter().map(|name| named(name)).collect();
    let found = previewed(&house.store.console.delete_users(&granted), &targets).await.unwrap();
    found.users.rows.iter().map(|user| user.waits_for).collect()
}

both_engines! {
    async fn a_preview_tells_who_waits_for_another_request_until_it_comes_to_its_end(house) {
        let ada = house.found("ada@example.com").await;
        set_grace(&house, &ada, 1).await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea"), 1).await;
        site.tracks(named("cleo"), 1).await;
        assert_eq!(waiting(&house, &ada, &["bea", "cleo"]).await, [None, None]);
        let bea = request(&house, &ada, &[named("bea")]).await;
        assert_eq!(waiting(&house, &ada, &["bea", "cleo"]).await, [Some(bea), None]);
        let all = everything::ask(&house, &ada, ada.environment).await;
        assert_eq!(waiting(&house, &ada, &["bea", "cleo"]).await, [Some(bea), Some(all)], "one that names them goes before one for everybody");
        site.tracks(named("dora"), 1).await;
        assert_eq!(waiting(&house, &ada, &["dora"]).await, [None], "who came after it was made stays");
        let granted = house.granted::<DeleteUsers>(&ada).await;
        house.store.console.delete_users(&granted).cancel(all).await.unwrap();
        assert_eq!(waiting(&house, &ada, &["bea", "cleo"]).await, [Some(bea), None]);
        an_hour_passes(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, bea).await.state, RequestState::Complete);
        site.tracks(named("bea"), 1).await;
        assert_eq!(waiting(&house, &ada, &["bea", "cleo"]).await, [None, None], "who comes again is somebody new");
    }

    async fn a_request_is_cancelled_until_its_time_comes_and_not_after(house) {
        let ada = house.found("ada@example.com").await;
        set_grace(&house, &ada, 1).await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea@example.com"), 3).await;
        site.tracks(named("cyd@example.com"), 2).await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let deletions = house.store.console.delete_users(&granted);

        let first = request(&house, &ada, &[named("bea@example.com")]).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let told = report(&house, &ada, first).await;
        assert_eq!((told.state, told.erased), (RequestState::Pending, Counts::default()), "nothing goes during grace");
        deletions.cancel(first).await.unwrap();
        assert_eq!(problem(deletions.cancel(first).await), (Field::Whole, Problem::TooLate));
        assert_eq!(report(&house, &ada, first).await.state, RequestState::Cancelled);
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM deletion_subjects").await, ["0"], "whom it was about is forgotten");

        let second = request(&house, &ada, &[named("cyd@example.com")]).await;
        an_hour_passes(&house).await;
        assert_eq!(problem(deletions.cancel(second).await), (Field::Whole, Problem::TooLate), "by the server's rule, begun or not");
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, second).await.state, RequestState::Complete);
        assert_eq!(left(&house, &ada).await, 3, "the cancelled one erased nothing");
        assert_eq!(house.texts("SELECT kind FROM jobs").await, [""; 0]);
        let view = house.granted::<View>(&ada).await;
        assert!(house.store.console.audit_log(&view, None).await.unwrap().iter().any(|entry| entry.deed == Deed::DeletionCancelled { request: first }));
    }

    async fn a_request_of_another_account_cannot_be_cancelled_or_tried_again(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        set_grace(&house, &ada, 24).await;
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        let granted = house.granted::<DeleteUsers>(&eve).await;
        let deletions = house.store.console.delete_users(&granted);
        assert!(matches!(deletions.cancel(id).await, Err(Error::NotFound)));
        assert!(matches!(deletions.retry(id).await, Err(Error::NotFound)));
        let granted = house.granted::<DeleteUsers>(&ada).await;
        assert!(matches!(house.store.console.delete_users(&granted).retry(id).await, Err(Error::Conflict)), "it has not failed");
    }

    async fn the_pace_of_requests_is_counted_from_the_end_of_grace(house) {
        let ada = house.found("ada@example.com").await;
        let view = house.granted::<View>(&ada).await;
        let console = &house.store.console;
        assert_eq!(console.deletion_pace(&view).await.unwrap(), None);
        set_grace(&house, &ada, 1).await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        request(&house, &ada, &[named("bea@example.com")]).await;
        an_hour_passes(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let pace = console.deletion_pace(&view).await.unwrap().unwrap();
        assert_eq!(pace.requests, 1);
        assert!(pace.within_millis < 3_600_000, "grace does not count: {pace:?}");
    }

    async fn a_script_has_no_grace(house) {
        let ada = house.found("ada@example.com").await;
        set_grace(&house, &ada, 336).await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        let token = house.store.console.api_token(ada.environment, ada.api_key.as_deref().unwrap()).await.unwrap();
        let (script, account) = house.store.console.script(&token).await.unwrap();
        let granted = house.store.console.grant::<DeleteUsers>(&script, account).await.unwrap();
        let id = house.store.console.delete_users(&granted).request(&[named("bea@example.com")]).await.unwrap().id;
        pass(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(report(&house, &ada, id).await.state, RequestState::Complete);
    }

    async fn a_request_that_fails_for_hours_says_why_and_goes_on_when_it_is_told_to(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 3).await;
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        house.run("ALTER TABLE deletion_counts RENAME TO elsewhere").await;
        let mut tries = 0;
        while report(&house, &ada, id).await.state != RequestState::Failed {
            assert!(house.store.maintenance.unscoped_tick().await.is_err());
            tries += 1;
            assert!(tries < 20, "it does not try for ever");
            house.clock.advance(2 * HOUR);
            if house.folder.is_none() {
                house.run("UPDATE jobs SET run_at = 0").await;
            }
        }
        assert_eq!(tries, 12);
        let told = report(&house, &ada, id).await;
        assert!(told.failure.unwrap().contains("deletion_counts"));
        assert_eq!(house.texts("SELECT kind FROM jobs").await, [""; 0]);
        house.run("ALTER TABLE elsewhere RENAME TO deletion_counts").await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        house.store.console.delete_users(&granted).retry(id).await.unwrap();
        pass(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.failure, told.erased.events), (RequestState::Complete, None, 3));
    }
}
