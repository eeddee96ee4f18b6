use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use store::collector::{Collector, Outcome};

use super::{HOME, event, events, named, number, sets};

const COUNT: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM events";

/// Writes batches until it is told to stop. Answers how many were refused.
async fn flood(collector: Collector, environment: domain::id::EnvironmentId, written: Arc<AtomicU64>, stop: Arc<AtomicBool>) -> u64 {
    let mut refused = 0;
    while !stop.load(Ordering::SeqCst) {
        let batch = (0..20).map(|n| events(environment, vec![event(named(&format!("u{n}")), "View")])).collect();
        let outcomes = collector.write(batch).await.unwrap();
        assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]));
        refused += u64::from(outcomes[0] == Outcome::Excluded);
        written.fetch_add(1, Ordering::SeqCst);
    }
    refused
}

both_engines! {
    async fn from_the_answer_to_a_save_on_no_server_stores_anything_from_an_excluded_address(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let (written, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let mut floods = Vec::new();
        for collector in [&house.store.collector, &house.store.collector, &other.collector, &other.collector] {
            floods.push(tokio::spawn(flood(collector.clone(), ada.environment, written.clone(), stop.clone())));
        }
        let reached = |count: u64| {
            let written = written.clone();
            async move {
                while written.load(Ordering::SeqCst) < count {
                    tokio::task::yield_now().await;
                }
            }
        };
        let mut last = String::new();
        for _ in 0..3 {
            reached(written.load(Ordering::SeqCst) + 10).await;
            house.exclude(&ada, None, &[&HOME.to_string()]).await;
            let then = house.texts(COUNT).await.remove(0);
            assert_ne!(then, last, "nothing was collected before the save");
            reached(written.load(Ordering::SeqCst) + 20).await;
            last = house.texts(COUNT).await.remove(0);
            assert_eq!(last, then);
            house.exclude(&ada, None, &[]).await;
        }
        stop.store(true, Ordering::SeqCst);
        for flood in floods {
            flood.await.unwrap();
        }
    }

    async fn from_the_answer_to_a_deletion_on_an_environment_stores_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let project = {
            let granted = house.granted(&ada).await;
            let (name, zone) = (domain::name::ProjectName::parse("Shop").unwrap(), domain::zone::ZoneName::parse("UTC").unwrap());
            house.store.console.manage_projects(&granted).create(&name, &zone).await.unwrap()
        };
        let (written, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let other = house.second_server().await;
        let writing = tokio::spawn(flood(other.collector.clone(), project.1, written.clone(), stop.clone()));
        while written.load(Ordering::SeqCst) < 5 {
            tokio::task::yield_now().await;
        }
        let granted = house.granted(&ada).await;
        house.store.console.manage_projects(&granted).delete(project.0, "Shop").await.unwrap();
        let then = house.texts(COUNT).await;
        let target = written.load(Ordering::SeqCst) + 10;
        while written.load(Ordering::SeqCst) < target {
            tokio::task::yield_now().await;
        }
        assert_eq!(house.texts(COUNT).await, then);
        stop.store(true, Ordering::SeqCst);
        writing.await.unwrap();
    }

    async fn servers_that_write_the_same_users_at_once_store_everything(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let mut writers = Vec::new();
        for writer in 0..6_u64 {
            let collector = if writer % 2 == 0 { house.store.collector.clone() } else { other.collector.clone() };
            let environment = ada.environment;
            writers.push(tokio::spawn(async move {
                for round in 0..10 {
                    let user = |n: u64| if n.is_multiple_of(2) { named(&format!("u{}", n + round)) } else { number(n + round) };
                    let batch = (0..50).map(|n| {
                        let n = (n * (writer + 7)) % 50;
                        vec![events(environment, vec![event(user(n), "View")]), sets(environment, user(n), &[("writer", "w")])]
                    });
                    collector.write(batch.flatten().collect()).await.unwrap();
                }
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(house.texts(COUNT).await, ["3000"]);
        let strangers = "SELECT name FROM events e WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.environment_id = e.environment_id AND u.user_key = e.user_key)";
        assert_eq!(house.texts(strangers).await, Vec::<String>::new());
    }
}
