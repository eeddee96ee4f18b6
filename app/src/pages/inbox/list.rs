//! The list: tabs, search, pages.

use domain::message::MessageState;
use store::console::messages::{Filter, Message};

use super::words;
use crate::{
    components::page_header,
    load::{Address, Html, Written},
    prelude::*,
};

const TITLE: &str = "Inbox";
const TEXT: &str = "What people wrote by Talk to us. Only operators of this installation see it.";

/// `state` is one of the states or `all`; anything else are the new ones.
pub(crate) async fn list(address: &Address) -> Result<Written, Error> {
    let operator = ssr::operator().await?;
    let state = address.query("state");
    let chosen = if state == words::ALL { None } else { Some(MessageState::parse(&state).unwrap_or(MessageState::New)) };
    let filter = Filter { state: chosen, words: address.query("words"), before: address.query("before").parse().ok() };
    let found = ssr::state()?.console.inbox(&operator).find(&filter).await?;
    let words = filter.words;
    let last = found.messages.last().filter(|_| found.has_older).map(|message| message.id);
    let older = last.map(|last| words::address(chosen, &words, Some(last)));
    let nothing = words::nothing(chosen, &words);
    let html = Html::of(|| {
        view! {
            <div class="inbox">
                {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
                {tabs(Here::Messages(chosen, &words))}
                <form class="search" role="search" action=links::INBOX>
                    <input type="hidden" name="state" value=chosen.map_or(words::ALL, MessageState::as_str) />
                    <div class="field">
                        <label class="unseen" for="words">"Search messages"</label>
                        <input id="words" name="words" type="search" value=words />
                    </div>
                    <button type="submit" class="button quiet">"Search"</button>
                </form>
                {messages(found.messages, nothing)}
                {older.map(|href| view! { <p><a class="button quiet" href=href>"Older messages"</a></p> })}
                <p class="aside"><a href=links::HOME>"To the console"</a></p>
            </div>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

/// What is shown.
#[derive(Clone, Copy)]
pub(super) enum Here<'a> {
    /// The messages of a state, or of all, that have these words.
    Messages(Option<MessageState>, &'a str),
    Letters,
    Help,
}

pub(super) fn tabs(here: Here<'_>) -> AnyView {
    let mut tabs = match here {
        Here::Messages(chosen, words) => words::tabs(|list| list == chosen, words),
        Here::Letters | Here::Help => words::tabs(|_| false, ""),
    };
    tabs.push(("Letters".to_owned(), links::LETTERS.to_owned(), matches!(here, Here::Letters)));
    tabs.push(("Help pages".to_owned(), links::HELP_ANSWERS.to_owned(), matches!(here, Here::Help)));
    view! { <nav class="tabs" aria-label="Lists"><ul>{tabs.into_iter().map(tab).collect_view()}</ul></nav> }.into_any()
}

fn tab((label, href, is_here): (String, String, bool)) -> AnyView {
    let mark = is_here.then_some("page");
    view! { <li><a href=href aria-current=mark>{label}</a></li> }.into_any()
}

fn messages(messages: Vec<Message>, nothing: &'static str) -> AnyView {
    if messages.is_empty() {
        return view! { <EmptyState title="Nothing here" text=nothing /> }.into_any();
    }
    view! {
        <table class="table">
            <caption class="unseen">"Messages, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Message"</th>
                    <th scope="col">"From"</th>
                    <th scope="col">"About"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Sent"</th>
                </tr>
            </thead>
            <tbody>{messages.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(message: Message) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=links::message(message.id)>{words::title(&message.text)}</a></th>
            <td data-label="From">{message.reply_to}</td>
            <td data-label="About">{words::kind(message.kind)}</td>
            <td data-label="State"><span class=words::badge(message.state)>{words::state(message.state)}</span></td>
            <td data-label="Sent"><When at=ssr::moment(message.created_at) /></td>
        </tr>
    }
    .into_any()
}
