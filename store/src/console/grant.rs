//! From an actor to a proof.

use domain::{access::Access, id::AccountId};
use uuid::Uuid;

use super::Console;
use crate::{
    Error,
    access::{Actor, Capability, Granted, Who},
    engine::{Tx, args, statements},
};

statements! {
    ACCESS_OF = "SELECT access FROM teammates WHERE account_id = $1 AND person_id = $2";
    KEY_LIVES = "SELECT id FROM api_keys WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL";
}

impl Console {
    /// Proof that `actor` may use `C` in `account`, as of now.
    ///
    /// # Errors
    /// `NotFound` for strangers as for accounts that do not exist; `Forbidden` for members without the right.
    pub async fn grant<C: Capability>(&self, actor: &Actor, account: AccountId) -> Result<Granted<C>, Error> {
        let mut tx = self.db.read().await?;
        grant_in(&mut tx, actor, account).await
    }
}

/// The same within a transaction, so that nothing can change between the check and the deed.
pub(super) async fn grant_in<C: Capability>(tx: &mut Tx, actor: &Actor, account: AccountId) -> Result<Granted<C>, Error> {
    match &actor.who {
        Who::Person { id, .. } => {
            let (word,): (String,) = tx.one(&ACCESS_OF, args![account, *id]).await?;
            let access = Access::parse(&word).ok_or(Error::Inconsistent { table: "teammates" })?;
            Granted::judge(account, actor, access).ok_or(Error::Forbidden)
        }
        Who::Script { account: own, key } if *own == account => {
            let _: (Uuid,) = tx.one(&KEY_LIVES, args![account, *key]).await?;
            Granted::of_script(account, actor).ok_or(Error::Forbidden)
        }
        Who::Script { .. } => Err(Error::NotFound),
    }
}
