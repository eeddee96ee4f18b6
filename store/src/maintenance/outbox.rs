//! The worker's side of the outbox: claims a letter by a lease, makes what it says, and notes what became of it.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    access::Access,
    email::EmailAddress,
    id::{AccountId, InviteId, LetterId, MessageId, PersonId, RequestId, ResetId},
    mail::{self, Delivery, LetterKind},
    message::MessageKind,
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::Maintenance;
use crate::{
    Error,
    console::{
        outbox::{self, Subject},
        resets::LIFETIME_MINUTES,
    },
    engine::{Tx, args, statements},
};

statements! {
    LETTERS_DUE = "SELECT id, leased_until FROM outbox WHERE state = 'queued' AND due_at <= $1 AND leased_until <= $1 ORDER BY due_at, id LIMIT 1";
    LETTER_CLAIM = "UPDATE outbox SET leased_until = $3, attempts = attempts + 1 WHERE id = $1 AND leased_until = $2 AND state = 'queued' RETURNING kind, recipient, subject_id, generation, attempts, queued_at";
    LETTER_DROP = "DELETE FROM outbox WHERE id = $1";
    LETTER_SUBJECT = "UPDATE outbox SET subject_id = $2 WHERE id = $1";
    LETTER_SETTLE = "UPDATE outbox SET state = $3, answer = $4, settled_at = $5, leased_until = 0 WHERE id = $1 AND leased_until = $2";
    LETTER_LATER = "UPDATE outbox SET due_at = $3, answer = $4, leased_until = 0 WHERE id = $1 AND leased_until = $2";
    LETTERS_FORGET = "DELETE FROM outbox WHERE state <> 'queued' AND settled_at <= $1";
    INVITE_TO_MAIL = "SELECT a.name AS account_name, p.name AS inviter, i.access, i.expires_at FROM invites i JOIN accounts a ON a.id = i.account_id JOIN people p ON p.id = i.invited_by WHERE i.id = $1 AND i.generation = $2 AND i.expires_at > $3";
    INVITES_TO = "SELECT id, account_id, generation FROM invites WHERE email_hash = $1 AND expires_at > $2 ORDER BY created_at, id";
    MESSAGE_TO_MAIL = "SELECT kind, text, reply_to FROM messages WHERE id = $1";
    REQUEST_TO_MAIL = "SELECT a.id, a.name, d.requested_by_name FROM deletion_requests d JOIN accounts a ON a.id = d.account_id WHERE d.id = $1 AND d.state = 'pending' AND d.awaits_approval";
    PERSON_TO_MAIL = "SELECT id FROM people WHERE email_hash = $1";
    RESET_INSERT = "INSERT INTO password_resets (id, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    RESET_EXTEND = "UPDATE password_resets SET expires_at = $2 WHERE id = $1";
    RESETS_EXPIRED = "DELETE FROM password_resets WHERE expires_at <= $1";
}

/// Longer than a mail server is waited for.
const LEASE_SECONDS: i64 = 300;
/// A letter that could not be sent is tried again after 30, 60, 120 seconds and so on, up to an hour.
const FIRST_PAUSE_SECONDS: i64 = 30;
const LONGEST_PAUSE_SECONDS: i64 = 3_600;
/// And given up after a day.
const GIVE_UP_DAYS: i64 = 1;
/// How long it is known what became of a letter.
const KEPT_DAYS: i64 = 30;

/// A letter that is to be sent now, and is this server's until its lease ends.
#[derive(Debug)]
pub struct Letter {
    /// Stays the same from try to try, so that a mail server can tell a repetition.
    pub id: LetterId,
    /// The address that it goes to.
    pub recipient: String,
    /// What it says.
    pub content: Content,
    until: Millis,
    attempts: i64,
    queued_at: Millis,
}

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The link of an invite.
    Invite {
        /// The invite.
        invite: InviteId,
        /// The secret part of its link.
        token: String,
        /// The account that it leads to.
        account_name: String,
        /// Who invited.
        inviter: String,
        /// What the teammate will be allowed.
        access: Access,
        /// Until when it works.
        expires_at: Millis,
    },
    /// The link for a new password, good for half an hour.
    Reset {
        /// The reset.
        reset: ResetId,
        /// The secret part of its link.
        token: String,
    },
    /// A deletion request that waits for somebody else.
    Approval {
        /// The account.
        account: AccountId,
        /// Its name.
        account_name: String,
        /// The request.
        request: RequestId,
        /// Who asked.
        requested_by: String,
    },
    /// Nothing but that it arrived.
    Test,
    /// What somebody wrote to the operator.
    Message {
        /// The message.
        message: MessageId,
        /// What it is about.
        kind: MessageKind,
        /// What it says.
        text: String,
        /// Where the answer goes.
        reply_to: String,
    },
}

