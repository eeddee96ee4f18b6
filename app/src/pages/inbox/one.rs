//! One message, and the page that confirms its deletion.

use domain::id::MessageId;
use store::console::messages::Message;

use super::{MessageDelete, MessageMark, words};
use crate::{
    components::page_header,
    load::{Html, Written},
    prelude::*,
};

pub(crate) async fn one(message: MessageId) -> Result<Written, Error> {
    let message = read(message).await?;
    let title = [words::kind(message.kind), " from ", &message.reply_to].concat();
    Ok(Written { html: Html::of(|| shown(title.clone(), message)), title })
}

pub(crate) async fn doomed(message: MessageId) -> Result<Written, Error> {
    let message = read(message).await?;
    let title = ["Delete the message from ", &message.reply_to, "?"].concat();
    Ok(Written { html: Html::of(|| confirmation(title.clone(), message)), title })
}

async fn read(message: MessageId) -> Result<Message, Error> {
    let operator = ssr::operator().await?;
    Ok(ssr::state()?.console.inbox(&operator).message(message).await?)
}

fn shown(title: String, message: Message) -> AnyView {
    let id = message.id.to_string();
    let mark = |(state, label): (String, String)| {
        let fields = vec![("message", id.clone()), ("state", state.clone())];
        view! { <ButtonForm action=MessageMark::PATH key=state fields label about="" /> }
    };
    let fact = |(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let (mailto, facts, marks) = (words::mailto(&message), words::facts(&message), words::marks(message.state));
    let changed =
        message.changed.map(|(who, at)| view! { <span class="secondary-text">" by " {who} ", " <When at=ssr::moment(at) /></span> });
    view! {
        <div class="inbox">
            {page_header(title, String::new(), None)}
            <p class="message">{message.text}</p>
            <dl class="facts">
                <div><dt>"Answer to"</dt><dd><a href=mailto.clone()>{message.reply_to}</a></dd></div>
                <div><dt>"Sent"</dt><dd><When at=ssr::moment(message.created_at) /></dd></div>
                <div><dt>"State"</dt><dd><span class=words::badge(message.state)>{words::state(message.state)}</span>{changed}</dd></div>
                {facts.into_iter().map(fact).collect_view()}
            </dl>
            <div class="row">
                <a class="button primary" href=mailto>"Answer by mail"</a>
                {marks.into_iter().map(mark).collect_view()}
                <a class="button quiet" href=links::delete_message(message.id)>"Delete message"</a>
            </div>
            <p class="aside"><a href=links::INBOX>"Back to the inbox"</a></p>
        </div>
    }
    .into_any()
}

fn confirmation(title: String, message: Message) -> AnyView {
    view! {
        {page_header(title, "It is erased for good, for every operator.".to_owned(), None)}
        <p class="message">{message.text}</p>
        <Form action=MessageDelete::PATH>
            <HiddenField name="message" value=message.id.to_string() />
            <div class="row">
                <Submit label="Delete message" kind="danger" />
                <a class="button quiet" href=links::message(message.id)>"Cancel"</a>
            </div>
        </Form>
    }
    .into_any()
}
