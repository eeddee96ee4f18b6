//! Persons: logins, of which a teammate is one in an account.

use domain::{
    access::Access,
    email::EmailAddress,
    id::{AccountId, PersonId},
    invalid::{Field, Problem},
    name::PersonName,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Console, resets,
    sign_ins::{self, Verified},
};
use crate::{
    Error,
    access::{Actor, Who},
    engine::{Tx, args, statements},
};

statements! {
    PERSON_INSERT = "INSERT INTO people (id, email, email_hash, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    PERSON_BY_EMAIL = "SELECT id, password_hash FROM people WHERE email_hash = $1";
    PERSON_HASH = "SELECT id, password_hash FROM people WHERE id = $1";
    PASSWORD_UPDATE = "UPDATE people SET password_hash = $2 WHERE id = $1 AND password_hash = $3";
    PASSWORD_RESET = "UPDATE people SET password_hash = $2 WHERE id = $1";
    PERSON_RENAME = "UPDATE people SET name = $2 WHERE id = $1";
    SIGN_INS_END_ALL = "DELETE FROM sign_ins WHERE person_id = $1";
    ACCOUNTS_OF = "SELECT a.id, a.name, t.access FROM teammates t JOIN accounts a ON a.id = t.account_id WHERE t.person_id = $1 ORDER BY a.created_at, a.id";
}

/// What a sign-in is checked against.
#[derive(Debug, FromRow)]
pub struct Credentials {
    id: Uuid,
    password_hash: String,
}

impl Credentials {
    /// The stored PHC string.
    pub fn password_hash(&self) -> &str {
        &self.password_hash
    }

    /// That the password was right, if it was.
    pub fn verified(self, matches: bool) -> Option<Verified> {
        matches.then(|| Verified::new(PersonId(self.id), self.password_hash))
    }
}

/// The person behind a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The person's address.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The accounts that the person is a teammate of, oldest first.
    pub accounts: Vec<Membership>,
}

/// A person's place in an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What the person may do in it.
    pub access: Access,
}

impl Console {
    /// What the password of this address is checked against.
    ///
    /// # Errors
    /// `Database`.
    pub async fn credentials(&self, email: &EmailAddress) -> Result<Option<Credentials>, Error> {
        self.db.read().await?.opt(&PERSON_BY_EMAIL, args![self.keys.email_hash(email)]).await
    }

    /// What the actor's own password is checked against.
    ///
    /// # Errors
    /// `Forbidden` for scripts.
    pub async fn own_credentials(&self, actor: &Actor) -> Result<Credentials, Error> {
        let person = actor.person().ok_or(Error::Forbidden)?;
        self.db.read().await?.one(&PERSON_HASH, args![person]).await
    }

    /// Who the actor is and where.
    ///
    /// # Errors
    /// `Forbidden` for scripts.
    pub async fn me(&self, actor: &Actor) -> Result<Me, Error> {
        let Who::Person { id, email, name, .. } = &actor.who else { return Err(Error::Forbidden) };
        let rows: Vec<(Uuid, String, String)> = self.db.read().await?.all(&ACCOUNTS_OF, args![*id]).await?;
        let membership = |(account, name, access): (Uuid, String, String)| {
            let access = Access::parse(&access).ok_or(Error::Inconsistent { table: "teammates" })?;
            Ok(Membership { account: AccountId(account), name, access })
        };
        let accounts = rows.into_iter().map(membership).collect::<Result<_, Error>>()?;
        Ok(Me { email: email.as_str().to_owned(), name: name.clone(), accounts })
    }

    /// Changes the actor's own name, in every account. It belongs to the person, so no account's audit log holds it.
    ///
    /// # Errors
    /// `Forbidden` for scripts.
    pub async fn rename(&self, actor: &Actor, name: &PersonName) -> Result<(), Error> {
        let person = actor.person().ok_or(Error::Forbidden)?;
        let mut tx = self.db.write().await?;
        tx.execute(&PERSON_RENAME, args![person, name.as_str()]).await?;
        tx.commit().await
    }

    /// Changes the actor's own password and ends every other sign-in. `verified` proves that the current one was typed.
    ///
    /// # Errors
    /// `Forbidden` when the proof is another person's; `Invalid` at `current_password` when the password was changed since it was checked.
    pub async fn change_password(&self, actor: &Actor, verified: &Verified, password_hash: &str) -> Result<(), Error> {
        let Who::Person { id, sign_in, .. } = actor.who else { return Err(Error::Forbidden) };
        if verified.person() != id {
            return Err(Error::Forbidden);
        }
        let mut tx = self.db.write().await?;
        if tx.execute(&PASSWORD_UPDATE, args![id, password_hash, verified.password_hash()]).await? == 0 {
            return Err(Error::mistake(Field::CurrentPassword, Problem::WrongPassword));
        }
        sign_ins::end_others(&mut tx, id, sign_in).await?;
        resets::end(&mut tx, id).await?;
        tx.commit().await
    }

    /// For the command line: sets a password and ends every sign-in.
    ///
    /// # Errors
    /// `NotFound` when nobody has the address.
    pub async fn unscoped_reset_password(&self, email: &EmailAddress, password_hash: &str) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        let found: Credentials = tx.one(&PERSON_BY_EMAIL, args![self.keys.email_hash(email)]).await?;
        set_password(&mut tx, PersonId(found.id), password_hash).await?;
        tx.commit().await
    }
}

/// Sets a password and ends whatever an older one opened.
pub(super) async fn set_password(tx: &mut Tx, person: PersonId, password_hash: &str) -> Result<(), Error> {
    tx.execute(&PASSWORD_RESET, args![person, password_hash]).await?;
    tx.execute(&SIGN_INS_END_ALL, args![person]).await?;
    resets::end(tx, person).await
}

pub(super) async fn insert(
    tx: &mut Tx,
    console: &Console,
    email: &EmailAddress,
    name: &PersonName,
    password_hash: &str,
) -> Result<PersonId, Error> {
    let id = PersonId(console.surroundings.uuid());
    let hash = console.keys.email_hash(email);
    let args = args![id, email.as_str(), hash, name.as_str(), password_hash, console.surroundings.now()];
    tx.execute(&PERSON_INSERT, args).await?;
    Ok(id)
}
