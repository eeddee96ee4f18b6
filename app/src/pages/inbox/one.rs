//! One message, and the page that confirms its deletion.

use domain::id::MessageId;

use super::{LoadMessage, Message, MessageDelete, MessageMark};
use crate::prelude::*;

#[component]
pub fn MessagePage() -> AnyView {
    of_message(shown)
}

#[component]
pub fn DeleteMessagePage() -> AnyView {
    of_message(doomed)
}

/// One way for both pages, so that the browser holds the code for one.
fn of_message(view: fn(Message) -> AnyView) -> AnyView {
    let message = param::<MessageId>("message");
    load(move || Ok(LoadMessage { message: message()? }), view)
}

fn shown(data: Message) -> AnyView {
    let id = data.id.to_string();
    let mark = |(state, label): (String, String)| {
        let fields = vec![("message", id.clone()), ("state", state.clone())];
        view! { <ButtonForm action=MessageMark::PATH key=state fields label about="" /> }
    };
    let fact = |(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let changed = data.changed.map(|(who, at)| view! { <span class="secondary-text">" by " {who} ", " <When at /></span> });
    view! {
        <div class="inbox">
            <PageHead title=data.title />
            <p class="message">{data.text}</p>
            <dl class="facts">
                <div><dt>"Answer to"</dt><dd><a href=data.mailto.clone()>{data.reply_to}</a></dd></div>
                <div><dt>"Sent"</dt><dd><When at=data.sent /></dd></div>
                <div><dt>"State"</dt><dd><span class=data.badge>{data.state}</span>{changed}</dd></div>
                {data.facts.into_iter().map(fact).collect_view()}
            </dl>
            <div class="row">
                <a class="button primary" href=data.mailto>"Answer by mail"</a>
                {data.marks.into_iter().map(mark).collect_view()}
                <a class="button quiet" href=links::delete_message(data.id)>"Delete message"</a>
            </div>
            <p class="aside"><a href=links::INBOX>"Back to the inbox"</a></p>
        </div>
    }
    .into_any()
}

fn doomed(data: Message) -> AnyView {
    view! {
        <PageHead title=["Delete the message from ", &data.reply_to, "?"].concat() text="It is erased for good, for every operator." />
        <p class="message">{data.text}</p>
        <Form action=MessageDelete::PATH>
            <HiddenField name="message" value=data.id.to_string() />
            <div class="row">
                <Submit label="Delete message" kind="danger" />
                <a class="button quiet" href=links::message(data.id)>"Cancel"</a>
            </div>
        </Form>
    }
    .into_any()
}
