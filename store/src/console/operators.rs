//! Operators: the persons who run the installation. They have no right in any account by it.

use domain::{
    email::EmailAddress,
    id::PersonId,
    invalid::{Field, Problem},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::Console;
use crate::{
    Error,
    access::{Actor, Operator, Who},
    engine::{Tx, args, statements},
};

statements! {
    OPERATOR_ONE = "SELECT id FROM people WHERE id = $1 AND operator_since IS NOT NULL";
    /// Finds the operator and locks the row, so that nobody takes the right away between this check and the commit.
    OPERATOR_LOCK = "UPDATE people SET operator_since = operator_since WHERE id = $1 AND operator_since IS NOT NULL";
    OPERATOR_ANY = "SELECT id FROM people WHERE operator_since IS NOT NULL LIMIT 1";
    OPERATOR_COUNT = "SELECT COUNT(*) FROM people WHERE operator_since IS NOT NULL";
    OPERATORS_LIST = "SELECT email, name, operator_since FROM people WHERE operator_since IS NOT NULL ORDER BY operator_since, id";
    OPERATOR_BY_EMAIL = "SELECT id, operator_since FROM people WHERE email_hash = $1";
    OPERATOR_SET = "UPDATE people SET operator_since = $2 WHERE id = $1";
    /// Locks the row that there is exactly one of: of two removals at once the second sees the first.
    INSTALLATION_LOCK = "UPDATE installation SET created_at = created_at WHERE id = 1";
}

/// Somebody who runs the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorEntry {
    /// The person's address.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// Since when.
    pub since: Millis,
}

#[derive(FromRow)]
struct EntryRow {
    email: String,
    name: String,
    operator_since: i64,
}

impl Console {
    /// Proof that `actor` runs the installation, as of now.
    ///
    /// # Errors
    /// `NotFound` for everybody else, scripts too: to them nothing of it exists.
    pub async fn operator(&self, actor: &Actor) -> Result<Operator, Error> {
        let Who::Person { id, .. } = &actor.who else { return Err(Error::NotFound) };
        let _: (Uuid,) = self.db.read().await?.one(&OPERATOR_ONE, args![*id]).await?;
        Ok(Operator::of(*id, actor))
    }

    /// A transaction for a change by an operator, whose right it checks once more.
    pub(super) async fn begin_as_operator(&self, operator: &Operator) -> Result<Tx, Error> {
        let mut tx = self.db.write().await?;
        if tx.execute(&OPERATOR_LOCK, args![operator.person]).await? == 0 {
            return Err(Error::NotFound);
        }
        Ok(tx)
    }

    /// For the command line: everybody who runs the installation, for the longest time first.
    ///
    /// # Errors
    /// `Database`.
    pub async fn unscoped_operators(&self) -> Result<Vec<OperatorEntry>, Error> {
        let rows: Vec<EntryRow> = self.db.read().await?.all(&OPERATORS_LIST, args![]).await?;
        let entry = |row: EntryRow| OperatorEntry { email: row.email, name: row.name, since: Millis(row.operator_since) };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// For the command line: makes a person an operator. Answers whether it was none before.
    ///
    /// # Errors
    /// `NotFound` when nobody has the address.
    pub async fn unscoped_add_operator(&self, email: &EmailAddress) -> Result<bool, Error> {
        let mut tx = self.db.write().await?;
        let (person, since) = by_email(&mut tx, self, email).await?;
        if since.is_some() {
            return Ok(false);
        }
        appoint(&mut tx, person, self.surroundings.now()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// For the command line: the person is no operator any more, from its next request on. Answers whether it was one.
    ///
    /// # Errors
    /// `NotFound` when nobody has the address; `Invalid` at `email`: `LastOperator`.
    pub async fn unscoped_remove_operator(&self, email: &EmailAddress) -> Result<bool, Error> {
        let mut tx = self.db.write().await?;
        tx.execute(&INSTALLATION_LOCK, args![]).await?;
        let (person, since) = by_email(&mut tx, self, email).await?;
        if since.is_none() {
            return Ok(false);
        }
        let (count,): (i64,) = tx.one(&OPERATOR_COUNT, args![]).await?;
        if count < 2 {
            return Err(Error::mistake(Field::Email, Problem::LastOperator));
        }
        tx.execute(&OPERATOR_SET, args![person, None::<i64>]).await?;
        tx.commit().await?;
        Ok(true)
    }
}

async fn by_email(tx: &mut Tx, console: &Console, email: &EmailAddress) -> Result<(PersonId, Option<i64>), Error> {
    let (id, since): (Uuid, Option<i64>) = tx.one(&OPERATOR_BY_EMAIL, args![console.keys.email_hash(email)]).await?;
    Ok((PersonId(id), since))
}

/// Makes a person an operator if there is none. The caller has locked the installation.
pub(super) async fn appoint_first(tx: &mut Tx, person: PersonId, now: Millis) -> Result<(), Error> {
    if tx.opt::<(Uuid,)>(&OPERATOR_ANY, args![]).await?.is_none() {
        appoint(tx, person, now).await?;
    }
    Ok(())
}

async fn appoint(tx: &mut Tx, person: PersonId, now: Millis) -> Result<(), Error> {
    tx.execute(&OPERATOR_SET, args![person, now]).await?;
    Ok(())
}
