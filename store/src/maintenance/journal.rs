//! Writing down what is erased, and erasing it again from a restored backup.

use std::collections::BTreeMap;

use domain::{
    audit::{ActorKind, Deed},
    deletion::{RequestState, Sweep},
    id::{AccountId, RequestId},
    time::Millis,
};
use uuid::Uuid;

use super::{
    Maintenance, Tick,
    jobs::{self, EraseStep, Job},
};
use crate::{
    Error,
    console::{
        Change,
        suppressions::{self, Hashes},
    },
    engine::{Tx, args, statements},
    journal::{Entry, Journal, JournalError},
};

statements! {
    JOURNAL_REQUEST = "SELECT state FROM deletion_requests WHERE id = $1";
    JOURNAL_ENTRY = "SELECT account_id, cut_at, environment_id FROM deletion_requests WHERE id = $1 AND state IN ('pending', 'running') AND (sweep IS NULL OR sweep = 'everything')";
    JOURNAL_ACCOUNT = "SELECT 1 FROM accounts WHERE id = $1";
    JOURNAL_SUPPRESSED = "SELECT hash, is_name, until FROM suppressions WHERE request_id = $1";
    JOURNAL_SUBJECTS = "SELECT environment_id, user_key FROM deletion_subjects WHERE request_id = $1";
    /// It erased once already, so neither grace nor approval keeps it waiting now.
    JOURNAL_RESUME = "UPDATE deletion_requests SET state = 'running', awaits_approval = FALSE, failure = NULL WHERE id = $1";
    JOURNAL_INSERT = "INSERT INTO deletion_requests (id, account_id, state, requested_by_kind, requested_by, requested_by_name, created_at, cut_at, completed_at, targets, users_found, property, erase_at, environment_id, sweep, awaits_approval, users_erased, events_erased, properties_erased, aliases_erased) VALUES ($1, $2, 'running', 'system', NULL, 'Erasure journal', $3, $4, NULL, 0, $5, NULL, $6, $7, $8, FALSE, 0, 0, 0, 0)";
    JOURNAL_SUPPRESS = "UPDATE deletion_requests SET suppress_until = $2 WHERE id = $1";
}

/// Why a restored backup could not be erased from again.
#[derive(Debug, thiserror::Error)]
pub enum EraseAgainError {
    /// The file.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The database.
    #[error("what the erasure journal names could not be erased again: {0}")]
    Store(#[from] Error),
}

/// What the journal came to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct ErasedAgain {
    /// The requests that were carried out once more.
    pub requests: Vec<RequestId>,
    /// How many lines of the file are no entries.
    pub unreadable: u32,
}

impl Maintenance {
    /// The same, which writes down in a journal what each request erases before its first row goes.
    #[must_use]
    pub fn with_journal(self, journal: Journal) -> Self {
        Self { journal: Some(journal), ..self }
    }

    /// Erases once more what the journal names and this database does not know to be erased: it was restored from a backup of before. To be called before anybody is answered. Answers what
    /// those were. Entries from before `since` are forgotten, as no backup is older.
    ///
    /// # Errors
    /// [`EraseAgainError`]: then nobody should be answered.
    pub async fn unscoped_erase_again(&self, since: Millis) -> Result<ErasedAgain, EraseAgainError> {
        let Some(journal) = &self.journal else { return Ok(ErasedAgain::default()) };
        let mut again = Vec::new();
        let entries = journal.open(since)?;
        for entry in entries.known {
            if self.ask_again(&entry).await? {
                again.push(entry.request);
            }
        }
        for request in &again {
            self.carry_out(*request).await?;
        }
        Ok(ErasedAgain { requests: again, unreadable: entries.unreadable })
    }

