//! The log names routes, and nobody.

use std::fs::{self, File};

use crate::support::{
    Binary, Database,
    binary::{Connection, account, cairn},
};

const SOMEBODY: &str = "alice@example.com";

#[test]
fn neither_paths_nor_queries_nor_bodies_are_logged() {
    let database = Database::sqlite();
    let app_id = account(&database, "ada@example.com")["app_id"].as_str().unwrap().to_owned();
    let log = database.folder().join("log");
    let server = Binary::start(cairn(&database).env("CAIRN_LOG", "debug").stderr(File::create(&log).unwrap()));
    let mut connection = Connection::open(server.address);
    let event =
        format!(r#"{{"app_id":"{app_id}","identity":"{SOMEBODY}","event":"{SOMEBODY}","properties":{{"{SOMEBODY}":"{SOMEBODY}"}}}}"#);
    let bad = format!(r#"{{"app_id":"{app_id}","identity":"{SOMEBODY}","properties":"{SOMEBODY}"}}"#);
    let track = format!("/api/track?who={SOMEBODY}");
    assert_eq!(connection.post(&track, &event), Some(200));
    assert_eq!(connection.post(&track, &bad), Some(400));
    assert_eq!(connection.post(&format!("/api/{SOMEBODY}?who={SOMEBODY}"), &event), Some(405));
    assert_eq!(connection.post(&format!("/api/public/v0/deletion_status/{SOMEBODY}"), "{}"), Some(405));
    server.terminate();
    assert!(server.wait().success());

    let logged = fs::read_to_string(log).unwrap();
    assert!(logged.contains("route=\"/api/track\" status=200"), "{logged}");
    assert!(logged.contains("route=\"/api/public/v0/deletion_status/{id}\" status=405"), "{logged}");
    assert!(!logged.contains("alice"), "{logged}");
    assert!(!logged.contains(&app_id), "{logged}");
}
