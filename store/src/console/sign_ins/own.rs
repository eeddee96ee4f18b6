//! A person's own sign-ins: where they are signed in, and ending that.

use domain::{id::SignInId, time::Millis};
use sqlx::FromRow;
use uuid::Uuid;

use super::end_others;
use crate::{
    Console, Error,
    access::{Actor, Who},
    engine::{args, statements},
};

statements! {
    OWN_LIST = "SELECT id, device, created_at, used_at FROM sign_ins WHERE person_id = $1 AND expires_at > $2 ORDER BY used_at DESC, id DESC LIMIT $3";
    OWN_END = "DELETE FROM sign_ins WHERE person_id = $1 AND id = $2";
}

/// How many sign-ins a list shows at most, those that were used last.
const MOST: u32 = 50;

/// One place where a person is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The sign-in.
    pub id: SignInId,
    /// What signed in, in its own words (`User-Agent`), at most 200 characters.
    pub device: String,
    /// Since when.
    pub created_at: Millis,
    /// The last use, to the minute.
    pub used_at: Millis,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

#[derive(FromRow)]
struct SignInRow {
    id: Uuid,
    device: String,
    created_at: i64,
    used_at: i64,
}

impl Console {
    /// The actor's live sign-ins, the one used last first, at most 50.
    ///
    /// # Errors
    /// `Forbidden` for scripts.
    pub async fn own_sign_ins(&self, actor: &Actor) -> Result<Vec<SignIn>, Error> {
        let Who::Person { id, sign_in, .. } = actor.who else { return Err(Error::Forbidden) };
        let rows: Vec<SignInRow> = self.db.read().await?.all(&OWN_LIST, args![id, self.surroundings.now(), MOST]).await?;
        let row = |row: SignInRow| SignIn {
            id: SignInId(row.id),
            device: row.device,
            created_at: Millis(row.created_at),
            used_at: Millis(row.used_at),
            is_this: row.id == sign_in.0,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Ends one of the actor's own sign-ins.
    ///
    /// # Errors
    /// `NotFound` when it has ended already, or is somebody else's; `Forbidden` for scripts.
    pub async fn end_own_sign_in(&self, actor: &Actor, ended: SignInId) -> Result<(), Error> {
        let person = actor.person().ok_or(Error::Forbidden)?;
        let mut tx = self.db.write().await?;
        if tx.execute(&OWN_END, args![person, ended]).await? == 0 {
            return Err(Error::NotFound);
        }
        tx.commit().await
    }

    /// Ends every sign-in of the actor but the one that asks.
    ///
    /// # Errors
    /// `Forbidden` for scripts.
    pub async fn end_other_sign_ins(&self, actor: &Actor) -> Result<(), Error> {
        let Who::Person { id, sign_in, .. } = actor.who else { return Err(Error::Forbidden) };
        let mut tx = self.db.write().await?;
        end_others(&mut tx, id, sign_in).await?;
        tx.commit().await
    }
}
