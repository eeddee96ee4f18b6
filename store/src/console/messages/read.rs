//! Messages as operators read them.

use domain::{
    access::Access,
    id::MessageId,
    message::{MessageKind, MessageState},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error,
    engine::{Tx, args, statements},
};

statements! {
    /// `$1` is a state, or nothing for all of them.
    MESSAGES_LIST = "SELECT m.id, m.kind, m.text, m.reply_to, m.page, m.created_at, m.state, m.changed_by, m.changed_at, a.name AS account, p.name AS person, p.email, t.access FROM messages m LEFT JOIN accounts a ON a.id = m.account_id LEFT JOIN people p ON p.id = m.person_id LEFT JOIN teammates t ON t.account_id = m.account_id AND t.person_id = m.person_id WHERE ($1 = '' OR m.state = $1) AND m.id < $2 ORDER BY m.id DESC LIMIT $3";
    MESSAGE_ONE = "SELECT m.id, m.kind, m.text, m.reply_to, m.page, m.created_at, m.state, m.changed_by, m.changed_at, a.name AS account, p.name AS person, p.email, t.access FROM messages m LEFT JOIN accounts a ON a.id = m.account_id LEFT JOIN people p ON p.id = m.person_id LEFT JOIN teammates t ON t.account_id = m.account_id AND t.person_id = m.person_id WHERE m.id = $1";
}

/// How many messages a page shows.
pub const PAGE: usize = 50;
/// How many are read at once while words are looked for.
const CHUNK: i64 = 200;

/// Which messages to show.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In this state alone.
    pub state: Option<MessageState>,
    /// With each of these words in what it says, its addresses or its names, whatever their case.
    pub words: String,
    /// Older than this one.
    pub before: Option<MessageId>,
}

/// A page of messages.
#[derive(Debug, Clone)]
pub struct Found {
    /// Newest first, at most [`PAGE`].
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub has_older: bool,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    /// The message.
    pub id: MessageId,
    /// What it is about.
    pub kind: MessageKind,
    /// What it says.
    pub text: String,
    /// Where the answer goes.
    pub reply_to: String,
    /// The path of the page that it was written from.
    pub page: Option<String>,
    /// The name of the account that it was written in, while there is one.
    pub account: Option<String>,
    /// Who was signed in, while that person is there.
    pub writer: Option<Writer>,
    /// When it was sent.
    pub created_at: Millis,
    /// How far the operator is with it.
    pub state: MessageState,
    /// The name of who changed its state last, and when.
    pub changed: Option<(String, Millis)>,
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The person's name.
    pub name: String,
    /// The person's address, which need not be the one to answer to.
    pub email: String,
    /// What the person may do now in the account that the message was written in; nothing for who left it.
    pub access: Option<Access>,
}

#[derive(FromRow)]
struct MessageRow {
    id: Uuid,
    kind: String,
    text: String,
    reply_to: String,
    page: Option<String>,
    created_at: i64,
    state: String,
    changed_by: Option<String>,
    changed_at: Option<i64>,
    account: Option<String>,
    person: Option<String>,
    email: Option<String>,
    access: Option<String>,
}

impl MessageRow {
    /// Compared here rather than in SQL: the engines disagree about the case of letters.
    fn holds(&self, words: &[String]) -> bool {
        let all = [Some(&self.text), Some(&self.reply_to), self.account.as_ref(), self.person.as_ref(), self.email.as_ref()];
        let all: Vec<String> = all.into_iter().flatten().map(|text| text.to_lowercase()).collect();
        words.iter().all(|word| all.iter().any(|text| text.contains(word.as_str())))
    }
}

pub(super) async fn find(tx: &mut Tx, filter: &Filter) -> Result<Found, Error> {
    let words: Vec<String> = filter.words.split_whitespace().map(str::to_lowercase).collect();
    let state = filter.state.map_or("", MessageState::as_str);
    let mut before = filter.before.map_or(Uuid::max(), |id| id.0);
    let mut messages = Vec::new();
    loop {
        let rows: Vec<MessageRow> = tx.all(&MESSAGES_LIST, args![state, before, CHUNK]).await?;
        let oldest = rows.last().map(|row| row.id).filter(|_| i64::try_from(rows.len()) == Ok(CHUNK));
        for row in rows.into_iter().filter(|row| row.holds(&words)) {
            if messages.len() == PAGE {
                return Ok(Found { messages, has_older: true });
            }
            messages.push(row.try_into()?);
        }
        match oldest {
            Some(oldest) => before = oldest,
            None => return Ok(Found { messages, has_older: false }),
        }
    }
}

pub(super) async fn one(tx: &mut Tx, id: MessageId) -> Result<Message, Error> {
    tx.one::<MessageRow>(&MESSAGE_ONE, args![id]).await?.try_into()
}

impl TryFrom<MessageRow> for Message {
    type Error = Error;

    fn try_from(row: MessageRow) -> Result<Self, Error> {
        let inconsistent = || Error::Inconsistent { table: "messages" };
        let access = row.access.as_deref().map(|word| Access::parse(word).ok_or_else(inconsistent)).transpose()?;
        Ok(Self {
            id: MessageId(row.id),
            kind: MessageKind::parse(&row.kind).ok_or_else(inconsistent)?,
            text: row.text,
            reply_to: row.reply_to,
            page: row.page,
            account: row.account,
            writer: row.person.zip(row.email).map(|(name, email)| Writer { name, email, access }),
            created_at: Millis(row.created_at),
            state: MessageState::parse(&row.state).ok_or_else(inconsistent)?,
            changed: row.changed_by.zip(row.changed_at.map(Millis)),
        })
    }
}
