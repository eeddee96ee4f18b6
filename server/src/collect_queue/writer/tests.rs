#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use domain::{
    id::EnvironmentId,
    privacy::Sender,
    user::{Identity, UserId},
};
use store::collector::What;

use super::*;
use crate::{
    collect_queue::{CollectQueue, queue},
    shutdown::{self, Stop},
};

/// A database that fails on one environment and panics on another, and remembers how large its batches were.
#[derive(Clone, Default)]
struct Moody(Arc<Mutex<Vec<usize>>>);

const FAILS: i64 = 13;
const PANICS: i64 = 14;

impl Moody {
    fn batches(&self) -> Vec<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl WriteBatch for Moody {
    async fn write(&self, batch: Vec<Submission>) -> Result<Vec<Outcome>, Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch.len());
        let has = |id| batch.iter().any(|submission| submission.environment.get() == id);
        assert!(!has(PANICS), "the test asked for it");
        if has(FAILS) { Err(Error::Conflict) } else { Ok(vec![Outcome::Stored; batch.len()]) }
    }
}

fn submission(environment: i64) -> Submission {
    let what = What::Identify { user_id: UserId::new(1).unwrap(), identity: Identity::parse("alice").unwrap() };
    Submission {
        environment: EnvironmentId::new(environment).unwrap(),
        address: IpAddr::from([192, 0, 2, 1]),
        sender: Sender::default(),
        what,
        nonce: 1,
        since: std::time::Instant::now(),
    }
}

/// Hands all of it in before anybody writes, so that it is one batch; then writes.
async fn submit_at_once(environments: &[i64]) -> (Vec<Result<Outcome, Unavailable>>, Moody, CollectQueue, Stop) {
    let (queue, writer) = queue(Size { waiting: 10, batch: 10 });
    let (stop, stopped) = shutdown::channel();
    let waiting: Vec<_> = environments
        .iter()
        .map(|environment| {
            let (queue, submission) = (queue.clone(), submission(*environment));
            tokio::spawn(async move { queue.submit(submission, 100).await })
        })
        .collect();
    while queue.room.available_permits() > 10 - environments.len() {
        tokio::task::yield_now().await;
    }
    let database = Moody::default();
    tokio::spawn(writer.run(database.clone(), stopped));
    let mut outcomes = Vec::new();
    for answer in waiting {
        outcomes.push(answer.await.unwrap());
    }
    (outcomes, database, queue, stop)
}

#[tokio::test]
async fn what_waits_is_committed_together() {
    let (outcomes, database, _queue, _stop) = submit_at_once(&[1, 2, 3, 4]).await;
    assert_eq!(outcomes, [Ok(Outcome::Stored); 4]);
    assert_eq!(database.batches(), [4]);
}

#[tokio::test]
async fn one_bad_submission_does_not_spoil_the_others() {
    for bad in [FAILS, PANICS] {
        let (outcomes, database, queue, _stop) = submit_at_once(&[1, bad, 3]).await;
        assert_eq!(outcomes, [Ok(Outcome::Stored), Err(Unavailable::Failed), Ok(Outcome::Stored)]);
        assert_eq!(database.batches(), [3, 1, 1, 1]);
        assert_eq!(queue.submit(submission(1), 100).await, Ok(Outcome::Stored), "the writer goes on");
        assert_eq!(queue.room.available_permits(), 10, "all room is given back");
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_not_asked_for_each_submission() {
    let (outcomes, database, _queue, _stop) = submit_at_once(&[FAILS; 6]).await;
    assert_eq!(outcomes, [Err(Unavailable::Failed); 6]);
    assert_eq!(database.batches(), [6, 1, 1]);
}

#[tokio::test]
async fn what_waits_when_the_server_stops_is_written_and_nothing_more_is_taken_in() {
    let (queue, writer) = queue(Size { waiting: 10, batch: 1 });
    let (stop, stopped) = shutdown::channel();
    let waiting: Vec<_> = (1..=3)
        .map(|n| {
            tokio::spawn({
                let queue = queue.clone();
                async move { queue.submit(submission(n), 100).await }
            })
        })
        .collect();
    while queue.room.available_permits() > 7 {
        tokio::task::yield_now().await;
    }
    stop.now();
    writer.run(Moody::default(), stopped).await;
    for answer in waiting {
        assert_eq!(answer.await.unwrap(), Ok(Outcome::Stored));
    }
    assert_eq!(queue.submit(submission(1), 100).await, Err(Unavailable::Stopping));
}

#[tokio::test]
async fn more_than_may_wait_is_refused() {
    let (queue, _writer) = queue(Size { waiting: 1, batch: 1 });
    let first = queue.submit(submission(1), 100);
    tokio::select! {
        biased;
        _ = first => unreachable!("nobody writes"),
        second = queue.submit(submission(2), 100) => assert_eq!(second, Err(Unavailable::Full)),
    }
}
