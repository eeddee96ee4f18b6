//! A change of an account: one transaction that begins with the account's lock and ends with an audit entry.

use domain::{
    audit::{ActorKind, Deed},
    id::AccountId,
    time::Millis,
};
use uuid::Uuid;

use super::{Console, grant_in};
use crate::{
    Error,
    access::{Actor, Capability, Granted},
    engine::{Tx, args, statements},
    surroundings::Surroundings,
};

statements! {
    /// Taking the next number of the audit log locks the account until the commit, on both engines.
    AUDIT_NUMBER = "UPDATE accounts SET audit_number = audit_number + 1 WHERE id = $1 RETURNING audit_number";
    AUDIT_INSERT = "INSERT INTO audit_log (account_id, number, at, actor_kind, actor_id, actor_name, deed) VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// The only way to commit is [`Change::commit`], so no change can forget its audit entry; but for the account's own end, which leaves no log to tell it in.
pub(crate) struct Change {
    pub(crate) tx: Tx,
    pub(crate) account: AccountId,
    pub(crate) now: Millis,
    number: i64,
    kind: ActorKind,
    id: Option<Uuid>,
    name: String,
}

impl Console {
    /// Locks the account and checks the actor's right once more.
    pub(crate) async fn begin<C: Capability>(&self, granted: &Granted<C>) -> Result<Change, Error> {
        let mut tx = self.db.write().await?;
        let number = lock(&mut tx, granted.account).await?;
        let _: Granted<C> = grant_in(&mut tx, &granted.actor, granted.account).await?;
        Ok(Change::of(tx, &self.surroundings, granted.account, number, &granted.actor))
    }
}

impl Change {
    fn of(tx: Tx, surroundings: &Surroundings, account: AccountId, number: i64, actor: &Actor) -> Self {
        let (kind, id, name) = (actor.kind(), Some(actor.id()), actor.label().to_owned());
        Self { tx, account, now: surroundings.now(), number, kind, id, name }
    }

    /// A change by somebody who is no teammate yet: who founds the account, or accepts an invite.
    pub(crate) async fn by_newcomer(
        mut tx: Tx,
        now: Millis,
        account: AccountId,
        kind: ActorKind,
        person: Uuid,
        name: &str,
    ) -> Result<Self, Error> {
        let number = lock(&mut tx, account).await?;
        Ok(Self { tx, account, now, number, kind, id: Some(person), name: name.to_owned() })
    }

    /// A change by the command line or the worker.
    pub(crate) async fn by_machine(mut tx: Tx, now: Millis, account: AccountId, kind: ActorKind) -> Result<Self, Error> {
        let number = lock(&mut tx, account).await?;
        Ok(Self { tx, account, now, number, kind, id: None, name: String::new() })
    }

    /// Writes the audit entry and commits.
    pub(crate) async fn commit(mut self, deed: &Deed) -> Result<(), Error> {
        let deed = serde_json::to_string(deed).map_err(|_| Error::Inconsistent { table: "audit_log" })?;
        let args = args![self.account, self.number, self.now, self.kind.as_str(), self.id, self.name, deed];
        self.tx.execute(&AUDIT_INSERT, args).await?;
        self.tx.commit().await
    }

    /// Commits the end of the account, log included.
    pub(super) async fn commit_the_end(self) -> Result<(), Error> {
        self.tx.commit().await
    }
}

async fn lock(tx: &mut Tx, account: AccountId) -> Result<i64, Error> {
    let (number,): (i64,) = tx.one(&AUDIT_NUMBER, args![account]).await?;
    Ok(number)
}
