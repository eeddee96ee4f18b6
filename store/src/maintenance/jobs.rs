//! Work that a transaction leaves for later.

pub(super) mod lease;

use domain::{id::RequestId, time::Millis};
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
    /// Look for what is older than an environment keeps it, every day, and have it erased.
    Retain {
        /// The environment's id.
        environment: i64,
        /// How far today's look is; nothing between two of them.
        look: Option<Look>,
    },
    /// Forget files of users that nobody made a request of.
    ForgetUploads,
    /// Erase the users of a deletion request.
    Erase {
        /// The request.
        request: RequestId,
        /// How far it is.
        step: EraseStep,
    },
}

/// A look at an environment for what is older than its data is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Older means received up to then.
    pub cut: Millis,
    /// What is looked at.
    pub pass: Pass,
    /// The last row that was.
    pub after: (i64, i64),
}

/// What a request goes over that names nobody, one after the other, until all of them find nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pass {
    /// Events, by the pages that they tell.
    Pages,
    /// Events.
    Events,
    /// Properties of users.
    Properties,
    /// Users of whom nothing is newer.
    Users,
}

/// How far the erasing of a request is. The place is the last user that is done with: environment and key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EraseStep {
    /// To erase what the next users did and what is known of them.
    Data(i64, i64),
    /// To erase the same users themselves, and who they turned out to be: those after the place, up to this key.
    Users(i64, i64, i64),
    /// What earlier versions called the same, for a number of users that was always alike.
    Roots(i64, i64),
    /// To erase the companies of an environment of which everything goes.
    Companies,
    /// To go over the rows after a place in a pass, having found something since the first pass began or nothing.
    Sweep(Pass, i64, i64, bool),
    /// To count what is left.
    Verify,
    /// To make what was erased unreadable in the files.
    Scrub,
    /// To count once more, and complete.
    Complete,
}

impl EraseStep {
    /// Before the first user.
    pub(crate) const START: Self = Self::Data(0, -1);
}

impl Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::PurgeEnvironment { .. } => "purge_environment",
            Self::Rehome { .. } => "rehome",
            Self::Erase { .. } => "erase",
            Self::ForgetUploads => "forget_uploads",
            Self::Retain { .. } => "retain",
        }
    }

    pub(super) fn payload(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|_| Error::Inconsistent { table: "jobs" })
    }
}

/// Leaves a job, in the transaction that makes it necessary.
pub(crate) async fn enqueue(tx: &mut Tx, surroundings: &Surroundings, job: &Job, at: Millis) -> Result<(), Error> {
    tx.execute(&JOB_INSERT, args![surroundings.uuid(), job.kind(), job.payload()?, at]).await?;
    Ok(())
}
