//! SIGTERM: what is under way is finished, nothing new is taken in, and the process ends well.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

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

    async fn a_page_that_looks_on_does_not_keep_the_server_from_stopping(database) {
        let created = account(&database, "ada@example.com");
        // A request that nobody works on has no end.
        database.run(UNENDING).await;
        let account = created["account_id"].as_str().unwrap();
        let server = Binary::serve(&database);
        let mut connection = BufReader::new(TcpStream::connect(server.address).unwrap());
        let form = "email=ada%40example.com&password=correct+horse+battery";
        let kind = "application/x-www-form-urlencoded";
        let head = format!("POST /api/console/sign_in HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n", form.len());
        connection.get_mut().write_all((head + form).as_bytes()).unwrap();
        let cookie = line_with(&mut connection, "set-cookie: ");
        let cookie = cookie.split(';').next().unwrap();

        let mut connection = BufReader::new(TcpStream::connect(server.address).unwrap());
        let path = format!("/a/{account}/settings/deletion-requests/{account}/progress");
        connection.get_mut().write_all(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n").as_bytes()).unwrap();
        assert_eq!(line_with(&mut connection, "data: "), "1");
        server.terminate();
        let mut rest = String::new();
        connection.read_to_string(&mut rest).unwrap();
        assert!(rest.ends_with("\r\n0\r\n\r\n"), "the answer is brought to its end: {rest:?}");
        assert_eq!(server.wait().code(), Some(0));
    }
}

const UNENDING: &str = "INSERT INTO deletion_requests (id, account_id, state, requested_by_kind, requested_by_name, created_at, cut_at, targets, users_found, users_erased, events_erased, properties_erased, aliases_erased) SELECT id, id, 'pending', 'system', '', 0, 0, 1, 1, 0, 0, 0, 0 FROM accounts";

/// What follows `start` in the first line that begins so.
fn line_with(connection: &mut BufReader<TcpStream>, start: &str) -> String {
    let mut lines = connection.by_ref().lines().map(Result::unwrap);
    lines.find_map(|line| line.strip_prefix(start).map(str::to_owned)).unwrap()
}
