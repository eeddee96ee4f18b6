//! Messages to the operator: anybody writes them, operators read them.

pub(super) mod inbox;
pub(super) mod read;

use domain::{
    id::{AccountId, MessageId, PersonId},
    mail::LetterKind,
    message::{MessageDraft, MessageState},
    time::Millis,
};
use uuid::Uuid;

pub use inbox::Inbox;
pub use read::{Filter, Found, Message, PAGE, Writer};

use super::{
    Console,
    outbox::{self, Subject},
};
use crate::{
    Error,
    access::Actor,
    engine::{Tx, args, statements},
};

statements! {
    MESSAGE_INSERT = "INSERT INTO messages (id, kind, text, reply_to, page, account_id, person_id, created_at, state, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL)";
    WRITER_ACCOUNTS = "SELECT account_id FROM teammates WHERE person_id = $1";
}

impl Console {
    /// Stores a message, of who is signed in or of anybody else. Where there is an address for it, a letter to the operator is queued with it.
    ///
    /// # Errors
    /// `Database`.
    pub async fn send_message(&self, writer: Option<&Actor>, draft: &MessageDraft) -> Result<MessageId, Error> {
        let mut tx = self.db.write().await?;
        let person = writer.and_then(Actor::person);
        let account = match person {
            Some(person) => account_of(&mut tx, person, draft).await?,
            None => None,
        };
        let id = insert(&mut tx, self, draft, account, person).await?;
        if let Some(support) = &self.support {
            let subject = Subject { kind: LetterKind::Message, id: Some(id.0), generation: 0 };
            outbox::queue(&mut tx, self.letter_id(), None, support.as_str(), &subject, self.surroundings.now()).await?;
        }
        tx.commit().await?;
        Ok(id)
    }
}

/// The account that the page is of, if it is one of the writer's; else the only one that the writer has.
async fn account_of(tx: &mut Tx, person: PersonId, draft: &MessageDraft) -> Result<Option<AccountId>, Error> {
    let own: Vec<(Uuid,)> = tx.all(&WRITER_ACCOUNTS, args![person]).await?;
    let named = draft.page.as_ref().and_then(domain::message::PagePath::account);
    let of_page = named.filter(|account| own.contains(&(account.0,)));
    let only = match own[..] {
        [(account,)] => Some(AccountId(account)),
        _ => None,
    };
    Ok(of_page.or(only))
}

async fn insert(
    tx: &mut Tx,
    console: &Console,
    draft: &MessageDraft,
    account: Option<AccountId>,
    person: Option<PersonId>,
) -> Result<MessageId, Error> {
    let id = MessageId(console.surroundings.uuid());
    let now: Millis = console.surroundings.now();
    let page = draft.page.as_ref().map(ToString::to_string);
    let (account, person) = (account.map(|id| id.0), person.map(|id| id.0));
    let (kind, state) = (draft.kind.as_str(), MessageState::New.as_str());
    let args = args![id, kind, draft.text.as_str(), draft.reply_to.as_str(), page, account, person, now, state];
    tx.execute(&MESSAGE_INSERT, args).await?;
    Ok(id)
}
