//! One request: how far it is, and what went.

use domain::{deletion::RequestState, id::RequestId};

use super::{DeletionApprove, DeletionCancel, DeletionRequestShown, DeletionRetry, LoadDeletionRequest};
use crate::{
    load::{Changes, Follow},
    prelude::*,
};

/// The same without script.
const REFRESH: &str = r#"<meta http-equiv="refresh" content="5">"#;

#[component]
pub fn DeletionRequestPage() -> AnyView {
    let (account, request) = (account(), param::<RequestId>("request"));
    let (changes, live) = (expect_context::<Changes>(), Follow::nothing());
    load_live(
        move || changes.get().wrapping_add(live.looks()),
        move || Ok(LoadDeletionRequest { account: account()?, request: request()? }),
        account,
        move |row: DeletionRequestShown, account| {
            // Nothing happens for hours before it begins.
            let follows = unfinished(row.state) && row.begins.is_none() && !row.awaits_approval;
            live.to(follows.then(|| links::deletion_request_progress(account, row.id)));
            let (receipt, asked_for, facts) = (row.receipt.clone(), row.asked_for.clone(), row.facts.clone());
            let page = view! {
                <PageHead title="Deletion request" text=sentence(&row)>
                    {receipt.map(|receipt| view! { <a class="button primary" href=receipt>"Receipt"</a> })}
                    <a class="button quiet" href=links::deletion_requests(account)>"All requests"</a>
                </PageHead>
                {follows.then(|| view! { <noscript inner_html=REFRESH></noscript> })}
                {turning(account, &row)}
                {asked_for.map(|html| html.view("written"))}
                <p><span role="status">{badge(row.state, row.awaits_approval)}</span></p>
                {facts.view("written")}
                <p class="hint">"Whom a request is about is kept only until it is complete. What was received after its cut is new data, and stays."</p>
            };
            Ok(page.into_any())
        },
    )
}

const fn unfinished(state: RequestState) -> bool {
    !state.is_over()
}

const fn sentence(row: &DeletionRequestShown) -> &'static str {
    match row.state {
        RequestState::Pending if row.awaits_approval => {
            "Waiting for another teammate with full access to approve it. Nothing is erased before."
        }
        RequestState::Pending if row.begins.is_some() => "Waiting for the end of its grace period. Nothing is erased before.",
        RequestState::Pending => "Waiting for its turn. This page keeps itself up to date.",
        RequestState::Running => "Erasing. This page keeps itself up to date.",
        RequestState::Cancelled => "Cancelled before it began. Nothing was erased, and whom it was about is forgotten.",
        RequestState::Failed => "It could not be carried out, and does not go on by itself. What went is gone.",
        RequestState::Complete => "Done. A final count found nothing left that had to go.",
    }
}

/// What can be done about it.
fn turning(account: AccountId, row: &DeletionRequestShown) -> AnyView {
    let fields = vec![("account", account.to_string()), ("request", row.id.to_string())];
    if row.awaits_approval && row.may_request {
        let approve = row.may_approve.then(|| {
            view! { <ButtonForm action=DeletionApprove::PATH key="approve" fields=fields.clone() label="Approve request" about="" kind="primary" /> }
        });
        return view! {
            <div class="note">
                <p>"Who asked cannot approve it as well. Until somebody does, it can be cancelled, and everything is counted as before."</p>
                <div class="row">
                    {approve}
                    <ButtonForm action=DeletionCancel::PATH key="cancel" fields label="Cancel request" about="" />
                </div>
            </div>
        }
        .into_any();
    }
    match (row.state, &row.begins, row.may_request) {
        (RequestState::Pending, Some(begins), true) => view! {
            <div class="note">
                <p>"Erasing begins " <When at=begins.clone() /> ". Until then the request can be cancelled, and everything is counted as before."</p>
                <ButtonForm action=DeletionCancel::PATH key="cancel" fields label="Cancel request" about="" />
            </div>
        }
        .into_any(),
        (RequestState::Failed, _, true) => {
            view! { <div class="row"><ButtonForm action=DeletionRetry::PATH key="retry" fields label="Try again" about="" kind="primary" /></div> }
                .into_any()
        }
        _ => ().into_any(),
    }
}

/// The state in a word.
pub(super) fn badge(state: RequestState, awaits_approval: bool) -> AnyView {
    let (class, word) = match state {
        RequestState::Pending if awaits_approval => ("badge warning", "To approve"),
        RequestState::Pending => ("badge", "Pending"),
        RequestState::Running => ("badge warning", "Running"),
        RequestState::Complete => ("badge done", "Complete"),
        RequestState::Cancelled => ("badge", "Cancelled"),
        RequestState::Failed => ("badge danger", "Failed"),
    };
    view! { <span class=class>{word}</span> }.into_any()
}
