//! Single requests over keep-alive connections, from the same two cores: a closed loop, so latencies are the loop's own.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{Router, body::Bytes, routing::post};
use server::{collect_queue, console::Live, router, shutdown, worker};
use store::surroundings::Surroundings;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::world::{self, World, scatter};

const CONNECTIONS: u64 = 64;

/// Parses and stores nothing.
pub(crate) async fn floor(seconds: u64) -> f64 {
    let parse = |body: Bytes| async move {
        match domain::collect::parse_track(&body) {
            Ok(_) => "OK",
            Err(_) => "no",
        }
    };
    let address = listen(Router::new().route("/api/track", post(parse))).await;
    drive(address, "1000000001".to_owned(), 10_000, seconds).await
}

/// The real router, queue and store, as fast as they answer.
pub(crate) async fn collect(server: &Server, users: u64, seconds: u64) -> f64 {
    drive(server.address, server.app.clone(), users, seconds).await
}

/// What collects, until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) app: String,
    _stop: shutdown::Stop,
}

impl Server {
    pub(crate) async fn start(world: &World) -> Self {
        let (queue, writer) = collect_queue::queue(collect_queue::Size::default());
        let (stop, stopped) = shutdown::channel();
        tokio::spawn(writer.run(world.store.collector.clone(), stopped.clone()));
        let settings = app::Settings {
            public_url: "http://127.0.0.1".to_owned(),
            secure_cookies: false,
            open_sign_up: false,
            setup_code: None,
            mail_from: None,
            network: app::Network::default(),
        };
        let services = router::Services {
            store: world.store.clone(),
            queue,
            wake: worker::Wake::default(),
            public_url: "http://127.0.0.1".into(),
            trusted_proxies: Arc::default(),
            locator: Arc::default(),
            api_limits: Arc::default(),
            app: app::State::new(world.store.console.clone(), Surroundings::system(), settings),
            live: Live::new(Live::MOST, stopped),
        };
        let address = listen(router::router(services)).await;
        Self { address, app: world.environment.to_string(), _stop: stop }
    }
}

async fn listen(router: Router) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

/// Requests answered 200 in a second.
async fn drive(address: SocketAddr, app: String, users: u64, seconds: u64) -> f64 {
    let answered = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let end = start + Duration::from_secs(seconds);
    let connections: Vec<_> = (0..CONNECTIONS)
        .map(|connection| tokio::spawn(one_connection(address, app.clone(), users, connection, end, Arc::clone(&answered))))
        .collect();
    for connection in connections {
        connection.await.unwrap();
    }
    world::number(answered.load(Ordering::Relaxed)) / start.elapsed().as_secs_f64()
}

async fn one_connection(address: SocketAddr, app: String, users: u64, connection: u64, end: Instant, answered: Arc<AtomicU64>) {
    let mut client = Client::new(TcpStream::connect(address).await.unwrap());
    let mut number = connection << 32;
    while Instant::now() < end {
        number += 1;
        client.send(&body(&app, number, users)).await;
        answered.fetch_add(1, Ordering::Relaxed);
    }
}

/// An event of one of the users, scattered by the number.
pub(crate) fn body(app: &str, number: u64, users: u64) -> String {
    let user = scatter(number) % users;
    format!(
        r#"{{"app_id":"{app}","identity":"user-{user:08}@example.com","event":"page viewed","properties":{{"plan":"professional","path":"/a","amount":3}}}}"#
    )
}

/// One connection that is kept alive.
pub(crate) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    pub(crate) fn new(stream: TcpStream) -> Self {
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: vec![0; 4096] }
    }

    /// Until it is answered `200`.
    pub(crate) async fn send(&mut self, body: &str) {
        let length = body.len();
        let request =
            format!("POST /api/track HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}");
        self.stream.write_all(request.as_bytes()).await.unwrap();
        let read = self.stream.read(&mut self.buffer).await.unwrap();
        let answer = &self.buffer[..read];
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(answer));
    }
}
