//! What became of letters that belong to no account.

use super::list::{Here, tabs};
use crate::{
    components::page_header,
    load::{Html, Written},
    pages::mail::{LetterRow, sent},
    prelude::*,
};

const TITLE: &str = "Letters";
const TEXT: &str = "Links for new passwords, and messages to the operator's address. Those of an account stand under its Mail.";

pub(crate) async fn letters() -> Result<Written, Error> {
    let operator = ssr::operator().await?;
    let state = ssr::state()?;
    let letters: Vec<LetterRow> = state.console.letters_of_no_account(&operator).await?.into_iter().map(LetterRow::from).collect();
    let sends = state.settings.mail_from.is_some();
    let html = Html::of(|| {
        view! {
            <div class="inbox">
                {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
                {tabs(Here::Letters)}
                {if letters.is_empty() { nothing(sends) } else { sent(letters) }}
                <p class="aside"><a href=links::HOME>"To the console"</a></p>
            </div>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

fn nothing(sends: bool) -> AnyView {
    let text = if sends {
        "Each is here as soon as it is written, with what the mail server said. They are kept for 30 days after they were sent."
    } else {
        "This installation sends no mail: set CAIRN_SMTP_URL and CAIRN_MAIL_FROM and start Cairn again."
    };
    view! { <EmptyState title="No letters" text /> }.into_any()
}
