//! Pending teammates. A token is a keyed hash over the invite and its generation: stored nowhere, shown whenever asked,
//! dead after use, expiry, revocation or resend.

use std::collections::HashMap;

use data_encoding::BASE64URL_NOPAD;
use domain::{
    access::Access,
    audit::Deed,
    email::EmailAddress,
    id::{AccountId, InviteId, PersonId},
    invalid::{Field, Problem},
    listing::{InviteSort, Listed, Listing, Page, Search},
    mail::{Delivery, LetterKind},
    name::PersonName,
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{
    Console,
    change::Change,
    outbox::{self, Subject},
    people,
    sign_ins::Verified,
    teammates::{self, Invited, Teammates},
};
use crate::{
    Error,
    access::{Actor, Granted, ManageTeammates, View, Who},
    engine::{Tx, args, statements},
};

statements! {
    INVITE_INSERT = "INSERT INTO invites (id, account_id, email, email_hash, access, generation, created_at, expires_at, invited_by) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8)";
    INVITE_DELETE_EXPIRED = "DELETE FROM invites WHERE account_id = $1 AND email_hash = $2 AND expires_at <= $3";
    INVITES_LIST = "SELECT id, email, access, generation, created_at, expires_at FROM invites WHERE account_id = $1 ORDER BY created_at, id";
    INVITE_OF_ACCOUNT = "SELECT id, email, access, generation, created_at, expires_at FROM invites WHERE account_id = $1 AND id = $2";
    INVITE_RESEND = "UPDATE invites SET generation = generation + 1, expires_at = $3 WHERE account_id = $1 AND id = $2 RETURNING generation";
    INVITE_DELETE = "DELETE FROM invites WHERE account_id = $1 AND id = $2";
    INVITE_USE = "DELETE FROM invites WHERE account_id = $1 AND id = $2 AND generation = $3";
    /// Oldest first, so that the last of an invite is the one that counts.
    INVITE_LETTERS = "SELECT i.id, i.generation, o.state, o.answer FROM invites i JOIN outbox o ON o.subject_id = i.id AND o.generation = i.generation WHERE i.account_id = $1 ORDER BY o.queued_at, o.id";
    INVITE_BY_ID = "SELECT i.account_id, a.name AS account_name, i.email, i.access, i.generation, i.expires_at, p.id AS person_id FROM invites i JOIN accounts a ON a.id = i.account_id LEFT JOIN people p ON p.email_hash = i.email_hash WHERE i.id = $1";
}

/// How long an invite can be accepted.
pub const LIFETIME_DAYS: i64 = 7;

/// A row of the list of pending teammates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// The invite.
    pub id: InviteId,
    /// The invited address.
    pub email: String,
    /// What the teammate will be allowed.
    pub access: Access,
    /// When it was made.
    pub created_at: Millis,
    /// Until when it can be accepted.
    pub expires_at: Millis,
    /// What became of the letter with its link, and what the mail server said; `None` when none was written.
    pub letter: Option<(Delivery, Option<String>)>,
}

/// What somebody with the link sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The name of the account.
    pub account_name: String,
    /// The invited address, the only one that can accept.
    pub email: String,
    /// What the teammate will be allowed.
    pub access: Access,
    /// Whether the address belongs to a person, who then signs in rather than choosing a password.
    pub known: bool,
}

#[derive(FromRow)]
struct InviteRow {
    id: Uuid,
    email: String,
    access: String,
    generation: i64,
    created_at: i64,
    expires_at: i64,
}

#[derive(FromRow)]
struct Live {
    account_id: Uuid,
    account_name: String,
    email: String,
    access: String,
    generation: i64,
    expires_at: i64,
    person_id: Option<Uuid>,
}

impl Console {
    /// Pending teammates, oldest first; expired ones too, since they can be resent.
    ///
    /// # Errors
    /// `Database`.
    pub async fn invites(&self, granted: &Granted<View>) -> Result<Vec<Invite>, Error> {
        let mut tx = self.db.read().await?;
        let rows: Vec<InviteRow> = tx.all(&INVITES_LIST, args![granted.account]).await?;
        let mut letters: HashMap<(Uuid, i64), (String, Option<String>)> = HashMap::new();
        for (invite, generation, state, answer) in
            tx.all::<(Uuid, i64, String, Option<String>)>(&INVITE_LETTERS, args![granted.account]).await?
        {
            letters.insert((invite, generation), (state, answer));
        }
        rows.into_iter()
            .map(|row| {
                let letter = letters.remove(&(row.id, row.generation));
                row.with(letter)
            })
            .collect()
    }

