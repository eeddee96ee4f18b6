//! Account > Settings > Mail: whether mail works, and what became of the account's letters.

use domain::mail::Delivery;
#[cfg(feature = "ssr")]
use domain::mail::LetterKind;

use crate::{
    load::{Changes, look_again},
    prelude::*,
};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mail {
    pub account: AccountId,
    pub may_manage: bool,
    /// The address that letters come from, where any are sent.
    pub from: Option<String>,
    pub letters: Vec<LetterRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LetterRow {
    pub about: String,
    pub recipient: String,
    pub state: Delivery,
    pub answer: Option<String>,
    /// When it got into this state; for a queued one, when it is tried next.
    pub at: Moment,
}

#[server(prefix = "/api/console", endpoint = "load_mail", input = Json, output = Postcard)]
pub async fn load_mail(account: AccountId) -> Result<Mail, Error> {
    let (state, granted) = (ssr::state()?, ssr::grant::<ssr::View>(account).await?);
    let letters = match ssr::grant::<ssr::ManageAccount>(account).await {
        Ok(managing) => state.console.letters(&managing).await?,
        Err(_) => Vec::new(),
    };
    let may_manage = ssr::may::<ssr::ManageAccount>(&granted);
    Ok(Mail { account, may_manage, from: state.settings.mail_from.clone(), letters: letters.into_iter().map(LetterRow::from).collect() })
}

#[server(prefix = "/api/console", endpoint = "mail_test")]
pub async fn mail_test(account: AccountId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageAccount>(account).await?;
    ssr::state()?.console.send_test_letter(&granted).await?;
    ssr::done(&links::mail(account), Notice::TestMailQueued);
    Ok(())
}

#[cfg(feature = "ssr")]
impl From<store::console::outbox::LetterRow> for LetterRow {
    fn from(row: store::console::outbox::LetterRow) -> Self {
        let about = match row.kind {
            LetterKind::Invite => "Invite",
            LetterKind::Reset => "New password",
            LetterKind::Test => "Test mail",
            LetterKind::Approval => "Request to approve",
            LetterKind::Message => "Message to the operator",
        };
        let at = ssr::moment(row.settled_at.unwrap_or(row.due_at));
        Self { about: about.to_owned(), recipient: row.recipient, state: row.state, answer: row.answer, at }
    }
}

/// The same without script.
const REFRESH: &str = r#"<meta http-equiv="refresh" content="3">"#;

#[component]
pub fn MailPage() -> AnyView {
    let (account, changes, looks) = (account(), expect_context::<Changes>(), RwSignal::new(0_u32));
    load_live(
        move || changes.get().wrapping_add(looks.get()),
        move || Ok(LoadMail { account: account()? }),
        || Ok(()),
        move |mail: Mail, ()| {
            // A test is watched until it is known what became of it; what waits for hours is not.
            let watched = mail.letters.first().is_some_and(|letter| letter.state == Delivery::Queued && letter.answer.is_none());
            if watched {
                look_again(looks);
            }
            let page = view! {
                <PageHead title="Mail" text="Invites and links for forgotten passwords go out by mail. What the mail server said stands here." />
                {watched.then(|| view! { <noscript inner_html=REFRESH></noscript> })}
                {(!mail.may_manage).then(|| view! { <ReadOnlyNote what="send a test mail" /> })}
                {sender(mail.account, mail.may_manage, mail.from)}
                {(!mail.letters.is_empty()).then(|| sent(mail.letters))}
            };
            Ok(page.into_any())
        },
    )
}

fn sender(account: AccountId, may_manage: bool, from: Option<String>) -> AnyView {
    let Some(from) = from else {
        return view! {
            <EmptyState title="No mail is sent" text="Invites are links to copy, and new passwords are set on the command line. To have them mailed, the operator sets CAIRN_SMTP_URL and CAIRN_MAIL_FROM and starts Cairn again." />
        }
        .into_any();
    };
    view! {
        <Section id="sender" title="The mail server" text=["Letters come from ", &from, "."].concat()>
            {may_manage.then(|| view! {
                <Form action=MailTest::PATH class="inline">
                    <HiddenField name="account" value=account.to_string() />
                    <Submit label="Send a test mail to me" />
                </Form>
            })}
        </Section>
    }
    .into_any()
}

pub(super) fn sent(letters: Vec<LetterRow>) -> AnyView {
    view! {
        <Section id="letters" title="The last letters" text="Kept for 30 days after they were sent. Accepted means that the mail server took it, not that it was read.">
            <table class="table">
                <caption class="unseen">"Letters, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"To"</th>
                        <th scope="col">"About"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"When"</th>
                    </tr>
                </thead>
                <tbody>{letters.into_iter().map(row).collect_view()}</tbody>
            </table>
        </Section>
    }
    .into_any()
}

fn row(letter: LetterRow) -> AnyView {
    view! {
        <tr>
            <th scope="row">{letter.recipient}</th>
            <td data-label="About">{letter.about}</td>
            <td data-label="State">{delivery(letter.state)} " " <span class="secondary-text">{letter.answer}</span></td>
            <td data-label="When">{(letter.state == Delivery::Queued).then_some("Next try ")} <When at=letter.at /></td>
        </tr>
    }
    .into_any()
}

/// What became of a letter, in a word.
pub(super) fn delivery(state: Delivery) -> AnyView {
    let (class, word) = match state {
        Delivery::Queued => ("badge", "Queued"),
        Delivery::Accepted => ("badge done", "Accepted"),
        Delivery::Refused => ("badge danger", "Refused"),
    };
    view! { <span class=class>{word}</span> }.into_any()
}
