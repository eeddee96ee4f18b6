//! SIGTERM: what is under way is finished, nothing new is taken in, and the process ends well.

use std::net::TcpStream;

use crate::support::{
    Binary,
    binary::{Connection, account},
};

both_engines! {
    async fn a_request_under_way_is_answered_before_the_server_stops(database) {
        let created = account(&database, "ada@example.com");
        let server = Binary::serve(&database);
        let mut connection = Connection::open(server.address);
        let body = format!(r#"{{"app_id":"{}","identity":"alice","event":"Last"}}"#, created["app_id"].as_str().unwrap());
        let head = format!("POST /api/track HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n", body.len());
        connection.write(&head).unwrap();
        let (status, _) = connection.read().unwrap();
        assert_eq!(status, 100, "the request is in its handler, which waits for the body");

        server.terminate();
        while TcpStream::connect(server.address).is_ok() {
            std::thread::yield_now();
        }
        connection.write(&body).unwrap();
        assert_eq!(connection.read(), Some((200, "OK".to_owned())));
        assert_eq!(server.wait().code(), Some(0));
        assert_eq!(database.event_names().await, ["Last"]);
    }
}
