//! Collection and erasing against floors that are taken in the same run, with Cairn's own schema and settings.
//!
//! Figures of two runs cannot be compared, ratios can. `cargo xtask bench` builds it optimised and passes arguments on:
//! `--events N` (1,000,000), `--users N` (10,000, of whom it erases some 4,000), `--seconds N` of requests (10), `--engine sqlite` or `postgresql`. PostgreSQL takes part when `CAIRN_TEST_POSTGRES` names one.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and says what went wrong by panicking")]

mod bare;
mod erasing;
mod http;
mod steady;
mod world;

use std::time::{Duration, Instant};

use http::Server;
use steady::Steady;
use world::{Engine, World};

/// Of a busy site: forty million a day.
const STEADY_A_SECOND: u32 = 500;

fn main() {
    // `cargo test --benches` asks every benchmark to list its tests.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let only = world::word("--engine");
        if only.as_deref() != Some("postgresql") {
            Box::pin(run(Engine::Sqlite)).await;
        }
        if only.as_deref() != Some("sqlite") {
            match world::postgres_url() {
                Some(url) => Box::pin(run(Engine::Postgres(url))).await,
                None => println!("PostgreSQL: not measured, CAIRN_TEST_POSTGRES is not set"),
            }
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
    floor_world.close().await;
    println!("  bare insert, 1,000 rows a transaction      {bare_insert:>10.0} rows/s");
    // Two that are alike: the one for the floor of erasing.
    let (twin, world) = (World::open(&engine).await, World::open(&engine).await);
    twin.fill(events, users).await;
    let collected = rate(events, world.fill(events, users)).await;
    println!("  collected, batches of 1,000 events         {collected:>10.0} events/s   ratio {:.2}", collected / bare_insert);
    erasing(&twin, &world, users).await;
    twin.close().await;
    let nothing = http::floor(seconds).await;
    println!("  single requests, parsed and not stored     {nothing:>10.0} requests/s");
    let server = Server::start(&world).await;
    let single = http::collect(&server, users, seconds).await;
    println!("  single requests, stored durably            {single:>10.0} requests/s ratio {:.2}", single / nothing);
    waiting(&world, &server, users, seconds).await;
    drop(server);
    world.close().await;
}

/// How long a tenth of the users and one of them take, with nobody else about. The tenth three times, each beside its floor: a disk and a database have their moods, so the ratio in the middle counts.
async fn erasing(twin: &World, world: &World, users: u64) {
    let many = users / 10;
    let mut rounds = Vec::new();
    for tenth in [0, 3, 4] {
        bare::settle(twin).await;
        bare::settle(world).await;
        let some = tenth * many..(tenth + 1) * many;
        let floor = bare::erase(twin, erasing::order(twin, some.clone()).await).await;
        rounds.push((floor, erasing::erase(world, some).await));
    }
    for (floor, erased) in &rounds {
        println!("  bare DELETE of {many} users                 {:>10.0} rows/s   {:.2} s", floor.rate(), floor.seconds);
        for (until, took) in [("verified", erased.verified), ("complete", erased.complete)] {
            let took = Took { rows: erased.rows, seconds: took.as_secs_f64() };
            let ratio = floor.rate() / took.rate();
            println!(
                "  request for {many} users until {until}       {:>10.0} rows/s   {:.2} s   ratio {ratio:.2}",
                took.rate(),
                took.seconds
            );
        }
    }
    let mut ratios: Vec<f64> = rounds.iter().map(|(floor, erased)| floor.rate() * erased.verified.as_secs_f64() / erased.rows).collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "  until verified, of the bare DELETE                                      ratio {:.2} in the middle",
        ratios[ratios.len() / 2]
    );
    let one = erasing::erase(world, many..many + 1).await;
    println!("  request for one user until verified        {:>10.1} ms", one.verified.as_secs_f64() * 1_000.0);
    println!("  request for one user until complete        {:>10.1} ms", one.complete.as_secs_f64() * 1_000.0);
}

/// How long requests wait, before and while another tenth of the users is erased.
async fn waiting(world: &World, server: &Server, users: u64, seconds: u64) {
    let begin = || Steady::begin(server.address, &server.app, users, STEADY_A_SECOND);
    // The disk is at what was sent as fast as possible for a while yet. Then for several foldings of SQLite's log, which come every few seconds.
    let mut before = None;
    for seconds in [2 * seconds, 4 * seconds] {
        let quiet = begin();
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        before = Some(quiet.end().await);
    }
    let before = before.unwrap();
    let request = erasing::order(world, users / 5..users / 5 + users / 10).await;
    let beside = begin();
    let erased = erasing::erase_beside(world, request).await;
    let during = beside.end().await;
    println!(
        "  {STEADY_A_SECOND} requests a second          p50 {:>6.2} ms   p99 {:>6.2} ms",
        before.percentile(50),
        before.percentile(99)
    );
    println!(
        "  while {} users are erased    p50 {:>6.2} ms   p99 {:>6.2} ms   ratio of p99 {:.2}   in {:.1} s",
        users / 10,
        during.percentile(50),
        during.percentile(99),
        during.percentile(99) / before.percentile(99),
        erased.complete.as_secs_f64()
    );
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
