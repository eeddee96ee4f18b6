//! A backup is restored, and what the erasure journal names is erased again.

use domain::{
    deletion::{RequestState, Suppression, Whom},
    time::Millis,
};
use store::{Maintenance, access::DeleteUsers, journal::Journal};

use super::{Site, count, named, number, pass, report, request};
use crate::support::{Founded, House};

const EVENTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM events";

/// The worker of a server that has a journal, and the folder that it is in.
fn worker(house: &House) -> (Maintenance, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::at(folder.path().join("erased.jsonl"));
    (house.store.maintenance.clone().with_journal(journal), folder)
}

/// How many requests are carried out once more.
async fn again(worker: &Maintenance) -> usize {
    worker.unscoped_erase_again(Millis(0)).await.unwrap().requests.len()
}

/// Both engines go back to where they were before the request: as a restored backup is, but for the clock.
async fn restore(house: &House, founded: &Founded) {
    let everything = "DELETE FROM suppressions; DELETE FROM deletion_counts; DELETE FROM receipts; DELETE FROM deletion_subjects; DELETE FROM jobs; DELETE FROM deletion_requests";
    house.run(everything).await;
    let site = Site::of(house, founded.environment);
    site.tracks(named("bea"), 2).await;
    site.tracks(number(7), 3).await;
    site.tracks(named("cyd"), 1).await;
    // As it was received then.
    house.run("UPDATE events SET received_at = 1; UPDATE users SET received_at = 1").await;
}

both_engines! {
    async fn what_was_erased_is_erased_again_and_nothing_else(house) {
        let ada = house.found("ada@example.com").await;
        let (worker, _folder) = worker(&house);
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea"), 2).await;
        site.tracks(number(7), 3).await;
        let id = request(&house, &ada, &[named("bea"), number(7)]).await;
        worker.unscoped_drain().await.unwrap();
        assert_eq!(again(&worker).await, 0, "it knows that it is erased");

        restore(&house, &ada).await;
        assert_eq!(count(&house, EVENTS).await, 6);
        assert_eq!(again(&worker).await, 1);
        assert_eq!(house.texts("SELECT identity FROM users").await, ["cyd"]);
        assert_eq!(count(&house, EVENTS).await, 1);
        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.erased.events), (RequestState::Complete, 5), "under the number that it had");
        assert_eq!(again(&worker).await, 0);
    }

    async fn whoever_was_kept_out_is_kept_out_again(house) {
        let ada = house.found("ada@example.com").await;
        let (worker, _folder) = worker(&house);
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let deletions = house.store.console.delete_users(&granted);
        let selection = deletions.select(&Whom::Named(vec![named("bea")])).await.unwrap();
        deletions.request_selected(&selection, Suppression::Forever).await.unwrap();
        pass(&house).await;
        worker.unscoped_drain().await.unwrap();
        house.run("DELETE FROM suppressions").await;
        house.run("UPDATE accounts SET rules_version = (SELECT rules_version + 1 FROM installation)").await;
        house.run("UPDATE installation SET rules_version = rules_version + 1").await;
        restore(&house, &ada).await;
        assert_eq!(again(&worker).await, 1);
        let console = &house.second_server().await.console;
        assert!(console.suppressing(&granted, &named("bea")).await.unwrap().is_some());
        let told = console.suppressions(&house.granted(&ada).await).await.unwrap();
        assert_eq!((told.len(), told[0].until), (1, Suppression::EVER));
    }

    async fn everything_in_an_environment_is_erased_again(house) {
        let ada = house.found("ada@example.com").await;
        let (worker, _folder) = worker(&house);
        Site::of(&house, ada.environment).tracks(named("bea"), 2).await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let deletions = house.store.console.delete_users(&granted);
        let selection = deletions.select(&Whom::Everything(ada.environment)).await.unwrap();
        deletions.request_selected(&selection, Suppression::None).await.unwrap();
        pass(&house).await;
        worker.unscoped_drain().await.unwrap();
        restore(&house, &ada).await;
        assert_eq!(again(&worker).await, 1);
        assert_eq!(count(&house, EVENTS).await, 0);
    }

    async fn a_cancelled_request_is_not_in_the_journal_and_an_old_entry_is_forgotten(house) {
        let ada = house.found("ada@example.com").await;
        let (worker, folder) = worker(&house);
        Site::of(&house, ada.environment).tracks(named("bea"), 2).await;
        request(&house, &ada, &[named("bea")]).await;
        house.run("UPDATE deletion_requests SET state = 'cancelled'").await;
        worker.unscoped_drain().await.unwrap();
        let lines = || std::fs::read_to_string(folder.path().join("erased.jsonl")).unwrap_or_default().lines().count();
        assert_eq!(lines(), 0);
        request(&house, &ada, &[named("bea")]).await;
        worker.unscoped_drain().await.unwrap();
        assert_eq!(lines(), 1);
        restore(&house, &ada).await;
        assert_eq!(worker.unscoped_erase_again(Millis(i64::MAX)).await.unwrap().requests, [], "no backup is as old as that");
        assert_eq!((lines(), count(&house, EVENTS).await), (0, 6));
    }

    async fn nothing_goes_where_it_cannot_be_written_down(house) {
        let ada = house.found("ada@example.com").await;
        let (worker, folder) = worker(&house);
        Site::of(&house, ada.environment).tracks(named("bea"), 2).await;
        request(&house, &ada, &[named("bea")]).await;
        drop(folder);
        let error = worker.unscoped_drain().await.unwrap_err();
        assert!(error.to_string().contains("erased.jsonl"), "{error}");
        assert_eq!(count(&house, EVENTS).await, 2);
    }
}
