//! What can be done about a request once it is made: taking it back before it begins, and trying again where it failed.

use domain::{
    audit::{ActorKind, Deed},
    deletion::Grace,
    id::{AccountId, RequestId},
    invalid::{Field, Problem},
};

use super::{Console, Deletions, suppressions};
use crate::{
    Error,
    access::{Granted, ManagePrivacy, View},
    console::outbox,
    engine::{Sql, Tx, args, statements},
    maintenance::jobs::{self, EraseStep, Job},
};

statements! {
    GRACE_OF = "SELECT grace_hours FROM accounts WHERE id = $1";
    GRACE_SET = "UPDATE accounts SET grace_hours = $2 WHERE id = $1";
    /// The rule of the server: it has not begun, and its time has not come, or nobody has approved it. The worker claims the row in the same way, so one of both is first.
    REQUEST_CANCEL = "UPDATE deletion_requests SET state = 'cancelled', completed_at = $3 WHERE account_id = $1 AND id = $2 AND state = 'pending' AND (awaits_approval OR erase_at > $4)";
    CANCELLED_SUBJECTS = "DELETE FROM deletion_subjects WHERE request_id = $1";
    CANCELLED_RECEIPT = "DELETE FROM receipts WHERE request_id = $1";
    REQUEST_RETRY = "UPDATE deletion_requests SET state = 'running', failure = NULL WHERE account_id = $1 AND id = $2 AND state = 'failed'";
}

/// Whose it is.
pub(super) const REQUEST_EXISTS: Sql =
    Sql { name: "REQUEST_EXISTS", text: "SELECT 1 FROM deletion_requests WHERE account_id = $1 AND id = $2" };

impl Console {
    /// How long a request of this account can be taken back, when it is made in the console.
    ///
    /// # Errors
    /// `Database`.
    pub async fn grace(&self, granted: &Granted<View>) -> Result<Grace, Error> {
        grace(&mut self.db.read().await?, granted.account).await
    }

    /// Sets it for the requests that are made from now on.
    ///
    /// # Errors
    /// `Database`.
    pub async fn set_grace(&self, granted: &Granted<ManagePrivacy>, grace: Grace) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        change.tx.execute(&GRACE_SET, args![change.account, i64::from(grace.hours())]).await?;
        change.commit(&Deed::GraceSet { hours: grace.hours() }).await
    }
}

/// How long a request of this account can be taken back.
pub(in crate::console) async fn grace(tx: &mut Tx, account: AccountId) -> Result<Grace, Error> {
    let (hours,): (i64,) = tx.one(&GRACE_OF, args![account]).await?;
    Grace::from_hours(hours).ok_or(Error::Inconsistent { table: "accounts" })
}

impl Deletions<'_> {
    /// Scripts have none: they asked somebody before they ask us.
    pub(super) async fn grace_in(&self, tx: &mut Tx) -> Result<Grace, Error> {
        if self.granted.actor.kind() == ActorKind::ApiKey {
            return Ok(Grace::NONE);
        }
        grace(tx, self.granted.account).await
    }

    /// Takes a request back before it begins. Nothing has gone then, and whom it was about is forgotten.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `form`: `TooLate` once its time has come.
    pub async fn cancel(&self, id: RequestId) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let _: (i32,) = change.tx.one(&REQUEST_EXISTS, args![change.account, id]).await?;
        let now = change.tx.received_at(&self.console.surroundings).await?;
        if change.tx.execute(&REQUEST_CANCEL, args![change.account, id, change.now, now]).await? == 0 {
            return Err(Error::mistake(Field::Whole, Problem::TooLate));
        }
        // Its job finds it cancelled, and ends.
        for sql in [&CANCELLED_SUBJECTS, &CANCELLED_RECEIPT] {
            change.tx.execute(sql, args![id]).await?;
        }
        outbox::withdraw(&mut change.tx, id.0).await?;
        change.tx.lock_rules_exclusively().await?;
        suppressions::lift(&mut change.tx, change.account, id).await?;
        change.commit(&Deed::DeletionCancelled { request: id }).await
    }

    /// Lets a failed request begin anew. What went is gone, so it only does the rest.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for a request that has not failed.
    pub async fn retry(&self, id: RequestId) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let _: (i32,) = change.tx.one(&REQUEST_EXISTS, args![change.account, id]).await?;
        if change.tx.execute(&REQUEST_RETRY, args![change.account, id]).await? == 0 {
            return Err(Error::Conflict);
        }
        let now = change.tx.received_at(&self.console.surroundings).await?;
        jobs::enqueue(&mut change.tx, &self.console.surroundings, &Job::Erase { request: id, step: EraseStep::START }, now).await?;
        change.commit(&Deed::DeletionRetried { request: id }).await
    }
}
