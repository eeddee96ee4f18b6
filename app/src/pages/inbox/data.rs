//! What the pages show. The words are made on the server: the browser has nothing to add to them.

use domain::id::MessageId;
#[cfg(feature = "ssr")]
use domain::message::MessageState;
#[cfg(feature = "ssr")]
use store::console::messages::{self, Filter};

#[cfg(feature = "ssr")]
use super::words;
use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Inbox {
    /// The lists: label, address, and whether it is the one shown.
    pub tabs: Vec<(String, String, bool)>,
    /// Which tab it is, for the search to stay there.
    pub state: String,
    pub words: String,
    pub rows: Vec<MessageRow>,
    /// What an empty list says.
    pub nothing: String,
    /// The address to go on at, where there are older ones.
    pub older: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessageRow {
    pub id: MessageId,
    pub title: String,
    pub from: String,
    pub about: String,
    /// The state in a word.
    pub state: String,
    /// The class of its badge.
    pub badge: String,
    pub sent: Moment,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    pub id: MessageId,
    pub title: String,
    pub text: String,
    pub reply_to: String,
    /// The link that answers it.
    pub mailto: String,
    pub sent: Moment,
    /// The state in a word.
    pub state: String,
    /// The class of its badge.
    pub badge: String,
    /// Who changed the state last, and when.
    pub changed: Option<(String, Moment)>,
    /// What else is known, by name.
    pub facts: Vec<(String, String)>,
    /// The states that it can be put in, and what the buttons say.
    pub marks: Vec<(String, String)>,
}

/// `state` is one of the states or `all`; anything else are the new ones.
#[server(prefix = "/api/console", endpoint = "load_inbox", input = Json, output = Postcard)]
pub async fn load_inbox(state: String, words: String, before: String) -> Result<Inbox, Error> {
    let operator = ssr::operator().await?;
    let chosen = if state == words::ALL { None } else { Some(MessageState::parse(&state).unwrap_or(MessageState::New)) };
    let filter = Filter { state: chosen, words, before: before.parse().ok() };
    let found = ssr::state()?.console.inbox(&operator).find(&filter).await?;
    let words = filter.words;
    let last = found.messages.last().filter(|_| found.has_older).map(|message| message.id);
    Ok(Inbox {
        tabs: words::tabs(chosen, &words),
        state: chosen.map_or(words::ALL, MessageState::as_str).to_owned(),
        rows: found.messages.into_iter().map(MessageRow::from).collect(),
        nothing: words::nothing(chosen, &words).to_owned(),
        older: last.map(|last| words::address(chosen, &words, Some(last))),
        words,
    })
}

#[server(prefix = "/api/console", endpoint = "load_message", input = Json, output = Postcard)]
pub async fn load_message(message: MessageId) -> Result<Message, Error> {
    let operator = ssr::operator().await?;
    Ok(ssr::state()?.console.inbox(&operator).message(message).await?.into())
}

#[cfg(feature = "ssr")]
impl From<messages::Message> for MessageRow {
    fn from(message: messages::Message) -> Self {
        Self {
            id: message.id,
            title: words::title(&message.text),
            about: words::kind(message.kind).to_owned(),
            state: words::state(message.state).to_owned(),
            badge: words::badge(message.state).to_owned(),
            sent: ssr::moment(message.created_at),
            from: message.reply_to,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<messages::Message> for Message {
    fn from(message: messages::Message) -> Self {
        Self {
            id: message.id,
            title: [words::kind(message.kind), " from ", &message.reply_to].concat(),
            mailto: words::mailto(&message),
            sent: ssr::moment(message.created_at),
            state: words::state(message.state).to_owned(),
            badge: words::badge(message.state).to_owned(),
            facts: words::facts(&message),
            marks: words::marks(message.state),
            changed: message.changed.map(|(name, at)| (name, ssr::moment(at))),
            text: message.text,
            reply_to: message.reply_to,
        }
    }
}
