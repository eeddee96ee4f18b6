//! What is to be mailed. A letter is queued in the transaction that makes it necessary and says only what it is about; its text, and any link that lets
//! somebody in, is made when it is sent.

use domain::{
    id::{AccountId, LetterId},
    mail::{Delivery, LetterKind},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::Console;
use crate::{
    Error,
    access::{Granted, ManageAccount, Operator, Who},
    engine::{Tx, args, statements},
};
use domain::audit::Deed;

statements! {
    LETTER_QUEUE = "INSERT INTO outbox (id, account_id, kind, recipient, subject_id, generation, state, answer, attempts, queued_at, due_at, leased_until, settled_at) VALUES ($1, $2, $3, $4, $5, $6, 'queued', NULL, 0, $7, $7, 0, NULL)";
    LETTERS_WITHDRAW = "DELETE FROM outbox WHERE subject_id = $1 AND state = 'queued'";
    LETTERS_OF_NO_ACCOUNT = "SELECT id, kind, recipient, state, answer, queued_at, due_at, settled_at FROM outbox WHERE account_id IS NULL ORDER BY queued_at DESC, id DESC LIMIT $1";
    LETTERS_LIST = "SELECT id, kind, recipient, state, answer, queued_at, due_at, settled_at FROM outbox WHERE account_id = $1 ORDER BY queued_at DESC, id DESC LIMIT $2";
}

/// The letters that a page shows.
const SHOWN: u32 = 50;

/// A letter of an account, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// The letter.
    pub id: LetterId,
    /// What it is about.
    pub kind: LetterKind,
    /// The address that it goes to.
    pub recipient: String,
    /// What became of it.
    pub state: Delivery,
    /// What the mail server said last, if it said anything.
    pub answer: Option<String>,
    /// When it was written.
    pub queued_at: Millis,
    /// When it is tried next, while it is queued.
    pub due_at: Millis,
    /// When it was accepted or refused.
    pub settled_at: Option<Millis>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    recipient: String,
    state: String,
    answer: Option<String>,
    queued_at: i64,
    due_at: i64,
    settled_at: Option<i64>,
}

/// What a letter is about.
pub(crate) struct Subject {
    pub(crate) kind: LetterKind,
    pub(crate) id: Option<Uuid>,
    pub(crate) generation: i64,
}

/// Queues a letter.
pub(crate) async fn queue(
    tx: &mut Tx,
    id: LetterId,
    account: Option<AccountId>,
    recipient: &str,
    subject: &Subject,
    now: Millis,
) -> Result<(), Error> {
    let account = account.map(|account| account.0);
    let args = args![id, account, subject.kind.as_str(), recipient, subject.id, subject.generation, now];
    tx.execute(&LETTER_QUEUE, args).await?;
    Ok(())
}

/// Takes back what was not sent yet.
pub(crate) async fn withdraw(tx: &mut Tx, subject: Uuid) -> Result<(), Error> {
    tx.execute(&LETTERS_WITHDRAW, args![subject]).await?;
    Ok(())
}

impl Console {
    /// The newest letters of the account, at most 50.
    ///
    /// # Errors
    /// `Database`.
    pub async fn letters(&self, granted: &Granted<ManageAccount>) -> Result<Vec<LetterRow>, Error> {
        let rows: Vec<Row> = self.db.read().await?.all(&LETTERS_LIST, args![granted.account, SHOWN]).await?;
        rows.into_iter().map(LetterRow::try_from).collect()
    }

    /// The newest letters that belong to no account, at most 50: for new passwords, and to the operator.
    ///
    /// # Errors
    /// `Database`.
    pub async fn letters_of_no_account(&self, _: &Operator) -> Result<Vec<LetterRow>, Error> {
        let rows: Vec<Row> = self.db.read().await?.all(&LETTERS_OF_NO_ACCOUNT, args![SHOWN]).await?;
        rows.into_iter().map(LetterRow::try_from).collect()
    }

    /// Queues a letter to the actor's own address, which shows whether mail works.
    ///
    /// # Errors
    /// `Invalid` at `form`: `NoMail` where the installation sends none. `Forbidden` for scripts.
    pub async fn send_test_letter(&self, granted: &Granted<ManageAccount>) -> Result<(), Error> {
        self.needs_mail()?;
        let Who::Person { email, .. } = &granted.actor.who else { return Err(Error::Forbidden) };
        let mut change = self.begin(granted).await?;
        let subject = Subject { kind: LetterKind::Test, id: None, generation: 0 };
        let (id, account, now) = (self.letter_id(), change.account, change.now);
        queue(&mut change.tx, id, Some(account), email.as_str(), &subject, now).await?;
        change.commit(&Deed::TestMailSent { email: email.as_str().to_owned() }).await
    }

    pub(crate) fn letter_id(&self) -> LetterId {
        LetterId(self.surroundings.uuid())
    }
}

impl TryFrom<Row> for LetterRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        const UNREADABLE: Error = Error::Inconsistent { table: "outbox" };
        Ok(Self {
            id: LetterId(row.id),
            kind: LetterKind::parse(&row.kind).ok_or(UNREADABLE)?,
            recipient: row.recipient,
            state: Delivery::parse(&row.state).ok_or(UNREADABLE)?,
            answer: row.answer,
            queued_at: Millis(row.queued_at),
            due_at: Millis(row.due_at),
            settled_at: row.settled_at.map(Millis),
        })
    }
}
