//! Work that a transaction leaves for later.

pub(super) mod lease;

use domain::{
    deletion::Counts,
    id::{ExportId, RequestId},
    time::Millis,
};
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
    /// Make the archive of an export.
    Export {
        /// The export.
        export: ExportId,
        /// How far it is.
        step: ExportStep,
    },
    /// Erase the archive of an export whose time is over, or that nobody is to have any more.
    ForgetExport {
        /// The export.
        export: ExportId,
    },
}

/// How far an archive is, and what has to be known of its files to go on with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExportStep {
    /// What comes next.
    pub place: ExportPlace,
    /// The files so far, in the order of [`domain::export::ExportFile::ALL`].
    pub files: [ExportedFile; 3],
    /// The rows so far.
    pub rows: Counts,
}

/// What comes next in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportPlace {
    /// Nothing is written yet.
    #[default]
    Begin,
    /// A table has begun.
    Rows {
        /// Its environment, by its number among those of the export, from 0.
        environment: usize,
        /// The table, by its number among those that are exported.
        table: usize,
        /// The next user, by its number among those of the environment.
        user: usize,
        /// The least key of the next row.
        key: i64,
        /// How many rows of the table are written.
        written: u64,
    },
    /// Everything is written.
    End,
}

/// A file of an archive so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExportedFile {
    /// The CRC-32 of what it holds.
    pub crc: u32,
    /// How much it holds, in bytes.
    pub size: u64,
    /// How much that is in the archive.
    pub packed: u64,
    /// In how many parts.
    pub parts: u32,
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
            Self::Export { .. } => "export",
            Self::ForgetExport { .. } => "forget_export",
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
