//! Every day, a look for what is older than an environment keeps it.
//!
//! The look reads, a piece at a time, and only where it finds something it makes a request: a day on which nothing is old enough leaves nothing. The request goes on from where the look is.

use domain::{
    audit::{ActorKind, Deed},
    id::{AccountId, RequestId},
    privacy::Retention,
    time::Millis,
};
use uuid::Uuid;

use super::{
    Maintenance,
    erase::sweep::{Rule, Swept},
    jobs::{self, EraseStep, Job, Look, Pass, lease::Claimed},
};
use crate::{
    Error,
    console::{Change, deletion_requests::receipt},
    engine::{Tx, args, statements},
};

statements! {
    /// One for each environment, however often it is asked for.
    RETAIN_BEGIN = "INSERT INTO jobs (id, kind, payload, run_at, leased_until, attempts) VALUES ($1, $2, $3, $4, 0, 0) ON CONFLICT (id) DO UPDATE SET run_at = excluded.run_at";
    RETENTION_OF = "SELECT e.account_id, p.name || ' / ' || e.name, s.retention_days FROM environments e JOIN projects p ON p.id = e.project_id JOIN privacy_settings s ON s.environment_id = e.id WHERE e.id = $1 AND e.deleted_at IS NULL AND s.retention_days IS NOT NULL";
    RETENTION_UNDER_WAY = "SELECT 1 FROM deletion_requests WHERE environment_id = $1 AND sweep = 'retention' AND state IN ('pending', 'running', 'failed')";
    RETENTION_REQUEST = "INSERT INTO deletion_requests (id, account_id, state, requested_by_kind, requested_by, requested_by_name, created_at, cut_at, completed_at, targets, users_found, property, erase_at, environment_id, sweep, awaits_approval, users_erased, events_erased, properties_erased, aliases_erased) VALUES ($1, $2, 'pending', 'system', NULL, 'Retention', $3, $4, NULL, 0, 0, NULL, $5, $6, 'retention', FALSE, 0, 0, 0, 0)";
}

/// A namespace of its own, so that an environment's job has the same id each time.
const JOBS: u64 = 0x7265_7461_696e_0000;

/// Leaves the daily look of an environment, the next one at this time.
pub(crate) async fn begin(tx: &mut Tx, environment: i64, at: Millis) -> Result<(), Error> {
    let job = Job::Retain { environment, look: None };
    let id = Uuid::from_u64_pair(JOBS, environment.cast_unsigned());
    tx.execute(&RETAIN_BEGIN, args![id, "retain", job.payload()?, at]).await?;
    Ok(())
}

/// For how long an environment keeps data.
struct Keeping {
    account: AccountId,
    name: String,
    retention: Retention,
}

async fn keeping(tx: &mut Tx, environment: i64) -> Result<Option<Keeping>, Error> {
    let row: Option<(Uuid, String, i64)> = tx.opt(&RETENTION_OF, args![environment]).await?;
    let keeping = |(account, name, days): (Uuid, String, i64)| {
        let retention = Retention::from_days(days).ok_or(Error::Inconsistent { table: "privacy_settings" })?;
        Ok(Keeping { account: AccountId(account), name, retention })
    };
    row.map(keeping).transpose()
}

impl Maintenance {
    /// Looks at some rows, and asks for what is older to be erased where there is any.
    pub(super) async fn retain(&self, claimed: &Claimed, environment: i64, look: Option<Look>) -> Result<(), Error> {
        let mut tx = self.db.read().await?;
        let now = tx.received_at(&self.surroundings).await?;
        let keeping = keeping(&mut tx, environment).await?;
        let is_under_way = tx.opt::<(i32,)>(&RETENTION_UNDER_WAY, args![environment]).await?.is_some();
        tx.commit().await?;
        let Some(keeping) = keeping else { return self.end_of_looks(claimed, environment).await };
        let next = |look| Job::Retain { environment, look };
        if is_under_way {
            let (mut tx, now) = self.begin_chunk().await?;
            claimed.go_on(&mut tx, &next(None), now.plus_days(1)).await?;
            return tx.commit().await;
        }
        // The setting may have become another one since the look began.
        let cut = keeping.retention.cut(now);
        let look = look.filter(|look| look.cut.plus_days(1) > cut && look.cut <= cut);
        let look = look.unwrap_or(Look { cut, pass: Pass::Events, after: Swept::START });
        let swept = Swept { environment, cut: look.cut, rule: Rule::Older };
        let seen = self.look(&swept, look.pass, look.after).await?;
        if !seen.due.is_empty() {
            return self.ask_for_older(claimed, &keeping, environment, look).await;
        }
        let (mut tx, now) = self.begin_chunk().await?;
        match (seen.is_end, swept.rule.after(look.pass)) {
            (false, _) => claimed.go_on(&mut tx, &next(Some(Look { after: seen.place, ..look })), now).await?,
            (true, Some(pass)) => claimed.go_on(&mut tx, &next(Some(Look { pass, after: Swept::START, ..look })), now).await?,
            (true, None) => claimed.go_on(&mut tx, &next(None), now.plus_days(1)).await?,
        }
        tx.commit().await
    }

    /// Its job goes, unless data is to be kept for some time again since it was seen not to be: then the save relies on the job that it found.
    async fn end_of_looks(&self, claimed: &Claimed, environment: i64) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        claimed.finish(&mut tx).await?;
        // Now a save waits for the job's row, or is seen.
        if keeping(&mut tx, environment).await?.is_some() {
            return Err(Error::Conflict);
        }
        tx.commit().await
    }

    /// What is before the place of the look is younger, and does not become older than its cut.
    async fn ask_for_older(&self, claimed: &Claimed, keeping: &Keeping, environment: i64, look: Look) -> Result<(), Error> {
        let (tx, now) = self.begin_chunk().await?;
        let mut change = Change::by_machine(tx, self.surroundings.now(), keeping.account, ActorKind::System).await?;
        let request = RequestId(self.surroundings.uuid());
        change.tx.execute(&RETENTION_REQUEST, args![request, change.account, change.now, look.cut, now, environment]).await?;
        receipt::begin(&mut change.tx, request, &self.surroundings.bytes::<32>(), &[]).await?;
        let (first, second) = look.after;
        let step = EraseStep::Sweep(look.pass, first, second, false);
        jobs::enqueue(&mut change.tx, &self.surroundings, &Job::Erase { request, step }, now).await?;
        claimed.go_on(&mut change.tx, &Job::Retain { environment, look: None }, now.plus_days(1)).await?;
        let deed = Deed::RetentionBegan { request, environment: keeping.name.clone(), days: keeping.retention.days() };
        change.commit(&deed).await
    }
}
