//! How the inbox says it.

use domain::{
    id::MessageId,
    message::{MessageKind, MessageState},
};
use store::{
    access::Actor,
    console::messages::{Message, Writer},
};

use crate::{Error, links, pages::teammates, ssr};

/// What the address calls the list of all states.
pub(super) const ALL: &str = "all";

/// The most characters of a message's first line that lists show.
const TITLE: usize = 80;

/// What the link to the inbox says, to operators.
///
/// # Errors
/// `Unavailable`.
pub async fn label(actor: &Actor) -> Result<Option<String>, Error> {
    let new = ssr::state()?.console.new_messages(actor).await?;
    Ok(new.map(|new| if new == 0 { "Inbox".to_owned() } else { format!("Inbox, {new} new") }))
}

/// An address of the inbox.
pub(super) fn address(state: Option<MessageState>, words: &str, before: Option<MessageId>) -> String {
    let mut address = [links::INBOX, "?state=", state.map_or(ALL, MessageState::as_str)].concat();
    if let Some(before) = before {
        address = format!("{address}&before={before}");
    }
    if words.is_empty() { address } else { [&address, "&words=", &links::escaped(words)].concat() }
}

/// Every list with the same words looked for, and whether it is the one that is shown.
pub(super) fn tabs(is_here: impl Fn(Option<MessageState>) -> bool, words: &str) -> Vec<(String, String, bool)> {
    let lists = MessageState::ALL.iter().copied().map(Some).chain([None]);
    lists.map(|list| (list.map_or("All", state).to_owned(), address(list, words, None), is_here(list))).collect()
}

pub(super) const fn state(state: MessageState) -> &'static str {
    match state {
        MessageState::New => "New",
        MessageState::Answered => "Answered",
        MessageState::Closed => "Closed",
    }
}

pub(super) const fn badge(state: MessageState) -> &'static str {
    match state {
        MessageState::New => "badge warning",
        MessageState::Answered => "badge done",
        MessageState::Closed => "badge",
    }
}

/// What else can be said of a message, and the button for it.
pub(super) fn marks(now: MessageState) -> Vec<(String, String)> {
    let button = |state: &MessageState| match state {
        MessageState::New => "Mark as new",
        MessageState::Answered => "Mark as answered",
        MessageState::Closed => "Mark as closed",
    };
    let others = MessageState::ALL.iter().filter(|state| **state != now);
    others.map(|state| (state.as_str().to_owned(), button(state).to_owned())).collect()
}

pub(super) const fn kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Question => "Question",
        MessageKind::Bug => "Bug",
        MessageKind::Suggestion => "Suggestion",
        MessageKind::CloseAccount => "Account to close",
    }
}

pub(super) const fn nothing(state: Option<MessageState>, words: &str) -> &'static str {
    match state {
        _ if !words.is_empty() => "No message of this list has all of these words.",
        Some(MessageState::New) => "What people write by Talk to us comes here. Every new message was dealt with.",
        Some(MessageState::Answered | MessageState::Closed) => "Mark a message, and it is found here.",
        None => "What people write by Talk to us comes here.",
    }
}

/// The first line, shortened.
pub(super) fn title(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end();
    match line.char_indices().nth(TITLE) {
        Some((end, _)) => [line.get(..end).unwrap_or_default().trim_end(), "…"].concat(),
        None => line.to_owned(),
    }
}

/// A mail to who wrote it, with a subject that they recognise.
pub(super) fn mailto(message: &Message) -> String {
    // An address may hold any sign before its last @, and a link takes none of them for its own.
    let (name, host) = message.reply_to.rsplit_once('@').unwrap_or((&message.reply_to, ""));
    let subject = ["Re: ", &title(&message.text)].concat();
    ["mailto:", &links::escaped(name), "@", &links::escaped(host), "?subject=", &links::escaped(&subject)].concat()
}

/// Who wrote it from where, as far as it is known.
pub(super) fn facts(message: &Message) -> Vec<(String, String)> {
    let signed_in = message.writer.as_ref().map_or_else(|| "Nobody: anybody can have written this".to_owned(), who);
    let mut facts = vec![("Signed in", signed_in)];
    facts.extend(message.account.clone().map(|name| ("Account", name)));
    facts.extend(message.page.clone().map(|page| ("Page", page)));
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn who(writer: &Writer) -> String {
    let access = writer.access.map_or_else(String::new, |access| format!(", {}", teammates::said(access).to_lowercase()));
    format!("{} ({}){access}", writer.name, writer.email)
}

#[cfg(test)]
mod tests {
    use domain::time::Millis;

    use super::*;

    fn message(text: &str, reply_to: &str) -> Message {
        Message {
            id: MessageId(uuid::Uuid::nil()),
            kind: MessageKind::Question,
            text: text.to_owned(),
            reply_to: reply_to.to_owned(),
            page: None,
            account: None,
            writer: None,
            created_at: Millis(0),
            state: MessageState::New,
            changed: None,
        }
    }

    #[test]
    fn a_title_is_the_first_line_and_short() {
        assert_eq!(title("How?\nWhy?"), "How?");
        assert_eq!(title(&"ü".repeat(80)), "ü".repeat(80));
        assert_eq!(title(&"ü".repeat(81)), ["ü".repeat(80).as_str(), "…"].concat());
    }

    #[test]
    fn an_answer_goes_to_the_address_and_nowhere_else() {
        let plain = mailto(&message("How? & why?", "ada+cairn@example.com"));
        assert_eq!(plain, "mailto:ada%2Bcairn@example.com?subject=Re%3A%20How%3F%20%26%20why%3F");
        let odd = mailto(&message("Hi", "\"a?bcc=eve@evil.example\"@example.com"));
        assert_eq!(odd, "mailto:%22a%3Fbcc%3Deve%40evil.example%22@example.com?subject=Re%3A%20Hi");
    }

    #[test]
    fn an_address_of_the_inbox_keeps_what_is_looked_for() {
        let before = MessageId(uuid::Uuid::nil());
        assert_eq!(address(None, "", None), "/inbox?state=all");
        let all = address(Some(MessageState::New), "a&b c", Some(before));
        assert_eq!(all, "/inbox?state=new&before=00000000-0000-0000-0000-000000000000&words=a%26b%20c");
    }

    #[test]
    fn a_message_can_be_put_in_every_state_but_its_own() {
        for state in MessageState::ALL {
            assert!(marks(*state).iter().all(|(word, _)| word != state.as_str()));
            assert_eq!(marks(*state).len(), 2);
        }
    }
}
