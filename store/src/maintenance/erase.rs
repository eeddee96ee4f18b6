//! Erasing the users of a deletion request.
//!
//! The request knows its users: they were found under the lock that made its cut. Their rows up to the cut go in chunks, each with its counts and the request's progress in one
//! transaction, so that a worker may die at any point. Then a count must find nothing, the files are scrubbed, and the completing transaction counts once more.

pub(super) mod companies;
pub(super) mod complete;
mod data;
pub(super) mod receipt;
pub(super) mod roots;
pub(super) mod subjects;
pub(super) mod sweep;

use std::error::Error as _;

use domain::{
    audit::{ActorKind, Deed},
    deletion::{Counts, Sweep},
    id::{AccountId, RequestId},
    privacy::ScrubRules,
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Maintenance,
    jobs::{EraseStep, Job, lease::Claimed},
};
use crate::{
    Error,
    console::Change,
    engine::{Tx, args, statements},
};
use sweep::{Rule, Swept};

statements! {
    ERASE_REQUEST = "SELECT account_id, cut_at, environment_id, sweep, rules, users_erased, events_erased, properties_erased, aliases_erased FROM deletion_requests WHERE id = $1";
    /// Locks the row: a request is cancelled before this, or not at all.
    ERASE_BEGIN = "UPDATE deletion_requests SET state = 'running', began_at = COALESCE(began_at, $2) WHERE id = $1 AND state IN ('pending', 'running') RETURNING account_id, cut_at, environment_id, sweep, rules, users_erased, events_erased, properties_erased, aliases_erased";
    /// Files that name the same users, of which nobody made a request. Gone before the files are scrubbed.
    DRAFTS_FORGET = "DELETE FROM deletion_uploads WHERE account_id = $1 AND created_at <= $2";
    ERASE_GIVE_UP = "UPDATE deletion_requests SET state = 'failed', failure = $2 WHERE id = $1";
    ERASE_COUNT = "UPDATE deletion_requests SET state = 'running', users_erased = users_erased + $2, events_erased = events_erased + $3, properties_erased = properties_erased + $4, aliases_erased = aliases_erased + $5 WHERE id = $1 AND state <> 'complete'";
    ERASE_COUNT_IN = "INSERT INTO deletion_counts (request_id, environment_id, users, events, properties, aliases) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (request_id, environment_id) DO UPDATE SET users = deletion_counts.users + excluded.users, events = deletion_counts.events + excluded.events, properties = deletion_counts.properties + excluded.properties, aliases = deletion_counts.aliases + excluded.aliases";
}

/// A request that is being carried out.
pub(super) struct Order {
    pub(super) id: RequestId,
    pub(super) account: AccountId,
    cut: Millis,
    about: About,
    erased: Counts,
}

/// Whom or what it is about.
#[derive(Debug)]
enum About {
    /// The users who were found when it was made.
    Named,
    /// Everything in this environment.
    Everything(i64),
    /// What an environment holds that has to go or to be changed.
    Swept(Swept),
}

#[derive(FromRow)]
struct OrderRow {
    account_id: Uuid,
    cut_at: i64,
    environment_id: Option<i64>,
    sweep: Option<String>,
    rules: Option<String>,
    users_erased: i64,
    events_erased: i64,
    properties_erased: i64,
    aliases_erased: i64,
}

impl Order {
    async fn read(tx: &mut Tx, id: RequestId) -> Result<Self, Error> {
        let row: OrderRow = tx.opt(&ERASE_REQUEST, args![id]).await?.ok_or(Error::Inconsistent { table: "deletion_requests" })?;
        Self::of(id, &row)
    }

    /// For a chunk; nothing of a request that was cancelled.
    async fn begin(tx: &mut Tx, id: RequestId, now: Millis) -> Result<Option<Self>, Error> {
        let Some(row) = tx.opt(&ERASE_BEGIN, args![id, now]).await? else { return Ok(None) };
        let order = Self::of(id, &row)?;
        tx.execute(&DRAFTS_FORGET, args![order.account, order.cut]).await?;
        Ok(Some(order))
    }

