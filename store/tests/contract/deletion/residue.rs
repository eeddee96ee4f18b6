//! The identity's bytes are in no file.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use domain::{
    collect::{Event, Properties, PropertyValue},
    name::EventName,
    privacy::Typed,
};
use store::{access::DeleteUsers, collector::What};

use super::{Site, count, erase, named, number, report, request};
use crate::{privacy::FORM, support::House};

const USERS: usize = 5_000;
const EVENTS: usize = 150_000;

fn name(n: usize) -> String {
    format!("person-{n:06}@residue.example.com")
}

/// The number of the user of the n-th event: all over the place.
fn scattered(n: usize) -> usize {
    n.wrapping_mul(2_654_435_761) / 7 % USERS
}

fn says(n: usize) -> Event {
    let user = name(scattered(n));
    let long = "x".repeat(n % 97);
    let properties = Properties::from_iter([("e-mail".to_owned(), PropertyValue::Text(format!("{user} {long}")))]);
    Event {
        name: EventName::parse("Order").unwrap(),
        user: named(&user),
        company: None,
        session_id: Some(user),
        occurred_at: None,
        idempotency_key: None,
        properties,
    }
}

/// Those of the names that stand in any file of a folder.
pub(super) fn readable<'a>(folder: &Path, names: &'a [String]) -> BTreeSet<&'a str> {
    const PREFIX: usize = "person-000000@".len();
    let mut there = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let mut file = BufReader::new(File::open(file.unwrap().path()).unwrap());
        let mut piece = Vec::new();
        while file.read_until(b'@', &mut piece).unwrap() > 0 {
            if let Some(end) = piece.last_chunk::<PREFIX>().filter(|end| end.starts_with(b"person-")) {
                there.insert(*end);
            }
            piece.clear();
        }
    }
    names.iter().map(String::as_str).filter(|name| there.contains(&name.as_bytes()[..PREFIX])).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erased_identities_are_in_no_file_of_the_data_directory() {
    let house = House::sqlite().await;
    let ada = house.found("ada@example.com").await;
    let site = Site::of(&house, ada.environment);
    for n in (0..EVENTS).step_by(1_000) {
        site.sends(What::Events((n..n + 1_000).map(says).collect())).await;
    }
    let erased: Vec<String> = (0..100).map(|n| name(n * 49 + 3)).collect();
    for user in &erased {
        site.knows(named(user), "e-mail", user).await;
    }
    let kept = [name(1), name(2_500)];
    let folder = house.folder.as_ref().unwrap().path().to_owned();
    assert_eq!(readable(&folder, &erased).len(), 100);

    let targets: Vec<_> = erased.iter().map(|name| named(name)).collect();
    let counts = erase(&house, &ada, &targets).await;
    assert_eq!((counts.users, counts.properties), (100, 100));
    assert_eq!(readable(&folder, &erased), BTreeSet::new());
    assert_eq!(readable(&folder, &kept).len(), 2);
    let left = count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM events").await;
    assert_eq!(left + counts.events, EVENTS as u64);
    assert_eq!(house.texts("PRAGMA integrity_check").await, ["ok"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scrubbed_properties_are_in_no_file_of_the_data_directory() {
    let house = House::sqlite().await;
    let ada = house.found("ada@example.com").await;
    let site = Site::of(&house, ada.environment);
    for n in (0..20_000).step_by(1_000) {
        let events = (n..n + 1_000).map(|n| Event { user: number(scattered(n) as u64), session_id: None, ..says(n) });
        site.sends(What::Events(events.collect())).await;
    }
    let all: Vec<String> = (0..USERS).map(name).collect();
    let folder = house.folder.as_ref().unwrap().path().to_owned();
    assert!(readable(&folder, &all).len() > 4_000);

    house.keep(&ada, ada.environment, &Typed { event_properties: "e-mail", ..FORM }).await;
    let granted = house.granted::<DeleteUsers>(&ada).await;
    let id = house.store.console.delete_users(&granted).request_scrub(ada.environment).await.unwrap();
    house.store.maintenance.unscoped_drain().await.unwrap();
    assert_eq!(report(&house, &ada, id).await.erased.events, 20_000);
    assert_eq!(readable(&folder, &all), BTreeSet::new());
    assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM events").await, 20_000);
    assert_eq!(house.texts("PRAGMA integrity_check").await, ["ok"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql_the_tables_are_vacuumed() {
    let house = House::postgres().await;
    let ada = house.found("ada@example.com").await;
    Site::of(&house, ada.environment).tracks(named("bea@example.com"), 50).await;
    erase(&house, &ada, &[named("bea@example.com")]).await;
    let vacuumed = "SELECT CAST(relname AS TEXT) FROM pg_stat_all_tables WHERE schemaname = current_schema() AND vacuum_count > 0 AND relname IN ('events', 'users', 'user_properties', 'aliases') ORDER BY 1";
    assert_eq!(house.texts(vacuumed).await, ["aliases", "events", "user_properties", "users"]);
    assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM users WHERE identity IS NOT NULL").await, ["0"]);
}

/// A chunk that waits for a row which is written anew meanwhile must leave the new row. On SQLite there is one writer, so no chunk ever waits for a row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_property_that_is_set_while_its_old_value_is_being_erased_stays() {
    let house = House::postgres().await;
    let ada = house.found("ada@example.com").await;
    let site = Site::of(&house, ada.environment);
    site.knows(named("bea@example.com"), "city", "Bonn").await;
    request(&house, &ada, &[named("bea@example.com")]).await;

    // A batch that holds the row, as one that came after the cut does.
    let mut holder = house.postgres_connection().await;
    sqlx::raw_sql("BEGIN; UPDATE user_properties SET value = '\"Rome\"', received_at = received_at + 86400000")
        .execute(&mut holder)
        .await
        .unwrap();
    let (pid,): (i32,) = sqlx::query_as("SELECT pg_backend_pid()").fetch_one(&mut holder).await.unwrap();
    let maintenance = house.store.maintenance.clone();
    let erasing = tokio::spawn(async move { maintenance.unscoped_drain().await });
    let mut observer = house.postgres_connection().await;
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))";
    while sqlx::query_as::<_, (i64,)>(waiting).bind(pid).fetch_one(&mut observer).await.unwrap().0 == 0 {}
    sqlx::raw_sql("COMMIT").execute(&mut holder).await.unwrap();
    erasing.await.unwrap().unwrap();
    assert_eq!(house.texts("SELECT value FROM user_properties").await, ["\"Rome\""]);
}
