//! Forgotten passwords. The link in the letter is a keyed hash over the reset, stored nowhere; it works once and for half an hour.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    email::EmailAddress,
    id::{PersonId, ResetId},
    mail::LetterKind,
    time::Millis,
};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{
    Console,
    outbox::{self, Subject},
    people,
    sign_ins::Verified,
};
use crate::{
    Error,
    engine::{Tx, args, statements},
};

statements! {
    RESET_BY_ID = "SELECT r.person_id, r.expires_at, p.email FROM password_resets r JOIN people p ON p.id = r.person_id WHERE r.id = $1";
    RESET_USE = "DELETE FROM password_resets WHERE id = $1";
    RESETS_END = "DELETE FROM password_resets WHERE person_id = $1";
}

/// How long the link of a letter works.
pub const LIFETIME_MINUTES: i64 = 30;

impl Console {
    /// Queues a letter with a link for a new password. Whether anybody has the address is looked up only when it is sent, so that neither the answer nor its time tells:
    /// a person gets the link, who is invited gets the invite again, anybody else nothing.
    ///
    /// # Errors
    /// `Invalid` at `form`: `NoMail` where the installation sends none.
    pub async fn forgot_password(&self, email: &EmailAddress) -> Result<(), Error> {
        self.needs_mail()?;
        let subject = Subject { kind: LetterKind::Reset, id: None, generation: 0 };
        let mut tx = self.db.write().await?;
        outbox::queue(&mut tx, self.letter_id(), None, email.as_str(), &subject, self.surroundings.now()).await?;
        tx.commit().await
    }

    /// The address of whom the link is for.
    ///
    /// # Errors
    /// `NotFound` when the link was used, is too old, or never was.
    pub async fn reset(&self, reset: ResetId, token: &str) -> Result<EmailAddress, Error> {
        Ok(live(&mut self.db.read().await?, self, reset, token).await?.1)
    }

    /// Sets the password of whom the link is for, and ends all of their sign-ins and other links.
    ///
    /// # Errors
    /// `NotFound` as [`Console::reset`].
    pub async fn reset_password(&self, reset: ResetId, token: &str, password_hash: &str) -> Result<Verified, Error> {
        let mut tx = self.db.write().await?;
        let (person, _) = live(&mut tx, self, reset, token).await?;
        // Of two at once the second finds nothing to use.
        if tx.execute(&RESET_USE, args![reset]).await? == 0 {
            return Err(Error::NotFound);
        }
        people::set_password(&mut tx, person, password_hash).await?;
        tx.commit().await?;
        Ok(Verified::new(person, password_hash.to_owned()))
    }
}

async fn live(tx: &mut Tx, console: &Console, reset: ResetId, token: &str) -> Result<(PersonId, EmailAddress), Error> {
    let (person, expires_at, email): (Uuid, i64, String) = tx.one(&RESET_BY_ID, args![reset]).await?;
    let given = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap_or_default();
    let genuine = bool::from(console.keys.reset_mac(reset).as_slice().ct_eq(&given));
    if !genuine || Millis(expires_at) <= console.surroundings.now() {
        return Err(Error::NotFound);
    }
    let email = EmailAddress::parse(&email).map_err(|_| Error::Inconsistent { table: "people" })?;
    Ok((PersonId(person), email))
}

/// Whoever has a new password needs no link any more.
pub(super) async fn end(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.execute(&RESETS_END, args![person]).await?;
    Ok(())
}