/// What a mail server did with a letter; with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It took it.
    Accepted(String),
    /// It never will.
    Refused(String),
    /// It may, later.
    Later(String),
}

#[derive(FromRow)]
struct Claimed {
    kind: String,
    recipient: String,
    subject_id: Option<Uuid>,
    generation: i64,
    attempts: i64,
    queued_at: i64,
}

impl Maintenance {
    /// Claims the letter that has been due for the longest time, if there is one. What need not be said any more, such as the link of a revoked invite, is dropped.
    ///
    /// # Errors
    /// `Database`.
    pub async fn unscoped_next_letter(&self) -> Result<Option<Letter>, Error> {
        loop {
            let now = self.surroundings.now();
            let due: Option<(Uuid, i64)> = self.db.read().await?.opt(&LETTERS_DUE, args![now]).await?;
            let Some((id, free_since)) = due else { return Ok(None) };
            let mut tx = self.db.write().await?;
            let until = now.plus_seconds(LEASE_SECONDS);
            // Nothing, when another server was faster.
            let Some(claimed) = tx.opt::<Claimed>(&LETTER_CLAIM, args![id, free_since, until]).await? else { continue };
            let content = self.content(&mut tx, id, &claimed, now).await?;
            if content.is_none() {
                tx.execute(&LETTER_DROP, args![id]).await?;
            }
            tx.commit().await?;
            if let Some(content) = content {
                let (attempts, queued_at) = (claimed.attempts, Millis(claimed.queued_at));
                return Ok(Some(Letter { id: LetterId(id), recipient: claimed.recipient, content, until, attempts, queued_at }));
            }
        }
    }

    /// Notes what became of a letter, unless the lease ended meanwhile.
    ///
    /// # Errors
    /// `Database`.
    pub async fn unscoped_settle_letter(&self, letter: &Letter, outcome: &Outcome) -> Result<(), Error> {
        let now = self.surroundings.now();
        let mut tx = self.db.write().await?;
        let (state, words) = match outcome {
            Outcome::Accepted(words) => (Delivery::Accepted, words),
            Outcome::Refused(words) => (Delivery::Refused, words),
            Outcome::Later(words) if letter.queued_at.plus_days(GIVE_UP_DAYS) <= now => (Delivery::Refused, words),
            Outcome::Later(words) => (Delivery::Queued, words),
        };
        let words = mail::answer(words);
        if state == Delivery::Queued {
            let pause = (FIRST_PAUSE_SECONDS << (letter.attempts - 1).clamp(0, 7)).min(LONGEST_PAUSE_SECONDS);
            tx.execute(&LETTER_LATER, args![letter.id, letter.until, now.plus_seconds(pause), words]).await?;
        } else {
            tx.execute(&LETTER_SETTLE, args![letter.id, letter.until, state.as_str(), words, now]).await?;
        }
        tx.commit().await
    }

    /// Forgets letters that were settled a month ago, and links that do not work any more.
    ///
    /// # Errors
    /// `Database`.
    pub async fn unscoped_forget_letters(&self) -> Result<(), Error> {
        let now = self.surroundings.now();
        let mut tx = self.db.write().await?;
        tx.execute(&LETTERS_FORGET, args![now.plus_days(-KEPT_DAYS)]).await?;
        tx.execute(&RESETS_EXPIRED, args![now]).await?;
        tx.commit().await
    }

    /// Nothing where there is nothing to say.
    async fn content(&self, tx: &mut Tx, letter: Uuid, claimed: &Claimed, now: Millis) -> Result<Option<Content>, Error> {
        match LetterKind::parse(&claimed.kind).ok_or(Error::Inconsistent { table: "outbox" })? {
            LetterKind::Test => Ok(Some(Content::Test)),
            LetterKind::Invite => self.invite(tx, claimed, now).await,
            LetterKind::Reset => self.reset(tx, letter, claimed, now).await,
            LetterKind::Message => message(tx, claimed).await,
            LetterKind::Approval => approval(tx, claimed).await,
        }
    }

