//! Sign-ins: a random token in a cookie, its hash in the table, an expiry that slides.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    email::EmailAddress,
    id::{PersonId, SignInId},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::Console;
use crate::{
    Error,
    access::{Actor, Who},
    engine::{args, statements},
    keys::secret_hash,
};

statements! {
    SIGN_IN_INSERT = "INSERT INTO sign_ins (id, token_hash, person_id, created_at, used_at, expires_at, device) VALUES ($1, $2, $3, $4, $4, $5, $6)";
    SIGN_IN_BY_TOKEN = "SELECT s.id, s.used_at, s.expires_at, p.id AS person_id, p.email, p.name FROM sign_ins s JOIN people p ON p.id = s.person_id WHERE s.token_hash = $1";
    SIGN_IN_TOUCH = "UPDATE sign_ins SET used_at = $2, expires_at = $3 WHERE id = $1";
    SEEN = "UPDATE teammates SET seen_at = $2 WHERE person_id = $1";
    SIGN_IN_END = "DELETE FROM sign_ins WHERE id = $1";
    SIGN_IN_END_BY_TOKEN = "DELETE FROM sign_ins WHERE token_hash = $1";
    SIGN_INS_EXPIRED = "DELETE FROM sign_ins WHERE person_id = $1 AND expires_at <= $2";
}

/// How long a sign-in lives after its last use.
pub const LIFETIME_DAYS: i64 = 14;
/// Uses closer together than this are not written down.
const TOUCH_SECONDS: i64 = 60;
const DEVICE_CHARS: usize = 200;

/// That a person proved to be who they are. Made by the right password, a new account, or an accepted invite.
#[derive(Debug, Clone)]
pub struct Verified(PersonId);

impl Verified {
    pub(super) fn new(person: PersonId) -> Self {
        Self(person)
    }

    pub(super) fn person(&self) -> PersonId {
        self.0
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
    /// `Database`.
    pub async fn sign_in(&self, verified: &Verified, device: &str, replaced: Option<&str>) -> Result<String, Error> {
        let secret = self.surroundings.bytes::<32>();
        let now = self.surroundings.now();
        let device: String = device.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS).collect();
        let mut tx = self.db.write().await?;
        if let Some(hash) = replaced.and_then(token_hash) {
            tx.execute(&SIGN_IN_END_BY_TOKEN, args![hash]).await?;
        }
        tx.execute(&SIGN_INS_EXPIRED, args![verified.person(), now]).await?;
        let id = SignInId(self.surroundings.uuid());
        let args = args![id, secret_hash(&secret), verified.person(), now, now.plus_days(LIFETIME_DAYS), device];
        tx.execute(&SIGN_IN_INSERT, args).await?;
        tx.execute(&SEEN, args![verified.person(), now]).await?;
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
            self.touch(&found, now).await?;
        }
        let email = EmailAddress::parse(&found.email).map_err(|_| Error::Inconsistent { table: "people" })?;
        let who = Who::Person { id: PersonId(found.person_id), sign_in: SignInId(found.id), email, name: found.name };
        Ok(Some(Actor { who }))
    }

    async fn touch(&self, found: &Found, now: Millis) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        tx.execute(&SIGN_IN_TOUCH, args![found.id, now, now.plus_days(LIFETIME_DAYS)]).await?;
        tx.execute(&SEEN, args![found.person_id, now]).await?;
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

fn token_hash(token: &str) -> Option<Vec<u8>> {
    let secret = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    (secret.len() == 32).then(|| secret_hash(&secret))
}
