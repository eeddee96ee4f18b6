//! Collection and erasing against floors that are taken in the same run, with Cairn's own schema and settings.
//!
//! Figures of two runs cannot be compared, ratios can. `cargo xtask bench` builds it optimised and passes arguments on:
//! `--events N` (1,000,000), `--users N` (10,000), `--seconds N` of single requests (10). PostgreSQL takes part when `CAIRN_TEST_POSTGRES` names one.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and says what went wrong by panicking")]

mod bare;
mod erasing;
mod http;
mod world;

use std::time::Instant;

use world::{Engine, World};

fn main() {
    // `cargo test --benches` asks every benchmark to list its tests.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        Box::pin(run(Engine::Sqlite)).await;
        match world::postgres_url() {
            Some(url) => Box::pin(run(Engine::Postgres(url))).await,
            None => println!("PostgreSQL: not measured, CAIRN_TEST_POSTGRES is not set"),
        }
    });
}

async fn run(engine: Engine) {
    let events = world::argument("--events", 1_000_000);
    let users = world::argument("--users", 10_000);
    let seconds = world::argument("--seconds", 10);
    println!("{}: {events} events of {users} users", engine.name());
    let floor_world = World::open(&engine).await;
    let bare_insert = rate(events, bare::fill(&floor_world, events, users)).await;
    println!("  bare insert, 1,000 rows a transaction      {bare_insert:>10.0} rows/s");
    let world = World::open(&engine).await;
    let collected = rate(events, world.fill(events, users)).await;
    println!("  collected, batches of 1,000 events         {collected:>10.0} events/s   ratio {:.2}", collected / bare_insert);
    let nothing = http::floor(seconds).await;
    println!("  single requests, parsed and not stored     {nothing:>10.0} requests/s");
    let single = http::collect(&world, users, seconds).await;
    println!("  single requests, stored durably            {single:>10.0} requests/s ratio {:.2}", single / nothing);
    let bare_erase = bare::erase(&floor_world, users).await;
    println!("  bare DELETE of 1,000 users                 {:>10.0} rows/s   {:.2} s", bare_erase.rate(), bare_erase.seconds);
    let erased = erasing::erase(&world, 1_000).await;
    println!(
        "  request for 1,000 users until complete     {:>10.0} rows/s   {:.2} s   ratio {:.2}",
        erased.rate(),
        erased.seconds,
        erased.seconds / bare_erase.seconds * bare_erase.rows / erased.rows
    );
    let one = erasing::erase(&world, 1).await;
    println!("  request for one user until complete        {:>10.0} ms", one.seconds * 1_000.0);
    floor_world.close().await;
    world.close().await;
}

/// Rows and how long they took.
struct Took {
    rows: f64,
    seconds: f64,
}

impl Took {
    fn rate(&self) -> f64 {
        self.rows / self.seconds
    }
}

async fn rate(count: u64, work: impl Future<Output = ()>) -> f64 {
    let start = Instant::now();
    work.await;
    world::number(count) / start.elapsed().as_secs_f64()
}
