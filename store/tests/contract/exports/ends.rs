//! When an archive goes: its time is over, somebody deletes it, or those whom it is about are erased.

use std::{collections::BTreeSet, path::Path};

use domain::{
    access::Access,
    collect::Event,
    deletion::{RequestState, Target},
    export::{ExportState, KEPT_HOURS},
    id::ExportId,
    invalid::{Field, Problem},
};
use store::{
    Error,
    access::{DeleteUsers, ManageProjects, View},
    collector::What,
    console::exports::PartPlace,
};

use super::{ask, download, drain, file, shop, told};
use crate::{
    deletion::{Site, count, erase, event, leases_end, named, number, pass, report, request},
    support::{Founded, House, problem},
};

const PARTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM export_parts";
const SUBJECTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM export_subjects";

async fn bea(house: &House, founded: &Founded) -> Target {
    let bea = named("bea@example.com");
    Site::of(house, founded.environment).tracks(bea.clone(), 20).await;
    bea
}

async fn its_time_is_over(house: &House) {
    house.clock.advance(KEPT_HOURS * 3_600_000 + 2);
    if house.folder.is_none() {
        house.run("UPDATE exports SET expires_at = expires_at - 86400002; UPDATE jobs SET run_at = run_at - 86400002").await;
    }
}

async fn delete(house: &House, founded: &Founded, id: ExportId) -> Result<(), Error> {
    let granted = house.granted::<DeleteUsers>(founded).await;
    house.store.console.export_users(&granted).delete(id).await
}

async fn is_gone(house: &House, founded: &Founded, id: ExportId, state: ExportState) {
    assert_eq!(told(house, founded, id).await.state, state);
    let granted = house.granted::<DeleteUsers>(founded).await;
    let exports = house.store.console.export_users(&granted);
    assert!(matches!(exports.download(id).await, Err(Error::NotFound)));
    assert_eq!((count(house, PARTS).await, count(house, SUBJECTS).await), (0, 0));
}

both_engines! {
    async fn an_archive_can_be_downloaded_for_a_day_and_is_erased_then(house) {
        let ada = house.found("ada@example.com").await;
        let id = ask(&house, &ada, &bea(&house, &ada).await).await;
        drain(&house).await;
        download(&house, &ada, id).await;
        its_time_is_over(&house).await;
        assert_eq!(told(&house, &ada, id).await.state, ExportState::Expired, "also before the worker has come to it");
        let granted = house.granted::<DeleteUsers>(&ada).await;
        assert!(matches!(house.store.console.export_users(&granted).download(id).await, Err(Error::NotFound)));
        drain(&house).await;
        is_gone(&house, &ada, id, ExportState::Expired).await;
        assert_eq!(house.texts("SELECT kind FROM jobs").await, [""; 0]);
    }

    async fn an_archive_is_deleted_before_its_time_and_once(house) {
        let ada = house.found("ada@example.com").await;
        let id = ask(&house, &ada, &bea(&house, &ada).await).await;
        drain(&house).await;
        delete(&house, &ada, id).await.unwrap();
        let granted = house.granted::<DeleteUsers>(&ada).await;
        assert_eq!(house.store.console.export_users(&granted).part(id, PartPlace::START).await.unwrap(), None, "at once");
        drain(&house).await;
        is_gone(&house, &ada, id, ExportState::Deleted).await;
        assert_eq!(problem(delete(&house, &ada, id).await), (Field::Whole, Problem::TooLate));
    }

    async fn an_export_that_is_deleted_while_it_is_made_is_made_no_further(house) {
        let ada = house.found("ada@example.com").await;
        let id = ask(&house, &ada, &bea(&house, &ada).await).await;
        house.store.maintenance.with_small_exports(5).unscoped_tick().await.unwrap();
        assert_ne!(count(&house, PARTS).await, 0);
        delete(&house, &ada, id).await.unwrap();
        drain(&house).await;
        is_gone(&house, &ada, id, ExportState::Deleted).await;
        assert_eq!(house.texts("SELECT kind FROM jobs").await, [""; 0]);
    }

    async fn a_deletion_request_withdraws_the_archives_of_whom_it_erases_and_no_others(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        let bea = bea(&house, &ada).await;
        site.tracks(number(7), 1).await;
        site.identifies(7, "bea@example.com").await;
        site.tracks(named("cyd@example.com"), 1).await;
        let (ready, other) = (ask(&house, &ada, &bea).await, ask(&house, &ada, &named("cyd@example.com")).await);
        drain(&house).await;
        let running = ask(&house, &ada, &bea).await;
        house.store.maintenance.with_small_exports(5).unscoped_tick().await.unwrap();
        pass(&house).await;
        // By a name that the archives were not asked for.
        erase(&house, &ada, &[number(7)]).await;
        for id in [ready, running] {
            assert_eq!(told(&house, &ada, id).await.state, ExportState::Withdrawn);
        }
        assert_eq!(told(&house, &ada, other).await.state, ExportState::Ready);
        let archive = download(&house, &ada, other).await;
        assert!(file(&archive, "data.json").contains("cyd"));
        assert_eq!(count(&house, SUBJECTS).await, 1);
    }

    async fn an_export_that_is_asked_for_while_they_are_erased_does_not_outlive_the_request(house) {
        let ada = house.found("ada@example.com").await;
        let bea = bea(&house, &ada).await;
        let erasing = request(&house, &ada, std::slice::from_ref(&bea)).await;
        let hindrance = house.hinder_scrubbing().await;
        let maintenance = house.store.maintenance.clone();
        let working = tokio::spawn(async move { maintenance.unscoped_drain().await });
        while count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE payload LIKE '%\"scrub\"%' AND leased_until > 1").await == 0 {
            assert!(!working.is_finished(), "it waits at the scrub");
        }
        // Somebody of the same name came back.
        Site::of(&house, ada.environment).tracks(bea.clone(), 1).await;
        let id = ask(&house, &ada, &bea).await;
        hindrance.close().await;
        working.await.unwrap().unwrap();
        leases_end(&house).await;
        drain(&house).await;
        assert_eq!(report(&house, &ada, erasing).await.state, RequestState::Complete);
        is_gone(&house, &ada, id, ExportState::Withdrawn).await;
    }

    async fn a_deleted_environment_takes_the_archives_along_that_tell_of_it(house) {
        let ada = house.found("ada@example.com").await;
        let bea = bea(&house, &ada).await;
        let shop = shop(&house, &ada).await;
        Site::of(&house, shop).tracks(named("cyd@example.com"), 1).await;
        let (stays, goes) = (ask(&house, &ada, &bea).await, ask(&house, &ada, &named("cyd@example.com")).await);
        drain(&house).await;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let projects = house.store.console.manage_projects(&granted);
        let project = house.store.console.environment(&house.granted::<View>(&ada).await, shop).await.unwrap().project;
        projects.delete(project, "Shop").await.unwrap();
        drain(&house).await;
        assert_eq!(told(&house, &ada, goes).await.state, ExportState::Withdrawn);
        assert_eq!(told(&house, &ada, stays).await.state, ExportState::Ready);
        assert_eq!(count(&house, SUBJECTS).await, 1);
    }

    async fn an_archive_of_another_account_is_as_good_as_none(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        let id = ask(&house, &ada, &bea(&house, &ada).await).await;
        drain(&house).await;
        let console = &house.store.console;
        let granted = house.granted::<DeleteUsers>(&eve).await;
        let exports = console.export_users(&granted);
        assert!(matches!(exports.download(id).await, Err(Error::NotFound)));
        assert!(matches!(exports.delete(id).await, Err(Error::NotFound)));
        assert_eq!(exports.part(id, PartPlace::START).await.unwrap(), None);
        let view = house.granted::<View>(&eve).await;
        assert!(matches!(console.export(&view, id).await, Err(Error::NotFound)));
        assert!(console.exports(&view).await.unwrap().is_empty());
    }

    async fn a_read_only_teammate_sees_exports_and_gets_none(house) {
        let ada = house.found("ada@example.com").await;
        ask(&house, &ada, &bea(&house, &ada).await).await;
        let (_, bob) = house.join(&ada, "bob@example.com", Access::ReadOnly).await;
        let console = &house.store.console;
        let view = console.grant::<View>(&bob, ada.account).await.unwrap();
        assert_eq!(console.exports(&view).await.unwrap().len(), 1);
        assert!(matches!(console.grant::<DeleteUsers>(&bob, ada.account).await, Err(Error::Forbidden)));
    }

    async fn an_export_that_fails_for_hours_says_why_and_leaves_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let id = ask(&house, &ada, &bea(&house, &ada).await).await;
        house.run("UPDATE environments SET id = 99999999999; UPDATE export_subjects SET environment_id = 99999999999").await;
        for _ in 0..12 {
            house.run("UPDATE jobs SET run_at = 1").await;
            assert!(matches!(house.store.maintenance.unscoped_tick().await, Err(Error::Inconsistent { .. })));
        }
        drain(&house).await;
        let export = told(&house, &ada, id).await;
        assert_eq!((export.state, export.failure.as_deref()), (ExportState::Failed, Some("environments holds what cannot be read")));
        assert_eq!((count(&house, PARTS).await, count(&house, SUBJECTS).await), (0, 0));
    }
}

