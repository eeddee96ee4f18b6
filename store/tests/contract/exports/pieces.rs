//! An archive that is made in many pieces, by workers that die.

use domain::export::{EVENTS_SHOWN, ExportState};
use store::maintenance::Tick;

use super::{ask, data, download, exported, file, rows, told};
use crate::{
    deletion::{Site, leases_end, named, number, works_for},
    support::{Founded, House},
};

async fn fill(house: &House, founded: &Founded) {
    let site = Site::of(house, founded.environment);
    for device in 0..70 {
        site.tracks(number(device), 3).await;
        site.identifies(device, "bea@example.com").await;
    }
    for n in 0..30 {
        site.knows(named("bea@example.com"), &format!("property {n}"), "x").await;
    }
    site.tracks(named("bea@example.com"), 900).await;
    house.store.maintenance.unscoped_drain().await.unwrap();
}

fn is_whole(archive: &[u8]) {
    let data = data(archive);
    let place = &data["environments"][0];
    let lengths = ["users", "user_properties", "aliases", "events"].map(|table| rows(place, table).len());
    // Whoever was identified is no user any more, but an alias.
    assert_eq!(lengths, [1, 30, 70, 1_110]);
    let page = file(archive, "index.html");
    assert_eq!(page.matches("Order").count(), EVENTS_SHOWN);
    assert!(page.contains("The newest 500 of 1110."), "it says what it leaves to the other files");
    assert_eq!(file(archive, "events.csv").lines().count(), 1_111);
}

both_engines! {
    async fn a_piece_holds_so_many_rows_and_all_pieces_are_one_archive(house) {
        let ada = house.found("ada@example.com").await;
        fill(&house, &ada).await;
        let id = ask(&house, &ada, &named("bea@example.com")).await;
        let worker = house.store.maintenance.with_small_exports(50);
        let mut pieces = 0;
        while told(&house, &ada, id).await.state == ExportState::Running {
            assert_eq!(worker.unscoped_tick().await.unwrap(), Tick::Worked);
            pieces += 1;
        }
        assert!((1_211 / 64..=1_211 / 50 + 10).contains(&pieces), "{pieces}");
        is_whole(&download(&house, &ada, id).await);
    }

    async fn a_worker_that_dies_at_any_point_leaves_an_archive_that_another_one_finishes(house) {
        let ada = house.found("ada@example.com").await;
        fill(&house, &ada).await;
        let id = ask(&house, &ada, &named("bea@example.com")).await;
        let worker = house.store.maintenance.with_small_exports(60);
        let mut deaths = 0;
        // Every other worker dies early: how often one is polled for a piece depends on how busy the machine is.
        for polls in (0..).map(|n| if n % 2 == 0 { n * 7 % 40 } else { 300 }) {
            if told(&house, &ada, id).await.state == ExportState::Ready {
                break;
            }
            if !matches!(works_for(&worker, polls).await, Some(Tick::Worked)) {
                deaths += 1;
                leases_end(&house).await;
            }
        }
        assert!(deaths > 3, "{deaths}");
        is_whole(&download(&house, &ada, id).await);
    }

    async fn a_user_with_much_is_told_in_parts_that_a_download_can_hold(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for _ in 0..10 {
            site.tracks(named("bea@example.com"), 1_000).await;
        }
        let archive = exported(&house, &ada, &named("bea@example.com")).await;
        assert_eq!(rows(&data(&archive)["environments"][0], "events").len(), 10_000);
    }
}