    /// The page of them that is asked for.
    ///
    /// # Errors
    /// `Database`.
    pub async fn invites_page(&self, granted: &Granted<View>, listing: &Listing<InviteSort>) -> Result<Page<Invite>, Error> {
        Ok(listing.pick(self.invites(granted).await?))
    }

    /// The tokens of all pending invites, for those who may hand them out.
    ///
    /// # Errors
    /// `Database`.
    pub async fn invite_tokens(&self, granted: &Granted<ManageTeammates>) -> Result<Vec<Invited>, Error> {
        let rows: Vec<InviteRow> = self.db.read().await?.all(&INVITES_LIST, args![granted.account]).await?;
        Ok(rows.into_iter().map(|row| invited(self, InviteId(row.id), row.generation)).collect())
    }

    /// What the link leads to.
    ///
    /// # Errors
    /// `NotFound` when the invite was used, expired, revoked, resent, or never was.
    pub async fn invitation(&self, invite: InviteId, token: &str) -> Result<Invitation, Error> {
        let mut tx = self.db.read().await?;
        let live = live(&mut tx, self, invite, token).await?;
        Ok(Invitation {
            access: access(&live.access)?,
            account_name: live.account_name,
            email: live.email,
            known: live.person_id.is_some(),
        })
    }

    /// Accepts as somebody new.
    ///
    /// # Errors
    /// `NotFound` as [`Console::invitation`]; `Invalid` at `form`: `Taken` when the address belongs to a person, who has to sign in.
    pub async fn accept_as_newcomer(
        &self,
        invite: InviteId,
        token: &str,
        name: &PersonName,
        password_hash: &str,
    ) -> Result<(AccountId, Verified), Error> {
        let mut tx = self.db.write().await?;
        let live = live(&mut tx, self, invite, token).await?;
        let email = EmailAddress::parse(&live.email).map_err(|_| Error::Inconsistent { table: "invites" })?;
        let person =
            people::insert(&mut tx, self, &email, name, password_hash).await.map_err(|error| error.taken(Field::Whole, Problem::Taken))?;
        let account = join(tx, self, invite, &live, person, name.as_str()).await?;
        Ok((account, Verified::new(person, password_hash.to_owned())))
    }

    /// Accepts as the signed-in person.
    ///
    /// # Errors
    /// `NotFound` as [`Console::invitation`]; `Forbidden` when the invite is for another address.
    pub async fn accept(&self, actor: &Actor, invite: InviteId, token: &str) -> Result<AccountId, Error> {
        let Who::Person { id, name, .. } = &actor.who else { return Err(Error::Forbidden) };
        let mut tx = self.db.write().await?;
        let live = live(&mut tx, self, invite, token).await?;
        if live.person_id != Some(id.0) {
            return Err(Error::Forbidden);
        }
        join(tx, self, invite, &live, *id, name).await
    }
}

impl Teammates<'_> {
    /// Makes a new link; the old one is dead.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn resend(&self, invite: InviteId) -> Result<Invited, Error> {
        let mut change = self.console.begin(self.granted).await?;
        let row: InviteRow = change.tx.one(&INVITE_OF_ACCOUNT, args![change.account, invite]).await?;
        let expires = change.now.plus_days(LIFETIME_DAYS);
        let (generation,): (i64,) = change.tx.one(&INVITE_RESEND, args![change.account, invite, expires]).await?;
        outbox::withdraw(&mut change.tx, invite.0).await?;
        mail(&mut change, self.console, invite, generation, &row.email).await?;
        change.commit(&Deed::InviteResent { email: row.email }).await?;
        Ok(invited(self.console, invite, generation))
    }

    /// Kills the link.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke(&self, invite: InviteId) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let row: InviteRow = change.tx.one(&INVITE_OF_ACCOUNT, args![change.account, invite]).await?;
        change.tx.execute(&INVITE_DELETE, args![change.account, invite]).await?;
        outbox::withdraw(&mut change.tx, invite.0).await?;
        change.commit(&Deed::InviteRevoked { email: row.email }).await
    }
}

