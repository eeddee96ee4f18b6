//! Erasing goes on where a killed process left it.

use std::collections::BTreeSet;

use domain::{
    collect::parse_track,
    deletion::{Counts, RequestState, Target},
    id::{EnvironmentId, RequestId},
    user::UserId,
};
use serde_json::{Value, json};
use store::{
    Store,
    access::{Actor, DeleteUsers, View},
    collector::{Submission, What},
    receipts::SignedReceipt,
};

use crate::support::{Binary, Database, binary::account};

/// How often processes are killed, and how much there is to erase meanwhile.
struct Size {
    kills: usize,
    requests: u64,
    events_of_a_user: u64,
    /// Users whom nobody asks to erase.
    others: u64,
}

const USERS_OF_A_REQUEST: u64 = 5;

impl Size {
    /// 20,000 events.
    const OF_THE_SUITE: Self = Self { kills: 20, requests: 60, events_of_a_user: 40, others: 200 };
    /// 1,000,000 events, which takes minutes: `cargo xtask bench --killed`.
    const LONG: Self = Self { kills: 100, requests: 250, events_of_a_user: 400, others: 1_250 };

    #[expect(clippy::disallowed_methods, reason = "a run that takes minutes is asked for by a variable")]
    fn asked() -> Self {
        if std::env::var_os("CAIRN_TEST_LONG").is_some() { Self::LONG } else { Self::OF_THE_SUITE }
    }

    fn doomed(&self) -> u64 {
        self.requests * USERS_OF_A_REQUEST
    }

    /// So many users fill a batch.
    fn users_of_a_batch(&self) -> usize {
        usize::try_from(2_000 / self.events_of_a_user).unwrap()
    }
}

/// Grows with every chunk and every end.
const GONE: &str = "SELECT CAST(SUM(users_erased + events_erased) + COUNT(completed_at) AS BIGINT) FROM deletion_requests";

/// An installation with what its scripts know.
struct World {
    store: Store,
    script: Actor,
    account: domain::id::AccountId,
    requests: Vec<RequestId>,
}

fn collected(store: &Store, environment: EnvironmentId, user: u64, events: u64) -> Submission {
    let event = |n: u64| json!({"user_id": user, "event": format!("{user} {n}")});
    let events: Vec<Value> = (0..events).map(event).collect();
    let body = json!({"app_id": environment.to_string(), "events": events}).to_string();
    let what = What::Events(parse_track(body.as_bytes()).unwrap().events);
    store.collector.submission(environment, [192, 0, 2, 7].into(), what)
}

impl World {
    async fn build(database: &Database, size: &Size) -> Self {
        let created = account(database, "ada@example.com");
        let told = |name: &str| created[name].as_str().unwrap().to_owned();
        let environment: EnvironmentId = told("app_id").parse().unwrap();
        let store = database.store().await;
        let doomed = size.doomed();
        let users: Vec<u64> = (0..doomed + size.others).collect();
        for some in users.chunks(size.users_of_a_batch()) {
            let submissions = some.iter().map(|user| collected(&store, environment, *user, size.events_of_a_user)).collect();
            store.collector.write(submissions).await.unwrap();
        }
        let token = store.console.api_token(environment, &told("api_key")).await.unwrap();
        let (script, account) = store.console.script(&token).await.unwrap();
        let granted = store.console.grant::<DeleteUsers>(&script, account).await.unwrap();
        let mut requests = Vec::new();
        for first in (0..doomed).step_by(usize::try_from(USERS_OF_A_REQUEST).unwrap()) {
            let users: Vec<Target> = (first..first + USERS_OF_A_REQUEST).map(|user| Target::UserId(UserId::new(user).unwrap())).collect();
            requests.push(store.console.delete_users(&granted).request(&users).await.unwrap().id);
        }
        Self { store, script, account, requests }
    }

    /// How many requests are complete, and what has gone.
    async fn progress(&self) -> (usize, Counts) {
        let view = self.store.console.grant::<View>(&self.script, self.account).await.unwrap();
        let (mut complete, mut erased) = (0, Counts::default());
        for id in &self.requests {
            let request = self.store.console.deletion_request(&view, *id).await.unwrap();
            complete += usize::from(request.state == RequestState::Complete);
            erased += request.erased;
        }
        (complete, erased)
    }
}

both_engines! {
    async fn requests_are_carried_out_by_processes_that_are_killed(database) {
        let size = Size::asked();
        let world = World::build(&database, &size).await;
        let mut before = database.number(GONE).await;
        for kill in 0..size.kills {
            let server = Binary::serve(&database);
            before = loop {
                let now = database.number(GONE).await;
                if now != before {
                    break now;
                }
            };
            server.kill();
            assert!(world.progress().await.0 < world.requests.len(), "there was nothing left to kill at the {kill}th time");
        }
        // Nobody knows of a lease that its worker is dead.
        database.run("UPDATE jobs SET leased_until = 0").await;
        let server = Binary::serve(&database);
        while database.number("SELECT COUNT(*) FROM jobs").await > 0 {}
        let (complete, erased) = world.progress().await;
        assert_eq!(complete, world.requests.len());
        server.terminate();
        assert!(server.wait().success());

        let doomed = size.doomed();
        let expected = Counts { users: doomed, events: doomed * size.events_of_a_user, ..Counts::default() };
        assert_eq!(erased, expected, "each row is counted once");
        let stored: BTreeSet<String> = database.event_names().await.into_iter().collect();
        let others: BTreeSet<String> = (doomed..doomed + size.others).flat_map(|user| (0..size.events_of_a_user).map(move |n| format!("{user} {n}"))).collect();
        assert_eq!(stored, others, "nothing of the others was touched");
        let console = &world.store.console;
        let view = console.grant::<View>(&world.script, world.account).await.unwrap();
        for id in &world.requests {
            let copy = console.receipt(&view, *id).await.unwrap();
            let (_, receipt) = SignedReceipt::check(&serde_json::to_string(&copy).unwrap(), Some(&console.receipt_key())).unwrap();
            assert_eq!(receipt.rows[0].before.events, USERS_OF_A_REQUEST * size.events_of_a_user);
        }
        let mut numbers = Vec::new();
        while numbers.last() != Some(&1) {
            let page = console.audit_log(&view, numbers.last().copied()).await.unwrap();
            numbers.extend(page.iter().map(|entry| entry.number));
        }
        let last = numbers[0];
        assert_eq!(numbers, (1..=last).rev().collect::<Vec<_>>(), "the log is unbroken");
    }
}
