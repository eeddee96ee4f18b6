//! What operators do with messages.

use domain::{id::MessageId, message::MessageState};

use super::{
    Filter, Found, Message,
    read::{find, one},
};
use crate::{
    Error,
    access::{Actor, Operator},
    console::{Console, outbox},
    engine::{args, statements},
};

statements! {
    MESSAGE_STATE = "UPDATE messages SET state = $2, changed_by = $3, changed_at = $4 WHERE id = $1";
    MESSAGE_DELETE = "DELETE FROM messages WHERE id = $1";
    /// No row for who is no operator.
    MESSAGES_NEW = "SELECT (SELECT COUNT(*) FROM messages WHERE state = 'new') FROM people WHERE id = $1 AND operator_since IS NOT NULL";
}

/// The deeds of operators.
#[derive(Clone, Copy)]
pub struct Inbox<'a> {
    console: &'a Console,
    operator: &'a Operator,
}

impl Console {
    /// The handle for reading and changing messages.
    pub fn inbox<'a>(&'a self, operator: &'a Operator) -> Inbox<'a> {
        Inbox { console: self, operator }
    }

    /// How many messages are new, for an operator; nothing for anybody else.
    ///
    /// # Errors
    /// `Database`.
    pub async fn new_messages(&self, actor: &Actor) -> Result<Option<u64>, Error> {
        let Some(person) = actor.person() else { return Ok(None) };
        let found: Option<(i64,)> = self.db.read().await?.opt(&MESSAGES_NEW, args![person]).await?;
        Ok(found.map(|(count,)| u64::try_from(count).unwrap_or_default()))
    }
}

impl Inbox<'_> {
    /// A page of messages, newest first.
    ///
    /// # Errors
    /// `Database`.
    pub async fn find(&self, filter: &Filter) -> Result<Found, Error> {
        find(&mut self.console.db.read().await?, filter).await
    }

    /// One message.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn message(&self, id: MessageId) -> Result<Message, Error> {
        one(&mut self.console.db.read().await?, id).await
    }

    /// Sets how far the operator is, and notes who did when. What is in that state already keeps its note.
    ///
    /// # Errors
    /// `NotFound`, also when the right was taken away meanwhile.
    pub async fn set_state(&self, id: MessageId, state: MessageState) -> Result<(), Error> {
        let mut tx = self.console.begin_as_operator(self.operator).await?;
        if one(&mut tx, id).await?.state == state {
            return Ok(());
        }
        let args = args![id, state.as_str(), self.operator.name.as_str(), self.console.surroundings.now()];
        tx.execute(&MESSAGE_STATE, args).await?;
        tx.commit().await
    }

    /// Deletes a message for good.
    ///
    /// # Errors
    /// `NotFound`, also when the right was taken away meanwhile.
    pub async fn delete(&self, id: MessageId) -> Result<(), Error> {
        let mut tx = self.console.begin_as_operator(self.operator).await?;
        if tx.execute(&MESSAGE_DELETE, args![id]).await? == 0 {
            return Err(Error::NotFound);
        }
        outbox::withdraw(&mut tx, id.0).await?;
        tx.commit().await
    }
}
