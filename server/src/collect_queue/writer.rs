//! The one who empties the queue.

use std::sync::Arc;

use store::{
    Collector, Error,
    collector::{Outcome, Submission},
};
use tokio::sync::mpsc;

use super::{Entry, Size, Unavailable};
use crate::{logging::cause, shutdown::Stopped};

/// Stores a batch in one transaction: all of it, or nothing.
pub trait WriteBatch: Send + Sync + 'static {
    /// An outcome for each submission, in their order.
    fn write(&self, batch: Vec<Submission>) -> impl Future<Output = Result<Vec<Outcome>, Error>> + Send;
}

impl WriteBatch for Collector {
    async fn write(&self, batch: Vec<Submission>) -> Result<Vec<Outcome>, Error> {
        Collector::write(self, batch).await
    }
}

/// Writes batches until the server stops and nothing waits any more.
#[derive(Debug)]
pub struct Writer {
    receiver: mpsc::Receiver<Entry>,
    size: Size,
}

impl Writer {
    pub(super) fn new(receiver: mpsc::Receiver<Entry>, size: Size) -> Self {
        Self { receiver, size }
    }

    /// Until `stopped`; from then on nothing more is taken in, and what waits is written.
    pub async fn run<W: WriteBatch>(mut self, database: W, stopped: Stopped) {
        let database = Arc::new(database);
        while let Some(first) = self.next(&stopped).await {
            let batch = self.batch(first);
            write(&database, batch).await;
        }
    }

    async fn next(&mut self, stopped: &Stopped) -> Option<Entry> {
        tokio::select! {
            first = self.receiver.recv() => first,
            () = stopped.clone().wait() => {
                self.receiver.close();
                self.receiver.recv().await
            }
        }
    }

    /// What is there, up to the size of a batch.
    fn batch(&mut self, first: Entry) -> Vec<Entry> {
        let mut weight = first.weight;
        let mut batch = vec![first];
        while weight < self.size.batch {
            let Ok(next) = self.receiver.try_recv() else { break };
            weight = weight.saturating_add(next.weight);
            batch.push(next);
        }
        batch
    }
}

/// One transaction for all; when that fails, one for each, so that one submission cannot spoil the others.
async fn write<W: WriteBatch>(database: &Arc<W>, batch: Vec<Entry>) {
    let submissions = batch.iter().map(|entry| entry.submission.clone()).collect();
    match commit(database, submissions).await {
        Some(outcomes) => {
            for (entry, outcome) in batch.into_iter().zip(outcomes) {
                entry.tell(Ok(outcome));
            }
        }
        None if batch.len() == 1 => batch.into_iter().for_each(|entry| entry.tell(Err(Unavailable::Failed))),
        None => write_singly(database, batch).await,
    }
}

/// Many failures in a row are no bad submission but a database that is away: the rest need not wait for it.
async fn write_singly<W: WriteBatch>(database: &Arc<W>, batch: Vec<Entry>) {
    const IN_A_ROW: u32 = 2;
    let mut failures = 0;
    for entry in batch {
        let mut outcome = None;
        if failures < IN_A_ROW {
            let alone = commit(database, vec![entry.submission.clone()]).await;
            outcome = alone.and_then(|outcomes| outcomes.into_iter().next());
            failures = if outcome.is_some() { 0 } else { failures + 1 };
        }
        entry.tell(outcome.ok_or(Unavailable::Failed));
    }
}

/// In a task of its own, so that not even a panic ends the writer. A failure stops here, so here it is logged.
async fn commit<W: WriteBatch>(database: &Arc<W>, submissions: Vec<Submission>) -> Option<Vec<Outcome>> {
    let expected = submissions.len();
    let database = Arc::clone(database);
    match tokio::spawn(async move { database.write(submissions).await }).await {
        Ok(Ok(outcomes)) if outcomes.len() == expected => Some(outcomes),
        Ok(Ok(_)) => {
            tracing::error!(submissions = expected, "a batch was answered with another number of outcomes");
            None
        }
        Ok(Err(error)) => {
            tracing::error!(submissions = expected, cause = cause(&error), "a batch could not be stored");
            None
        }
        Err(_) => {
            tracing::error!(submissions = expected, "a batch could not be stored: its task panicked");
            None
        }
    }
}

#[cfg(test)]
mod tests;
