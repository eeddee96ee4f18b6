//! Asking a receipt whether somebody was among the erased.

#[cfg(feature = "ssr")]
use domain::{
    deletion::{TargetKind, Whom, WhomText},
    invalid::{Invalid, Problem},
    receipt::Receipt,
};
#[cfg(feature = "ssr")]
use store::receipts::SignedReceipt;

use crate::prelude::*;
#[cfg(feature = "ssr")]
use crate::{
    components::{Outcome, page_header},
    load::{Html, Written},
};

/// What a receipt answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Checked {
    pub title: String,
    pub text: String,
}

#[server(prefix = "/api/console", endpoint = "receipt_check")]
pub async fn receipt_check(
    account: AccountId,
    #[server(default)] file: String,
    #[server(default)] kind: String,
    #[server(default)] targets: String,
) -> Result<Checked, Error> {
    ssr::grant::<ssr::View>(account).await?;
    let text = WhomText { kind: &kind, targets: &targets, ..WhomText::default() };
    let who = match text.parse().map_err(Invalid::in_one_line)? {
        Whom::Named(named) => named.into_iter().next(),
        Whom::Having(_) | Whom::Uploaded(_) | Whom::Everything(_) => None,
    };
    let who = who.ok_or_else(|| Error::mistake(Field::Kind, Problem::NotAChoice))?;
    // One of this installation, whatever key the file names.
    let key = ssr::state()?.console.receipt_key();
    let checked = SignedReceipt::check(&file, Some(&key)).and_then(|(copy, receipt)| {
        let names_nobody = receipt.everything_in.is_some() || receipt.swept.is_some();
        let covers = !names_nobody && copy.covers(&who)?;
        Ok((covers, receipt))
    });
    let name = targets.trim().to_owned();
    Ok(match checked {
        Err(error) => Checked { title: "This receipt cannot answer".to_owned(), text: sentence(&error.to_string()) },
        Ok((_, Receipt { everything_in: Some(environment), cut_at, .. })) => Checked {
            title: "This receipt is about everybody".to_owned(),
            text: format!("Whatever was received in the environment {environment} up to {cut_at} went, whosever it was. Nobody was named."),
        },
        Ok((_, Receipt { swept: Some(swept), .. })) => Checked {
            title: "This receipt names nobody".to_owned(),
            text: format!("It is about what the environment {} was not to hold, whosever it was.", swept.environment),
        },
        Ok((true, receipt)) => Checked {
            title: [&name, " was erased"].concat(),
            text: format!("What was received up to {} went with the request of {}.", receipt.cut_at, receipt.requested.at),
        },
        Ok((false, receipt)) => Checked {
            title: [&name, " is not named in this receipt"].concat(),
            text: format!(
                "The request of {} named others. Whoever went along with them, such as the device of a person, is not named in it. Identities are compared letter by letter.",
                receipt.requested.at
            ),
        },
    })
}

#[cfg(feature = "ssr")]
fn sentence(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    [&first.to_uppercase(), rest, "."].concat()
}

#[cfg(feature = "ssr")]
const TITLE: &str = "Ask a receipt";
#[cfg(feature = "ssr")]
const TEXT: &str = "Whether somebody was among those whom a request erased. The receipt knows, and Cairn does not: choose the file that was downloaded then.";

#[cfg(feature = "ssr")]
pub(crate) async fn check(account: AccountId) -> Result<Written, Error> {
    ssr::grant::<ssr::View>(account).await?;
    let html = Html::of(|| {
        let answered = answer::<ReceiptCheck>()();
        let kinds = vec![Choice::new(TargetKind::Identity.as_str(), "Identity"), Choice::new(TargetKind::UserId.as_str(), "User ID")];
        view! {
            {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
            {answered.map(|told| view! { <Outcome id="answer" title=told.title><p>{told.text}</p></Outcome> })}
            <FileForm action=ReceiptCheck::PATH>
                <HiddenField name="account" value=account.to_string() />
                <FileField label="Receipt" hint="The file that was downloaded with the browser that made the request." accept=".json,application/json" />
                <Choices field=Field::Kind label="Who" value=TargetKind::Identity.as_str() choices=kinds />
                <TextField field=Field::Targets label="Identity or user ID" />
                <div class="row">
                    <Submit label="Ask" />
                    <a class="button quiet" href=links::deletion_requests(account)>"Cancel"</a>
                </div>
            </FileForm>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}
