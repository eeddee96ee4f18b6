//! What operators can do with a message.

use domain::id::MessageId;
#[cfg(feature = "ssr")]
use domain::message::MessageState;

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "message_mark")]
pub async fn message_mark(message: MessageId, state: String) -> Result<(), Error> {
    let operator = ssr::operator().await?;
    let state = MessageState::parse(&state).ok_or(Error::Malformed)?;
    ssr::state()?.console.inbox(&operator).set_state(message, state).await?;
    ssr::done(&links::message(message), Notice::MessageMarked);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "message_delete")]
pub async fn message_delete(message: MessageId) -> Result<(), Error> {
    let operator = ssr::operator().await?;
    ssr::state()?.console.inbox(&operator).delete(message).await?;
    ssr::done(links::INBOX, Notice::MessageDeleted);
    Ok(())
}
