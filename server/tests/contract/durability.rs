//! What was answered 200 is stored, whatever becomes of the process.

use std::{collections::HashSet, thread};

use crate::support::{
    Binary,
    binary::{Connection, account},
};

const CLIENTS: usize = 8;
/// The process is killed as soon as so many events are acknowledged; the clients never stop by themselves.
const ENOUGH: usize = 400;

both_engines! {
    async fn every_acknowledged_event_survives_a_kill_under_load(database) {
        let created = account(&database, "ada@example.com");
        let app_id = created["app_id"].as_str().unwrap().to_owned();
        let mut acknowledged = HashSet::new();
        for round in ["first", "second"] {
            let server = Binary::serve(&database);
            acknowledged.extend(load_until_killed(server, &app_id, round));
        }
        // Whatever the log of the database still holds is brought in by the next start.
        let server = Binary::serve(&database);
        let stored: HashSet<String> = database.event_names().await.into_iter().collect();
        server.terminate();
        assert!(server.wait().success());

        let lost: Vec<&String> = acknowledged.difference(&stored).collect();
        assert!(lost.is_empty(), "{} of {} acknowledged events are lost", lost.len(), acknowledged.len());
        assert!(acknowledged.len() >= 2 * ENOUGH);
        // What was under way may be stored too, but nothing that was never sent.
        assert!(stored.len() <= acknowledged.len() + 2 * CLIENTS);
    }
}

/// The names of the events that were acknowledged.
fn load_until_killed(server: Binary, app_id: &str, round: &str) -> Vec<String> {
    let (acknowledge, acknowledged) = std::sync::mpsc::channel();
    let address = server.address;
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let acknowledge = acknowledge.clone();
            scope.spawn(move || {
                let mut connection = Connection::open(address);
                for number in 0_u32.. {
                    let event = format!("{round} {client} {number}");
                    let body = format!(r#"{{"app_id":"{app_id}","identity":"user {number}","event":"{event}"}}"#);
                    match connection.post("/api/track", &body) {
                        Some(200) => acknowledge.send(event).unwrap(),
                        Some(other) => panic!("answered {other}"),
                        None => return,
                    }
                }
            });
        }
        drop(acknowledge);
        let mut names: Vec<String> = acknowledged.iter().take(ENOUGH).collect();
        server.kill();
        names.extend(acknowledged.iter());
        names
    })
}
