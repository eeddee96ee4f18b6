//! Teammates of an account.

use domain::{
    access::Access,
    audit::Deed,
    email::EmailAddress,
    id::{AccountId, InviteId, PersonId},
    invalid::{Field, Problem},
    listing::{Listed, Listing, Page, Search, TeammateSort},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Console, change::Change, invites, sign_ins};
use crate::{
    Error,
    access::{Granted, ManageTeammates, View, Who},
    engine::{Tx, args, statements},
};

statements! {
    TEAMMATE_INSERT = "INSERT INTO teammates (account_id, person_id, access, created_at, seen_at) VALUES ($1, $2, $3, $4, NULL)";
    TEAMMATES_LIST = "SELECT t.person_id, p.name, p.email, t.access, t.created_at, t.seen_at FROM teammates t JOIN people p ON p.id = t.person_id WHERE t.account_id = $1 ORDER BY t.created_at, t.person_id";
    TEAMMATE_ROW = "SELECT t.person_id, p.name, p.email, t.access, t.created_at, t.seen_at FROM teammates t JOIN people p ON p.id = t.person_id WHERE t.account_id = $1 AND t.person_id = $2";
    TEAMMATE_ONE = "SELECT p.email, t.access FROM teammates t JOIN people p ON p.id = t.person_id WHERE t.account_id = $1 AND t.person_id = $2";
    TEAMMATE_BY_EMAIL = "SELECT t.person_id FROM teammates t JOIN people p ON p.id = t.person_id WHERE t.account_id = $1 AND p.email_hash = $2";
    FULL_COUNT = "SELECT COUNT(*) FROM teammates WHERE account_id = $1 AND access = 'full'";
    ACCESS_UPDATE = "UPDATE teammates SET access = $3 WHERE account_id = $1 AND person_id = $2";
    TEAMMATE_DELETE = "DELETE FROM teammates WHERE account_id = $1 AND person_id = $2";
    /// A change of access by somebody else ends every sign-in of the teammate but the one used last, which meets the new access on its next request.
    SIGN_INS_END_OLDER = "DELETE FROM sign_ins WHERE person_id = $1 AND id <> (SELECT id FROM sign_ins WHERE person_id = $1 ORDER BY used_at DESC, id DESC LIMIT 1)";
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teammate {
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// What the person may do.
    pub access: Access,
    /// Since when.
    pub created_at: Millis,
    /// The last use of a sign-in.
    pub seen_at: Option<Millis>,
}

#[derive(FromRow)]
struct TeammateRow {
    person_id: Uuid,
    name: String,
    email: String,
    access: String,
    created_at: i64,
    seen_at: Option<i64>,
}

/// What inviting leads to: the invite, whose link can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The invite.
    pub invite: InviteId,
    /// The secret part of its link.
    pub token: String,
}

/// The deeds of those who manage teammates.
#[derive(Clone, Copy)]
pub struct Teammates<'a> {
    pub(super) console: &'a Console,
    pub(super) granted: &'a Granted<ManageTeammates>,
}

impl Console {
    /// Teammates of the account, oldest first.
    ///
    /// # Errors
    /// `Database`.
    pub async fn teammates(&self, granted: &Granted<View>) -> Result<Vec<Teammate>, Error> {
        let rows: Vec<TeammateRow> = self.db.read().await?.all(&TEAMMATES_LIST, args![granted.account]).await?;
        rows.into_iter().map(Teammate::try_from).collect()
    }

    /// The page of them that is asked for.
    ///
    /// # Errors
    /// `Database`.
    pub async fn teammates_page(&self, granted: &Granted<View>, listing: &Listing<TeammateSort>) -> Result<Page<Teammate>, Error> {
        Ok(listing.pick(self.teammates(granted).await?))
    }

    /// One teammate of the account.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn teammate(&self, granted: &Granted<View>, person: PersonId) -> Result<Teammate, Error> {
        self.db.read().await?.one::<TeammateRow>(&TEAMMATE_ROW, args![granted.account, person]).await?.try_into()
    }

    /// The handle for changes.
    pub fn manage_teammates<'a>(&'a self, granted: &'a Granted<ManageTeammates>) -> Teammates<'a> {
        Teammates { console: self, granted }
    }
}