pub(super) async fn insert(
    change: &mut Change,
    console: &Console,
    email: &EmailAddress,
    access: Access,
    by: PersonId,
) -> Result<Invited, Error> {
    let id = InviteId(console.surroundings.uuid());
    let hash = console.keys.email_hash(email);
    change.tx.execute(&INVITE_DELETE_EXPIRED, args![change.account, hash.clone(), change.now]).await?;
    let expires = change.now.plus_days(LIFETIME_DAYS);
    let args = args![id, change.account, email.as_str(), hash, access.as_str(), change.now, expires, by];
    change.tx.execute(&INVITE_INSERT, args).await.map_err(|error| error.taken(Field::Email, Problem::AlreadyInvited))?;
    mail(change, console, id, 1, email.as_str()).await?;
    Ok(invited(console, id, 1))
}

/// Where no mail is sent, the link is there to be copied.
async fn mail(change: &mut Change, console: &Console, invite: InviteId, generation: i64, email: &str) -> Result<(), Error> {
    if !console.sends_mail {
        return Ok(());
    }
    let subject = Subject { kind: LetterKind::Invite, id: Some(invite.0), generation };
    outbox::queue(&mut change.tx, console.letter_id(), Some(change.account), email, &subject, change.now).await
}

async fn live(tx: &mut Tx, console: &Console, invite: InviteId, token: &str) -> Result<Live, Error> {
    let live: Live = tx.one(&INVITE_BY_ID, args![invite]).await?;
    let expected = console.keys.invite_mac(invite, live.generation);
    let given = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap_or_default();
    let genuine = bool::from(expected.as_slice().ct_eq(&given));
    if genuine && Millis(live.expires_at) > console.surroundings.now() { Ok(live) } else { Err(Error::NotFound) }
}

async fn join(tx: Tx, console: &Console, invite: InviteId, live: &Live, person: PersonId, name: &str) -> Result<AccountId, Error> {
    let account = AccountId(live.account_id);
    let access = access(&live.access)?;
    let mut change = Change::by_newcomer(tx, console.surroundings.now(), account, domain::audit::ActorKind::Person, person.0, name).await?;
    // The account is locked now: of two at once, the second finds no invite, and a link that was replaced meanwhile finds none of its generation.
    if change.tx.execute(&INVITE_USE, args![account, invite, live.generation]).await? == 0 {
        return Err(Error::NotFound);
    }
    let now = change.now;
    teammates::insert(&mut change.tx, account, person, access, now)
        .await
        .map_err(|error| error.taken(Field::Email, Problem::AlreadyTeammate))?;
    change.commit(&Deed::InviteAccepted { email: live.email.clone(), access }).await?;
    Ok(account)
}

fn invited(console: &Console, invite: InviteId, generation: i64) -> Invited {
    Invited { invite, token: BASE64URL_NOPAD.encode(&console.keys.invite_mac(invite, generation)) }
}

fn access(word: &str) -> Result<Access, Error> {
    Access::parse(word).ok_or(Error::Inconsistent { table: "invites" })
}

impl Listed for Invite {
    type Sort = InviteSort;
    type Key = Millis;

    fn matches(&self, search: &Search) -> bool {
        search.is_in(&self.email)
    }

    fn key(&self, InviteSort::Made: InviteSort) -> Millis {
        self.created_at
    }
}

impl InviteRow {
    fn with(self, letter: Option<(String, Option<String>)>) -> Result<Invite, Error> {
        let delivery = |(state, answer): (String, _)| {
            Delivery::parse(&state).map(|state| (state, answer)).ok_or(Error::Inconsistent { table: "outbox" })
        };
        Ok(Invite {
            id: InviteId(self.id),
            access: access(&self.access)?,
            email: self.email,
            created_at: Millis(self.created_at),
            expires_at: Millis(self.expires_at),
            letter: letter.map(delivery).transpose()?,
        })
    }
}