    fn of(id: RequestId, row: &OrderRow) -> Result<Self, Error> {
        let erased = Counts {
            users: row.users_erased.unsigned_abs(),
            events: row.events_erased.unsigned_abs(),
            properties: row.properties_erased.unsigned_abs(),
            aliases: row.aliases_erased.unsigned_abs(),
        };
        let about = row.about().ok_or(Error::Inconsistent { table: "deletion_requests" })?;
        Ok(Self { id, account: AccountId(row.account_id), cut: Millis(row.cut_at), about, erased })
    }

    /// The environment that it is about, where it names nobody.
    pub(super) const fn environment(&self) -> Option<i64> {
        match self.about {
            About::Everything(environment) | About::Swept(Swept { environment, .. }) => Some(environment),
            About::Named => None,
        }
    }

    /// Where everything goes, instead of named users.
    const fn everything_in(&self) -> Option<i64> {
        match self.about {
            About::Everything(environment) => Some(environment),
            About::Named | About::Swept(_) => None,
        }
    }

    /// Counted in the transaction that erases, hence each row once.
    async fn count(&self, tx: &mut Tx, environment: i64, more: Counts) -> Result<(), Error> {
        let [users, events, properties, aliases] = [more.users, more.events, more.properties, more.aliases].map(u64::cast_signed);
        tx.execute(&ERASE_COUNT, args![self.id, users, events, properties, aliases]).await?;
        tx.execute(&ERASE_COUNT_IN, args![self.id, environment, users, events, properties, aliases]).await?;
        Ok(())
    }

    /// After the last user.
    const fn after_users(&self) -> EraseStep {
        if self.everything_in().is_some() { EraseStep::Companies } else { EraseStep::Verify }
    }

    fn job(&self, step: EraseStep) -> Job {
        Job::Erase { request: self.id, step }
    }
}

impl OrderRow {
    fn about(&self) -> Option<About> {
        let Some(environment) = self.environment_id else { return Some(About::Named) };
        let rule = match Sweep::parse(self.sweep.as_deref()?)? {
            Sweep::Everything => return Some(About::Everything(environment)),
            Sweep::Retention => Rule::Older,
            Sweep::Scrub => {
                let rules: ScrubRules = serde_json::from_str(self.rules.as_deref()?).ok()?;
                Rule::Settings(Box::new(rules.privacy()?))
            }
        };
        Some(About::Swept(Swept { environment, cut: Millis(self.cut_at), rule }))
    }
}

/// An error with what it comes from. Engines name tables and constraints, and quote no values.
pub(super) fn reason(why: &Error) -> String {
    let mut text = why.to_string();
    let mut from = why.source();
    while let Some(error) = from {
        text = [text, error.to_string()].join(": ");
        from = error.source();
    }
    text.chars().take(LONGEST_REASON).collect()
}

/// The most characters of a reason that are kept.
const LONGEST_REASON: usize = 300;

impl Maintenance {
    /// The request failed for good: it says why, its job ends, and somebody has to let it begin anew. What went is gone, and whom it is about is still known.
    pub(super) async fn give_up(&self, claimed: &Claimed, request: RequestId, why: &Error) -> Result<(), Error> {
        let (mut tx, _) = self.begin_chunk().await?;
        let order = Order::read(&mut tx, request).await?;
        let mut change = Change::by_machine(tx, self.surroundings.now(), order.account, ActorKind::System).await?;
        change.tx.execute(&ERASE_GIVE_UP, args![request, reason(why)]).await?;
        claimed.finish(&mut change.tx).await?;
        change.commit(&Deed::DeletionFailed { request }).await
    }

    /// One step of the way.
    pub(super) async fn erase(&self, claimed: &mut Claimed, request: RequestId, step: EraseStep) -> Result<(), Error> {
        if step == EraseStep::START {
            self.write_down(request).await?;
        }
        match step {
            // Once more where an earlier version erased it, which finds nothing.
            EraseStep::Data(environment, key) | EraseStep::Roots(environment, key) => {
                self.erase_data(claimed, request, (environment, key)).await
            }
            EraseStep::Users(environment, key, last) => self.erase_users(claimed, request, (environment, key), last).await,
            EraseStep::Sweep(pass, first, second, found) => self.sweep(claimed, request, pass, (first, second), found).await,
            EraseStep::Companies => self.erase_companies(claimed, request).await,
            EraseStep::Verify => self.verify_erased(claimed, request).await,
            EraseStep::Scrub => self.scrub_erased(claimed, request).await,
            EraseStep::Complete => self.complete(claimed, request).await,
        }
    }
}