/// How many of these samples stand in any file of a folder.
fn standing(folder: &Path, samples: &[&[u8]]) -> usize {
    let search = aho_corasick::AhoCorasick::new(samples).unwrap();
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let there = std::fs::read(file.unwrap().path()).unwrap();
        found.extend(search.find_iter(&there).map(|found| found.pattern()));
    }
    found.len()
}

/// Compressed text holds no name that could be looked for, so what is looked for is the archive itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_that_is_gone_is_in_no_file_of_the_data_directory() {
    let house = House::sqlite().await;
    let folder = house.folder.as_ref().unwrap().path().to_owned();
    let ada = house.found("ada@example.com").await;
    let site = Site::of(&house, ada.environment);
    for end in [ExportState::Expired, ExportState::Deleted, ExportState::Withdrawn] {
        for n in 0..5_u64 {
            site.knows(named("bea@example.com"), &format!("property {n}"), "y").await;
            let visit =
                |m: u64| Event { session_id: Some(m.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_string()), ..event(named("bea@example.com")) };
            site.sends(What::Events((n * 1_000..(n + 1) * 1_000).map(visit).collect())).await;
        }
        let id = ask(&house, &ada, &named("bea@example.com")).await;
        drain(&house).await;
        let archive = download(&house, &ada, id).await;
        let samples: Vec<&[u8]> = (0..archive.len() / 1_000).map(|n| &archive[n * 1_000..][..64]).collect();
        // But for those that lie across two pages.
        assert!(samples.len() > 20 && standing(&folder, &samples) > samples.len() * 3 / 4, "{}", samples.len());
        match end {
            ExportState::Expired => its_time_is_over(&house).await,
            ExportState::Deleted => delete(&house, &ada, id).await.unwrap(),
            _ => drop(erase(&house, &ada, &[named("bea@example.com")]).await),
        }
        drain(&house).await;
        assert_eq!(told(&house, &ada, id).await.state, end);
        assert_eq!(standing(&folder, &samples), 0, "{end:?}");
    }
}
