//! What the collection APIs ask of the database.

mod aliases;
mod batch;
mod companies;
mod finding;
mod privacy;
mod rows;
mod rules;
mod shared_rules;
mod storing;
mod submission;
mod users;

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{id::EnvironmentId, privacy::Sender};

pub(crate) use aliases::MOST_GENERATIONS;
pub(crate) use privacy::PrivacyRow;
pub use rules::Rules;
pub(crate) use shared_rules::SharedRules;
pub use submission::{Outcome, Submission, What};

use batch::Batch;

use crate::{
    Error,
    engine::{Db, Pace, Sql},
    keys::Keys,
    surroundings::Surroundings,
    traffic::Traffic,
};

pub(crate) const STATEMENTS: &[&[Sql]] = &[aliases::STATEMENTS, rules::STATEMENTS, storing::STATEMENTS];

/// A batch is tried so often again before its failure is the caller's.
const RETRIES: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(5);

/// The facade of the collection APIs. Its clones share one snapshot of the rules.
#[derive(Clone)]
pub struct Collector {
    pub(crate) db: Db,
    pub(crate) keys: Keys,
    pub(crate) surroundings: Surroundings,
    rules: SharedRules,
    traffic: Traffic,
}

impl Collector {
    pub(crate) fn new(db: Db, keys: Keys, surroundings: Surroundings, rules: SharedRules, traffic: Traffic) -> Self {
        Self { db, keys, surroundings, rules, traffic }
    }

    /// The same with user keys of so few bits that they collide.
    #[doc(hidden)]
    #[must_use]
    pub fn with_narrow_user_keys(&self, bits: u32) -> Self {
        Self { keys: self.keys.clone().narrowed(bits), ..self.clone() }
    }

    /// The rules as this server last read them: empty before the first batch, and possibly older than the database's.
    /// [`Collector::write`] is what decides.
    pub fn rules(&self) -> Arc<Rules> {
        self.rules.known()
    }

    /// What a client sent from `address`, with a nonce of its own. A server, unless its `sender` is set.
    pub fn submission(&self, environment: EnvironmentId, address: IpAddr, what: What) -> Submission {
        let nonce = u64::from_be_bytes(self.surroundings.bytes());
        Submission { environment, address, sender: Sender::default(), what, nonce, since: Instant::now() }
    }

    /// Stores a batch in one transaction and says of each submission what became of it, in their order. A submission is stored whole or not at all.
    /// What is answered `Stored` is durable.
    ///
    /// # Errors
    /// `Database` when nothing of the batch was stored, also after it was tried again.
    pub async fn write(&self, submissions: Vec<Submission>) -> Result<Vec<Outcome>, Error> {
        // The ids of events were drawn before, so that trying again after a commit of which the answer was lost stores nothing twice.
        let mut batch = batch::prepare(&self.keys, &self.surroundings, &self.rules.known(), &submissions);
        let timed = self.traffic.begin(Instant::now());
        let mut tries = 0;
        loop {
            match self.attempt(&submissions, &mut batch).await {
                Err(error) if tries < RETRIES && may_be_tried_again(&error) => {
                    tokio::time::sleep(FIRST_PAUSE * 2_u32.pow(tries)).await;
                    tries += 1;
                }
                result => {
                    let answered = result.is_ok().then(|| submissions.iter().map(|submission| submission.since));
                    self.traffic.end(&timed, answered.into_iter().flatten(), Instant::now());
                    return result;
                }
            }
        }
    }

    async fn attempt(&self, submissions: &[Submission], batch: &mut Batch) -> Result<Vec<Outcome>, Error> {
        let mut tx = self.db.write().await?;
        // Who changes the rules waits from here to the commit, so the rules that are read now hold for the whole batch.
        tx.lock_rules_shared().await?;
        let rules = self.rules.current(&mut tx).await?;
        if batch.rules_version != rules.version() {
            *batch = batch::prepare(&self.keys, &self.surroundings, &rules, submissions);
        }
        storing::store(&mut tx, &self.keys, &self.surroundings, &rules, batch).await?;
        tx.commit().await?;
        self.db.keep_log_short(Pace::Gentle);
        Ok(batch.outcomes.clone())
    }
}

/// `Conflict` is another transaction's alias or user that appeared between our look and our write: looking again resolves it.
fn may_be_tried_again(error: &Error) -> bool {
    error.is_transient() || matches!(error, Error::Conflict)
}