impl Teammates<'_> {
    /// Invites an address.
    ///
    /// # Errors
    /// `Invalid` at `email`: `AlreadyTeammate` or `AlreadyInvited`.
    pub async fn invite(&self, email: &EmailAddress, access: Access) -> Result<Invited, Error> {
        let mut change = self.console.begin(self.granted).await?;
        let hash = self.console.keys.email_hash(email);
        if change.tx.opt::<(Uuid,)>(&TEAMMATE_BY_EMAIL, args![change.account, hash]).await?.is_some() {
            return Err(Error::mistake(Field::Email, Problem::AlreadyTeammate));
        }
        let inviter = self.granted.actor.person().ok_or(Error::Forbidden)?;
        let pending = invites::insert(&mut change, self.console, email, access, inviter).await?;
        change.commit(&Deed::TeammateInvited { email: email.as_str().to_owned(), access }).await?;
        Ok(pending)
    }

    /// Sets what a teammate may do, from that teammate's next request on.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `access`: `LastFullAccess`.
    pub async fn set_access(&self, person: PersonId, access: Access) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let (email, before) = one(&mut change, person).await?;
        if before == access {
            return Ok(());
        }
        if before == Access::Full {
            keep_one_full(&mut change, Field::Access).await?;
        }
        change.tx.execute(&ACCESS_UPDATE, args![change.account, person, access.as_str()]).await?;
        match self.granted.actor.who {
            Who::Person { id, sign_in, .. } if id == person => sign_ins::end_others(&mut change.tx, person, sign_in).await?,
            _ => drop(change.tx.execute(&SIGN_INS_END_OLDER, args![person]).await?),
        }
        change.commit(&Deed::AccessChanged { email, access }).await
    }

    /// Removes a teammate; what they made stays.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `form`: `LastFullAccess`.
    pub async fn remove(&self, person: PersonId) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let (email, before) = one(&mut change, person).await?;
        if before == Access::Full {
            keep_one_full(&mut change, Field::Whole).await?;
        }
        change.tx.execute(&TEAMMATE_DELETE, args![change.account, person]).await?;
        change.commit(&Deed::TeammateRemoved { email }).await
    }
}

async fn one(change: &mut Change, person: PersonId) -> Result<(String, Access), Error> {
    let (email, access): (String, String) = change.tx.one(&TEAMMATE_ONE, args![change.account, person]).await?;
    Ok((email, Access::parse(&access).ok_or(Error::Inconsistent { table: "teammates" })?))
}

/// The account is locked, so the count cannot change before the commit.
async fn keep_one_full(change: &mut Change, field: Field) -> Result<(), Error> {
    let (count,): (i64,) = change.tx.one(&FULL_COUNT, args![change.account]).await?;
    if count > 1 { Ok(()) } else { Err(Error::mistake(field, Problem::LastFullAccess)) }
}

pub(super) async fn insert(tx: &mut Tx, account: AccountId, person: PersonId, access: Access, now: Millis) -> Result<(), Error> {
    tx.execute(&TEAMMATE_INSERT, args![account, person, access.as_str(), now]).await?;
    Ok(())
}

impl Listed for Teammate {
    type Sort = TeammateSort;
    type Key = (String, Option<Millis>);

    fn matches(&self, search: &Search) -> bool {
        search.is_in(&self.name) || search.is_in(&self.email)
    }

    fn key(&self, by: TeammateSort) -> Self::Key {
        match by {
            TeammateSort::Joined => (String::new(), Some(self.created_at)),
            TeammateSort::Name => (self.name.to_lowercase(), None),
            TeammateSort::Access => (self.access.as_str().to_owned(), None),
            TeammateSort::Seen => (String::new(), self.seen_at),
        }
    }
}

impl TryFrom<TeammateRow> for Teammate {
    type Error = Error;

    fn try_from(row: TeammateRow) -> Result<Self, Error> {
        Ok(Self {
            person: PersonId(row.person_id),
            name: row.name,
            email: row.email,
            access: Access::parse(&row.access).ok_or(Error::Inconsistent { table: "teammates" })?,
            created_at: Millis(row.created_at),
            seen_at: row.seen_at.map(Millis),
        })
    }
}