    /// Whether there was anything to ask for.
    async fn ask_again(&self, entry: &Entry) -> Result<bool, Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        if state(&mut tx, entry.request).await? == Some(RequestState::Complete) {
            return Ok(false);
        }
        if tx.opt::<(i32,)>(&JOURNAL_ACCOUNT, args![entry.account]).await?.is_none() {
            // The account is younger than the backup.
            return Ok(false);
        }
        let is_known = state(&mut tx, entry.request).await?.is_some();
        let mut change = Change::by_machine(tx, self.surroundings.now(), entry.account, ActorKind::System).await?;
        if is_known {
            change.tx.execute(&JOURNAL_RESUME, args![entry.request]).await?;
        } else {
            let users: usize = entry.users.values().map(Vec::len).sum();
            let users = i64::try_from(users).unwrap_or(i64::MAX);
            let sweep = entry.everything_in.map(|_| Sweep::Everything.as_str().to_owned());
            let args = args![entry.request, entry.account, change.now, entry.cut, users, now, entry.everything_in, sweep];
            change.tx.execute(&JOURNAL_INSERT, args).await?;
        }
        insert_subjects(&mut change.tx, entry).await?;
        if let Some((hashes, until)) = &entry.suppressed {
            change.tx.lock_rules_exclusively().await?;
            change.tx.execute(&JOURNAL_SUPPRESS, args![entry.request, *until]).await?;
            suppressions::suppress(&mut change.tx, entry.account, entry.request, hashes, (entry.at, *until)).await?;
        }
        jobs::enqueue(&mut change.tx, &self.surroundings, &Job::Erase { request: entry.request, step: EraseStep::START }, now).await?;
        change.commit(&Deed::DeletionRepeated { request: entry.request }).await?;
        Ok(true)
    }

    /// Works until the request is complete.
    async fn carry_out(&self, request: RequestId) -> Result<(), Error> {
        loop {
            let state = state(&mut self.db.read().await?, request).await?;
            match state {
                Some(RequestState::Complete) => return Ok(()),
                Some(RequestState::Failed) => return Err(Error::Conflict),
                _ => {}
            }
            // Another server that starts as well may hold the job, until its lease ends.
            if let Tick::Idle(_) = self.unscoped_tick().await? {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Before the first row of a request goes. Once more where it begins anew, which does no harm.
    pub(super) async fn write_down(&self, request: RequestId) -> Result<(), Error> {
        let Some(journal) = &self.journal else { return Ok(()) };
        let mut tx = self.db.read().await?;
        let asked: Option<(Uuid, i64, Option<i64>)> = tx.opt(&JOURNAL_ENTRY, args![request]).await?;
        let Some((account, cut, everything_in)) = asked else { return Ok(()) };
        let rows: Vec<(i64, i64)> = tx.all(&JOURNAL_SUBJECTS, args![request]).await?;
        let mut users: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (environment, key) in rows {
            users.entry(environment).or_default().push(key);
        }
        let suppressed = suppressed(&mut tx, request).await?;
        let (account, at, cut) = (AccountId(account), self.surroundings.now(), Millis(cut));
        let entry = Entry { request, account, at, cut, everything_in, users, suppressed };
        let journal = journal.clone();
        let written = tokio::task::spawn_blocking(move || journal.add(&entry)).await;
        written.map_err(|_| Error::Inconsistent { table: "deletion_subjects" })?.map_err(Error::from)
    }
}

/// How long to wait for another server.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(200);

async fn state(tx: &mut Tx, request: RequestId) -> Result<Option<RequestState>, Error> {
    let word: Option<(String,)> = tx.opt(&JOURNAL_REQUEST, args![request]).await?;
    word.map(|(word,)| RequestState::parse(&word).ok_or(Error::Inconsistent { table: "deletion_requests" })).transpose()
}

/// Whom a request keeps out, and until when.
async fn suppressed(tx: &mut Tx, request: RequestId) -> Result<Option<(Hashes, Millis)>, Error> {
    let rows: Vec<(i64, bool, i64)> = tx.all(&JOURNAL_SUPPRESSED, args![request]).await?;
    let Some(until) = rows.first().map(|(_, _, until)| Millis(*until)) else { return Ok(None) };
    let mut hashes = Hashes::default();
    for (hash, is_name, _) in rows {
        if is_name {
            hashes.names.insert(hash)
        } else {
            hashes.keys.insert(hash)
        };
    }
    Ok(Some((hashes, until)))
}

async fn insert_subjects(tx: &mut Tx, entry: &Entry) -> Result<(), Error> {
    const HEAD: &str = "INSERT INTO deletion_subjects (request_id, environment_id, user_key)";
    const TAIL: &str = "ON CONFLICT (request_id, environment_id, user_key) DO NOTHING";
    let places = entry.users.iter().flat_map(|(environment, keys)| keys.iter().map(|key| (*environment, *key)));
    let rows = places.map(|(environment, key)| args![entry.request, environment, key]).collect();
    tx.insert(HEAD, rows, TAIL).await?;
    Ok(())
}