    async fn invite(&self, tx: &mut Tx, claimed: &Claimed, now: Millis) -> Result<Option<Content>, Error> {
        let Some(invite) = claimed.subject_id.map(InviteId) else { return Ok(None) };
        let row: Option<(String, String, String, i64)> = tx.opt(&INVITE_TO_MAIL, args![invite, claimed.generation, now]).await?;
        let Some((account_name, inviter, access, expires_at)) = row else { return Ok(None) };
        Ok(Some(Content::Invite {
            invite,
            token: BASE64URL_NOPAD.encode(&self.keys.invite_mac(invite, claimed.generation)),
            account_name,
            inviter,
            access: Access::parse(&access).ok_or(Error::Inconsistent { table: "invites" })?,
            expires_at: Millis(expires_at),
        }))
    }

    async fn reset(&self, tx: &mut Tx, letter: Uuid, claimed: &Claimed, now: Millis) -> Result<Option<Content>, Error> {
        // Nobody has the link before the letter is sent, so its time begins with the try.
        let expires_at = now.plus_minutes(LIFETIME_MINUTES);
        if let Some(reset) = claimed.subject_id.map(ResetId) {
            let lives = tx.execute(&RESET_EXTEND, args![reset, expires_at]).await? > 0;
            return Ok(lives.then(|| self.reset_letter(reset)));
        }
        let Ok(email) = EmailAddress::parse(&claimed.recipient) else { return Ok(None) };
        let hash = self.keys.email_hash(&email);
        let Some((person,)) = tx.opt::<(Uuid,)>(&PERSON_TO_MAIL, args![hash.clone()]).await? else {
            self.remind_of_invites(tx, &email, hash, now).await?;
            return Ok(None);
        };
        let reset = ResetId(self.surroundings.uuid());
        tx.execute(&RESET_INSERT, args![reset, PersonId(person), now, expires_at]).await?;
        tx.execute(&LETTER_SUBJECT, args![letter, reset]).await?;
        Ok(Some(self.reset_letter(reset)))
    }

    fn reset_letter(&self, reset: ResetId) -> Content {
        Content::Reset { reset, token: BASE64URL_NOPAD.encode(&self.keys.reset_mac(reset)) }
    }

    /// The same links as before: a stranger who types the address must not be able to kill them.
    async fn remind_of_invites(&self, tx: &mut Tx, email: &EmailAddress, hash: Vec<u8>, now: Millis) -> Result<(), Error> {
        let invites: Vec<(Uuid, Uuid, i64)> = tx.all(&INVITES_TO, args![hash, now]).await?;
        for (invite, account, generation) in invites {
            outbox::withdraw(tx, invite).await?;
            let subject = Subject { kind: LetterKind::Invite, id: Some(invite), generation };
            outbox::queue(tx, LetterId(self.surroundings.uuid()), Some(AccountId(account)), email.as_str(), &subject, now).await?;
        }
        Ok(())
    }
}

async fn approval(tx: &mut Tx, claimed: &Claimed) -> Result<Option<Content>, Error> {
    let Some(request) = claimed.subject_id.map(RequestId) else { return Ok(None) };
    let row: Option<(Uuid, String, String)> = tx.opt(&REQUEST_TO_MAIL, args![request]).await?;
    Ok(row.map(|(account, account_name, requested_by)| Content::Approval {
        account: AccountId(account),
        account_name,
        request,
        requested_by,
    }))
}

async fn message(tx: &mut Tx, claimed: &Claimed) -> Result<Option<Content>, Error> {
    let Some(message) = claimed.subject_id.map(MessageId) else { return Ok(None) };
    let row: Option<(String, String, String)> = tx.opt(&MESSAGE_TO_MAIL, args![message]).await?;
    let Some((kind, text, reply_to)) = row else { return Ok(None) };
    let kind = MessageKind::parse(&kind).ok_or(Error::Inconsistent { table: "messages" })?;
    Ok(Some(Content::Message { message, kind, text, reply_to }))
}
