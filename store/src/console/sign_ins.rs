//! Sign-ins: a random token in a cookie, its hash in the table, an expiry that slides.

pub(super) mod own;

pub use own::SignIn;

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use domain::{
    email::EmailAddress,
    id::{PersonId, SignInId},
    invalid::{Field, Problem},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::Console;
use crate::{
    Error,
    access::{Actor, Who},
    engine::{Tx, args, statements},
    keys::secret_hash,
};

statements! {
    SIGN_IN_INSERT = "INSERT INTO sign_ins (id, token_hash, person_id, created_at, used_at, expires_at, device) VALUES ($1, $2, $3, $4, $4, $5, $6)";
    SIGN_IN_BY_TOKEN = "SELECT s.id, s.used_at, s.expires_at, p.id AS person_id, p.email, p.name FROM sign_ins s JOIN people p ON p.id = s.person_id WHERE s.token_hash = $1";
    SIGN_IN_TOUCH = "UPDATE sign_ins SET used_at = $2, expires_at = $3 WHERE id = $1";
    /// Locks the person's row, and finds it only while the password is the one that was checked.
    PASSWORD_STANDS = "UPDATE people SET password_hash = $2 WHERE id = $1 AND password_hash = $2";
    SIGN_IN_END = "DELETE FROM sign_ins WHERE id = $1";
    SIGN_INS_END_OTHERS = "DELETE FROM sign_ins WHERE person_id = $1 AND id <> $2";
    SIGN_IN_END_BY_TOKEN = "DELETE FROM sign_ins WHERE token_hash = $1";
    SIGN_INS_EXPIRED = "DELETE FROM sign_ins WHERE person_id = $1 AND expires_at <= $2";
}

/// How long a sign-in lives after its last use.
pub const LIFETIME_DAYS: i64 = 14;
/// Uses closer together than this are not written down.
pub(super) const TOUCH_SECONDS: i64 = 60;
const DEVICE_CHARS: usize = 200;

/// That a person proved to be who they are. Made by the right password, a new account, or an accepted invite; good for as long as that password is the person's.
#[derive(Clone)]
pub struct Verified {
    person: PersonId,
    password_hash: String,
}

impl Verified {
    pub(super) fn new(person: PersonId, password_hash: String) -> Self {
        Self { person, password_hash }
    }

    pub(super) fn person(&self) -> PersonId {
        self.person
    }

    pub(super) fn password_hash(&self) -> &str {
        &self.password_hash
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").field("person", &self.person).finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct Found {
    id: Uuid,
    used_at: i64,
    expires_at: i64,
    person_id: Uuid,
    email: String,
    name: String,
}

impl Console {
    /// Signs in and returns the token for the cookie. `replaced` is the token of the sign-in that this one renews.
    ///
    /// # Errors
    /// `Invalid` at `form`: `WrongCredentials` when the password was changed since it was checked.
    pub async fn sign_in(&self, verified: &Verified, device: &str, replaced: Option<&str>) -> Result<String, Error> {
        let secret = self.surroundings.bytes::<32>();
        let now = self.surroundings.now();
        let device: String = device.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS).collect();
        let mut tx = self.db.write().await?;
        if tx.execute(&PASSWORD_STANDS, args![verified.person(), verified.password_hash()]).await? == 0 {
            return Err(Error::mistake(Field::Whole, Problem::WrongCredentials));
        }
        if let Some(hash) = replaced.and_then(token_hash) {
            tx.execute(&SIGN_IN_END_BY_TOKEN, args![hash]).await?;
        }
        tx.execute(&SIGN_INS_EXPIRED, args![verified.person(), now]).await?;
        let id = SignInId(self.surroundings.uuid());
        let args = args![id, secret_hash(&secret), verified.person(), now, now.plus_days(LIFETIME_DAYS), device];
        tx.execute(&SIGN_IN_INSERT, args).await?;
        tx.commit().await?;
        Ok(BASE64URL_NOPAD.encode(&secret))
    }

    /// Who holds this token, if it is alive.
    ///
    /// # Errors
    /// `Database`.
    pub async fn actor(&self, token: &str) -> Result<Option<Actor>, Error> {
        let Some(hash) = token_hash(token) else { return Ok(None) };
        let found: Option<Found> = self.db.read().await?.opt(&SIGN_IN_BY_TOKEN, args![hash]).await?;
        let now = self.surroundings.now();
        let Some(found) = found.filter(|found| Millis(found.expires_at) > now) else { return Ok(None) };
        if now > Millis(found.used_at).plus_seconds(TOUCH_SECONDS) {
            // A full disk must not keep anybody from looking.
            if let Err(error) = self.touch(&found, now).await {
                tracing::warn!(%error, "the use of a sign-in was not written down");
            }
        }
        let email = EmailAddress::parse(&found.email).map_err(|_| Error::Inconsistent { table: "people" })?;
        let who = Who::Person { id: PersonId(found.person_id), sign_in: SignInId(found.id), email, name: found.name };
        Ok(Some(Actor { who }))
    }

    async fn touch(&self, found: &Found, now: Millis) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        tx.execute(&SIGN_IN_TOUCH, args![found.id, now, now.plus_days(LIFETIME_DAYS)]).await?;
        tx.commit().await
    }

    /// Ends the actor's own sign-in.
    ///
    /// # Errors
    /// `Database`.
    pub async fn sign_out(&self, actor: &Actor) -> Result<(), Error> {
        let Who::Person { sign_in, .. } = actor.who else { return Ok(()) };
        let mut tx = self.db.write().await?;
        tx.execute(&SIGN_IN_END, args![sign_in]).await?;
        tx.commit().await
    }
}

/// Ends every sign-in of a person but one.
pub(super) async fn end_others(tx: &mut Tx, person: PersonId, kept: SignInId) -> Result<(), Error> {
    tx.execute(&SIGN_INS_END_OTHERS, args![person, kept]).await?;
    Ok(())
}

fn token_hash(token: &str) -> Option<Vec<u8>> {
    let secret = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    (secret.len() == 32).then(|| secret_hash(&secret))
}
