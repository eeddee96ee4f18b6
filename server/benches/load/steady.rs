//! Collection at an even pace: so many requests a second, whether the ones before were answered or not, as sites send them.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    net::TcpStream,
    task::JoinHandle,
    time::{Instant, sleep_until},
};

use crate::http::{Client, body};

const CONNECTIONS: u32 = 16;

/// Requests that go on until they are told to end.
pub(crate) struct Steady {
    connections: Vec<JoinHandle<Vec<Duration>>>,
    ends: Arc<AtomicBool>,
}

impl Steady {
    pub(crate) fn begin(address: SocketAddr, app: &str, users: u64, a_second: u32) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let every = Duration::from_secs(1) * CONNECTIONS / a_second;
        let connections = (0..CONNECTIONS)
            .map(|connection| {
                let (ends, app) = (Arc::clone(&ends), app.to_owned());
                tokio::spawn(async move {
                    let mut client = Client::new(TcpStream::connect(address).await.unwrap());
                    let mut due = Instant::now() + every * connection / CONNECTIONS;
                    let (mut took, mut number) = (Vec::new(), u64::from(connection) << 40);
                    while !ends.load(Ordering::Relaxed) {
                        // Who is kept waiting sends late, and that counts; that the timer is late does not.
                        let began = if Instant::now() < due {
                            sleep_until(due).await;
                            Instant::now()
                        } else {
                            due
                        };
                        number += 1;
                        client.send(&body(&app, number, users)).await;
                        took.push(began.elapsed());
                        due += every;
                    }
                    took
                })
            })
            .collect();
        Self { connections, ends }
    }

    /// How long answers took, shortest first.
    pub(crate) async fn end(self) -> Latencies {
        self.ends.store(true, Ordering::Relaxed);
        let mut all = Vec::new();
        for connection in self.connections {
            all.extend(connection.await.unwrap());
        }
        all.sort_unstable();
        Latencies(all)
    }
}

/// Sorted.
pub(crate) struct Latencies(Vec<Duration>);

impl Latencies {
    /// What so many of a hundred did not exceed, in milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let place = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0[place].as_secs_f64() * 1_000.0
    }
}
