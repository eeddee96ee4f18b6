//! Group commit: what arrives while a batch is written is the next batch. Nobody is answered before the commit.

mod writer;

use std::sync::Arc;

use store::collector::{Outcome, Submission, What};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

pub use writer::{WriteBatch, Writer};

/// How much may wait, and how much is written at once; both in events.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// What waits takes memory.
    pub waiting: u32,
    /// A batch holds the rules' lock and, on SQLite, the only writer.
    pub batch: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self { waiting: 20_000, batch: 2_000 }
    }
}

/// Why nothing was stored: the client should come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// More is waiting than is good.
    #[error("the queue is full")]
    Full,
    /// The server is about to stop.
    #[error("the server is stopping")]
    Stopping,
    /// The database refused the batch, and this submission alone too.
    #[error("the database failed")]
    Failed,
}

/// Where the collection APIs hand in what they parsed.
#[derive(Debug, Clone)]
pub struct CollectQueue {
    sender: mpsc::Sender<Entry>,
    room: Arc<Semaphore>,
    size: Size,
}

/// A submission, its share of the room, and whom to tell.
#[derive(Debug)]
struct Entry {
    submission: Submission,
    weight: u32,
    answer: oneshot::Sender<Result<Outcome, Unavailable>>,
    _room: OwnedSemaphorePermit,
}

/// An empty queue, and who is to empty it.
pub fn queue(size: Size) -> (CollectQueue, Writer) {
    // Each entry takes some of the room, so the channel itself is never full.
    let (sender, receiver) = mpsc::channel(size.waiting.max(1) as usize);
    let room = Arc::new(Semaphore::new(size.waiting as usize));
    (CollectQueue { sender, room, size }, Writer::new(receiver, size))
}

impl CollectQueue {
    /// Waits until the submission, which came in so many bytes, is committed or refused.
    ///
    /// # Errors
    /// [`Unavailable`]: nothing of it was stored.
    pub async fn submit(&self, submission: Submission, bytes: usize) -> Result<Outcome, Unavailable> {
        // One that is larger than the queue fits into an empty one.
        let weight = weight(&submission, bytes).clamp(1, self.size.waiting.max(1));
        let room = Arc::clone(&self.room).try_acquire_many_owned(weight).map_err(|_| Unavailable::Full)?;
        let (answer, answered) = oneshot::channel();
        let entry = Entry { submission, weight, answer, _room: room };
        self.sender.try_send(entry).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => Unavailable::Full,
            mpsc::error::TrySendError::Closed(_) => Unavailable::Stopping,
        })?;
        answered.await.unwrap_or(Err(Unavailable::Stopping))
    }
}

impl Entry {
    /// Whoever went away meanwhile is not told; what was stored stays.
    fn tell(self, outcome: Result<Outcome, Unavailable>) {
        let _gone = self.answer.send(outcome);
    }
}

/// An event is seldom larger.
const BYTES_OF_AN_EVENT: usize = 2_048;

/// How many events it is, or what takes about as long or as much memory.
fn weight(submission: &Submission, bytes: usize) -> u32 {
    let items = match &submission.what {
        What::Events(events) => events.len(),
        What::Properties(users) => users.len(),
        What::Companies(companies) => companies.len(),
        What::Identify { .. } => 1,
    };
    u32::try_from(items.max(bytes / BYTES_OF_AN_EVENT)).unwrap_or(u32::MAX)
}
