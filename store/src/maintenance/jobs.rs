//! Work that a transaction leaves for later. A job is claimed by a lease, so that a worker's death frees it.

use domain::time::Millis;
use serde::{Deserialize, Serialize};

use crate::{
    Error,
    engine::{Tx, args, statements},
    surroundings::Surroundings,
};

statements! {
    JOB_INSERT = "INSERT INTO jobs (id, kind, payload, run_at, leased_until, attempts) VALUES ($1, $2, $3, $4, 0, 0)";
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Remove the rows of a deleted environment, in batches.
    PurgeEnvironment {
        /// The environment's id.
        environment: i64,
    },
    /// Move the rows of an identified anonymous user under the identity's key.
    Rehome {
        /// The environment's id.
        environment: i64,
        /// The anonymous key.
        from: i64,
        /// The identity's key.
        to: i64,
    },
    /// Erase the users of a deletion request.
    Erase {
        /// The request.
        request: domain::id::RequestId,
    },
}

impl Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::PurgeEnvironment { .. } => "purge_environment",
            Self::Rehome { .. } => "rehome",
            Self::Erase { .. } => "erase",
        }
    }
}

/// Leaves a job, in the transaction that makes it necessary.
pub(crate) async fn enqueue(tx: &mut Tx, surroundings: &Surroundings, job: &Job, at: Millis) -> Result<(), Error> {
    let payload = serde_json::to_string(job).map_err(|_| Error::Inconsistent { table: "jobs" })?;
    tx.execute(&JOB_INSERT, args![surroundings.uuid(), job.kind(), payload, at]).await?;
    Ok(())
}
