//! From an actor to a proof.

use domain::{
    access::Access,
    id::{AccountId, PersonId},
    time::Millis,
};
use uuid::Uuid;

use super::{Console, sign_ins::TOUCH_SECONDS};
use crate::{
    Error,
    access::{Actor, Capability, Granted, Who},
    engine::{Tx, args, statements},
};

statements! {
    ACCESS_OF = "SELECT access, seen_at FROM teammates WHERE account_id = $1 AND person_id = $2";
    SEEN = "UPDATE teammates SET seen_at = $3 WHERE account_id = $1 AND person_id = $2";
    KEY_LIVES = "SELECT id FROM api_keys WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL";
}

impl Console {
    /// Proof that `actor` may use `C` in `account`, as of now.
    ///
    /// # Errors
    /// `NotFound` for strangers as for accounts that do not exist; `Forbidden` for members without the right.
    pub async fn grant<C: Capability>(&self, actor: &Actor, account: AccountId) -> Result<Granted<C>, Error> {
        let mut tx = self.db.read().await?;
        let (granted, seen_at) = judge_in(&mut tx, actor, account).await?;
        tx.commit().await?;
        if let Some(person) = actor.person() {
            self.see(account, person, seen_at).await;
        }
        Ok(granted)
    }

    /// Notes when a teammate was last here. Nobody is kept from looking by a disk that is full.
    async fn see(&self, account: AccountId, person: PersonId, seen_at: Option<Millis>) {
        let now = self.surroundings.now();
        if seen_at.is_some_and(|seen| now <= seen.plus_seconds(TOUCH_SECONDS)) {
            return;
        }
        let written = async {
            let mut tx = self.db.write().await?;
            tx.execute(&SEEN, args![account, person, now]).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "when a teammate was last here was not written down");
        }
    }
}

/// The same within a transaction, so that nothing can change between the check and the deed.
pub(super) async fn grant_in<C: Capability>(tx: &mut Tx, actor: &Actor, account: AccountId) -> Result<Granted<C>, Error> {
    Ok(judge_in(tx, actor, account).await?.0)
}

/// Also when a teammate was last seen in the account.
async fn judge_in<C: Capability>(tx: &mut Tx, actor: &Actor, account: AccountId) -> Result<(Granted<C>, Option<Millis>), Error> {
    match &actor.who {
        Who::Person { id, .. } => {
            let (word, seen_at): (String, Option<i64>) = tx.one(&ACCESS_OF, args![account, *id]).await?;
            let access = Access::parse(&word).ok_or(Error::Inconsistent { table: "teammates" })?;
            let granted = Granted::judge(account, actor, access).ok_or(Error::Forbidden)?;
            Ok((granted, seen_at.map(Millis)))
        }
        Who::Script { account: own, key } if *own == account => {
            let _: (Uuid,) = tx.one(&KEY_LIVES, args![account, *key]).await?;
            Ok((Granted::of_script(account, actor).ok_or(Error::Forbidden)?, None))
        }
        Who::Script { .. } => Err(Error::NotFound),
    }
}
