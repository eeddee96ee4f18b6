//! What every request begins with, whoever and whatever it is about.

use domain::{
    deletion::{Sweep, Target},
    id::{EnvironmentId, RequestId},
    time::Millis,
};

use super::{Deletions, receipt};
use crate::{
    Error,
    console::Change,
    engine::{args, statements},
    maintenance::jobs::{self, EraseStep, Job},
};

statements! {
    REQUEST_INSERT = "INSERT INTO deletion_requests (id, account_id, state, requested_by_kind, requested_by, requested_by_name, created_at, cut_at, completed_at, targets, users_found, property, erase_at, environment_id, sweep, rules, awaits_approval, suppress_until, users_erased, events_erased, properties_erased, aliases_erased) VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, NULL, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, 0, 0)";
    CUT_NEXT = "UPDATE installation SET rules_version = rules_version + 1, newest_cut = CASE WHEN newest_cut >= $1 THEN newest_cut + 1 ELSE $1 END WHERE id = 1 RETURNING newest_cut";
}

/// A request to be.
pub(super) struct New {
    pub(super) cut: Millis,
    pub(super) targets: u32,
    pub(super) users: u64,
    pub(super) property: Option<String>,
    /// How it goes over which environment, where it names nobody.
    pub(super) sweep: Option<(Sweep, EnvironmentId)>,
    /// The settings by which it scrubs, as JSON.
    pub(super) rules: Option<String>,
    pub(super) suppress_until: Option<Millis>,
}

impl Deletions<'_> {
    /// Takes the cut, and waits for the batches that are under way: what was received up to it is there, and what comes is received later, on every server.
    pub(super) async fn cut(&self, change: &mut Change) -> Result<Millis, Error> {
        let surroundings = &self.console.surroundings;
        change.tx.lock_rules_exclusively().await?;
        let now = change.tx.received_at(surroundings).await?;
        // Every server learns of the cut before its next batch, and receives only after it; so a cut is also later than what was received after the one before.
        let (cut,): (i64,) = change.tx.one(&CUT_NEXT, args![now]).await?;
        Ok(surroundings.no_earlier(Millis(cut)))
    }

    /// Makes it, with its receipt to be, and its job unless somebody has to approve it first. Answers the key of the hashes of whom it is about.
    pub(super) async fn make(&self, change: &mut Change, id: RequestId, new: New, identifiers: &[Target]) -> Result<[u8; 32], Error> {
        let surroundings = &self.console.surroundings;
        let awaits_approval = self.awaits_approval(&mut change.tx).await?;
        let erase_at = new.cut.plus_minutes(i64::from(self.grace_in(&mut change.tx).await?.hours()) * 60);
        let actor = &self.granted.actor;
        let (sweep, environment) = new.sweep.unzip();
        let args = args![
            id,
            change.account,
            actor.kind().as_str(),
            actor.id(),
            actor.label(),
            change.now,
            new.cut,
            new.targets,
            new.users.cast_signed(),
            new.property,
            erase_at,
            environment.map(EnvironmentId::get),
            sweep.map(|sweep| sweep.as_str().to_owned()),
            new.rules,
            awaits_approval,
            new.suppress_until,
        ];
        change.tx.execute(&REQUEST_INSERT, args).await?;
        let key = surroundings.bytes::<32>();
        receipt::begin(&mut change.tx, id, &key, identifiers).await?;
        if awaits_approval {
            self.tell_others(change, id).await?;
        } else {
            jobs::enqueue(&mut change.tx, surroundings, &Job::Erase { request: id, step: EraseStep::START }, erase_at).await?;
        }
        Ok(key)
    }
}
