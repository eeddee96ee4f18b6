//! `/talk-to-us`: writing to the operator, for everybody.

#[cfg(feature = "ssr")]
use domain::message::MessageDraft;
use domain::message::MessageKind;
use leptos_router::hooks::use_query_map;

use crate::{components::Outcome, prelude::*};

/// Answers where the answer goes.
#[server(prefix = "/api/console", endpoint = "message_send")]
pub async fn message_send(
    #[server(default)] kind: String,
    message: String,
    email: String,
    #[server(default)] from: String,
) -> Result<String, Error> {
    let state = ssr::state()?;
    let draft = MessageDraft::parse(&kind, &message, &email, &from)?;
    state.limits.message(ssr::client())?;
    state.console.send_message(ssr::caller().await.ok().as_ref(), &draft).await?;
    Ok(draft.reply_to.into())
}

/// The own address of who is signed in.
#[server(prefix = "/api/console", endpoint = "load_reply_address", input = Json, output = Postcard)]
pub async fn load_reply_address() -> Result<Option<String>, Error> {
    match ssr::caller().await {
        Ok(actor) => Ok(Some(ssr::state()?.console.me(&actor).await?.email)),
        Err(_) => Ok(None),
    }
}

#[component]
pub fn TalkToUsPage() -> AnyView {
    let query = use_query_map();
    // Once: a message changes nothing that the page shows.
    load_live(
        || 0,
        || Ok(LoadReplyAddress {}),
        move || Ok(query.with(|query| query.get("from")).unwrap_or_default()),
        |email: Option<String>, from: String| {
            let sent = answer::<MessageSend>();
            let page = move || match sent() {
                Some(reply_to) => told(reply_to, &from),
                None => write(email.clone().unwrap_or_default(), from.clone()),
            };
            let page = view! {
                <PageHead title="Talk to us" text="This goes to whoever runs this installation of Cairn." />
                {page}
            };
            Ok(page.into_any())
        },
    )
}

fn write(email: String, from: String) -> AnyView {
    let choices = MessageKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), said(*kind))).collect();
    view! {
        <Form action=MessageSend::PATH>
            <HiddenField name="from" value=from />
            <SelectField field=Field::Kind label="What is it about?" value=MessageKind::Question.as_str() choices hint="An account is closed by hand: a message closes nothing by itself." />
            <TextArea field=Field::Message label="Message" prose=true />
            <TextField field=Field::Email label="Your e-mail address" hint="The answer goes there." kind="email" autocomplete="email" value=email />
            <Submit label="Send message" />
        </Form>
    }
    .into_any()
}

fn told(reply_to: String, from: &str) -> AnyView {
    // The address names a page, and anybody can make one up.
    let back = links::local(from).unwrap_or(links::HOME).to_owned();
    view! {
        <Outcome id="sent" title="Your message is sent">
            <p>"The answer comes by mail to " <strong>{reply_to}</strong> "."</p>
            <p><a href=back>"Back to where you were"</a></p>
        </Outcome>
    }
    .into_any()
}

/// How a kind of message is called.
const fn said(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Question => "A question",
        MessageKind::Bug => "Something that does not work",
        MessageKind::Suggestion => "A suggestion",
        MessageKind::CloseAccount => "Close my account",
    }
}
