//! The second person, where an account demands one.

use domain::{
    audit::{ActorKind, Deed},
    deletion::{Approval, FULL_TEAMMATES},
    id::RequestId,
    invalid::{Field, Problem},
    mail::LetterKind,
    time::Millis,
};
use uuid::Uuid;

use super::{Console, Deletions};
use crate::{
    Error,
    access::{Granted, ManagePrivacy, View},
    console::{
        Change,
        outbox::{self, Subject},
    },
    engine::{Tx, args, statements},
    maintenance::jobs::{self, EraseStep, Job},
};

statements! {
    APPROVAL_OF = "SELECT approval FROM accounts WHERE id = $1";
    APPROVAL_SET = "UPDATE accounts SET approval = $2 WHERE id = $1";
    FULL_COUNT = "SELECT COUNT(*) FROM teammates WHERE account_id = $1 AND access = 'full'";
    FULL_ADDRESSES = "SELECT p.id, p.email FROM teammates t JOIN people p ON p.id = t.person_id WHERE t.account_id = $1 AND t.access = 'full' ORDER BY t.created_at, p.id";
    REQUEST_WAITING = "SELECT COALESCE((SELECT k.created_by FROM api_keys k WHERE k.id = deletion_requests.requested_by), requested_by), erase_at FROM deletion_requests WHERE account_id = $1 AND id = $2 AND state = 'pending' AND awaits_approval";
    REQUEST_APPROVE = "UPDATE deletion_requests SET awaits_approval = FALSE, approved_at = $3, approved_by_name = $4, erase_at = $5 WHERE account_id = $1 AND id = $2 AND state = 'pending' AND awaits_approval";
    REQUESTS_WAITING = "SELECT COUNT(*) FROM deletion_requests WHERE account_id = $1 AND state = 'pending' AND awaits_approval";
}

impl Console {
    /// Which requests of this account a second person has to approve.
    ///
    /// # Errors
    /// `Database`.
    pub async fn approval(&self, granted: &Granted<View>) -> Result<Approval, Error> {
        approval(&mut self.db.read().await?, granted).await
    }

    /// Demands it for the requests that are made from now on.
    ///
    /// # Errors
    /// `Invalid` at `approval`: `NeedsTwo` where there is nobody else who could approve.
    pub async fn set_approval(&self, granted: &Granted<ManagePrivacy>, approval: Approval) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        let (full,): (i64,) = change.tx.one(&FULL_COUNT, args![change.account]).await?;
        if approval != Approval::Never && full < i64::from(FULL_TEAMMATES) {
            return Err(Error::mistake(Field::Approval, Problem::NeedsTwo));
        }
        change.tx.execute(&APPROVAL_SET, args![change.account, approval.as_str()]).await?;
        change.commit(&Deed::ApprovalSet { approval }).await
    }

    /// How many requests wait for somebody to approve them.
    ///
    /// # Errors
    /// `Database`.
    pub async fn requests_to_approve(&self, granted: &Granted<View>) -> Result<u32, Error> {
        let (count,): (i64,) = self.db.read().await?.one(&REQUESTS_WAITING, args![granted.account]).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

impl Deletions<'_> {
    /// Whether a request that is made now waits for somebody else.
    pub(super) async fn awaits_approval(&self, tx: &mut Tx) -> Result<bool, Error> {
        let approval = approval(tx, self.granted).await?;
        Ok(approval.is_demanded(self.granted.actor.kind(), full_teammates(tx, self.granted).await?))
    }

    /// The same before it is made.
    ///
    /// # Errors
    /// `Database`.
    pub async fn would_await_approval(&self) -> Result<bool, Error> {
        self.awaits_approval(&mut self.console.db.read().await?).await
    }

    /// Tells everybody who could approve a request that it waits. Where no mail is sent, the list of requests says so.
    pub(super) async fn tell_others(&self, change: &mut Change, request: RequestId) -> Result<(), Error> {
        let console = self.console;
        if !console.sends_mail {
            return Ok(());
        }
        let asked_by: Option<(Option<Uuid>, i64)> = change.tx.opt(&REQUEST_WAITING, args![change.account, request]).await?;
        let asked_by = asked_by.and_then(|(person, _)| person);
        let others: Vec<(Uuid, String)> = change.tx.all(&FULL_ADDRESSES, args![change.account]).await?;
        for (_, email) in others.into_iter().filter(|(person, _)| Some(*person) != asked_by) {
            let subject = Subject { kind: LetterKind::Approval, id: Some(request.0), generation: 0 };
            outbox::queue(&mut change.tx, console.letter_id(), Some(change.account), &email, &subject, change.now).await?;
        }
        Ok(())
    }

    /// Lets a request begin when its time comes, or at once where that has passed.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for one that does not wait for it; `Invalid` at `form`: `OwnRequest` for who asked, or made the API key that did, while somebody else could approve.
    pub async fn approve(&self, id: RequestId) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let waiting: Option<(Option<Uuid>, i64)> = change.tx.opt(&REQUEST_WAITING, args![change.account, id]).await?;
        let Some((asked_by, erase_at)) = waiting else {
            let _: (i32,) = change.tx.one(&super::turning::REQUEST_EXISTS, args![change.account, id]).await?;
            return Err(Error::Conflict);
        };
        let actor = &self.granted.actor;
        let is_second = actor.kind() == ActorKind::Person && asked_by != Some(actor.id());
        if !is_second && Approval::People.is_demanded(ActorKind::Person, full_teammates(&mut change.tx, self.granted).await?) {
            return Err(Error::mistake(Field::Whole, Problem::OwnRequest));
        }
        outbox::withdraw(&mut change.tx, id.0).await?;
        let now = change.tx.received_at(&self.console.surroundings).await?;
        let erase_at = now.max(Millis(erase_at));
        change.tx.execute(&REQUEST_APPROVE, args![change.account, id, change.now, actor.label(), erase_at]).await?;
        jobs::enqueue(&mut change.tx, &self.console.surroundings, &Job::Erase { request: id, step: EraseStep::START }, erase_at).await?;
        change.commit(&Deed::DeletionApproved { request: id }).await
    }
}

async fn approval<C>(tx: &mut Tx, granted: &Granted<C>) -> Result<Approval, Error> {
    let (word,): (String,) = tx.one(&APPROVAL_OF, args![granted.account]).await?;
    Approval::parse(&word).map_err(|_| Error::Inconsistent { table: "accounts" })
}

async fn full_teammates<C>(tx: &mut Tx, granted: &Granted<C>) -> Result<u32, Error> {
    let (full,): (i64,) = tx.one(&FULL_COUNT, args![granted.account]).await?;
    Ok(u32::try_from(full).unwrap_or(u32::MAX))
}
