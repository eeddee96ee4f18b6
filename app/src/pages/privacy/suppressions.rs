//! Who is kept out after an erasure: for how long, and letting them in again.

use domain::id::RequestId;
#[cfg(feature = "ssr")]
use domain::{
    deletion::{Suppression, TargetKind, Whom, WhomText},
    invalid::{Invalid, Problem},
};
#[cfg(feature = "ssr")]
use store::console::suppressions::{SUPPRESSIONS_SHOWN, Suppressing};

use crate::prelude::*;
#[cfg(feature = "ssr")]
use crate::{
    components::{Outcome, page_header},
    load::{Html, Written},
    words,
};

#[server(prefix = "/api/console", endpoint = "suppression_lift")]
pub async fn suppression_lift(account: AccountId, request: RequestId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    ssr::state()?.console.lift_suppression(&granted, request).await?;
    ssr::done(&links::suppressions(account), Notice::SuppressionLifted);
    Ok(())
}

/// Answers a title and a sentence.
#[server(prefix = "/api/console", endpoint = "suppression_check")]
pub async fn suppression_check(
    account: AccountId,
    #[server(default)] kind: String,
    #[server(default)] targets: String,
) -> Result<(String, String), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let text = WhomText { kind: &kind, targets: &targets, ..WhomText::default() };
    let Whom::Named(named) = text.parse().map_err(Invalid::in_one_line)? else {
        return Err(Error::mistake(Field::Kind, Problem::NotAChoice));
    };
    let who = named.first().ok_or_else(|| Error::mistake(Field::Targets, Problem::Empty))?;
    let name = targets.trim();
    Ok(match ssr::state()?.console.suppressing(&granted, who).await? {
        Some(request) => {
            ([name, " is suppressed"].concat(), format!("By the deletion request {request}. Nothing that is sent of them is stored."))
        }
        None => (
            [name, " is not suppressed"].concat(),
            "What is sent of them is collected. Identities are compared letter by letter.".to_owned(),
        ),
    })
}

#[cfg(feature = "ssr")]
const TITLE: &str = "Suppressed users";
#[cfg(feature = "ssr")]
const TEXT: &str = "Of whom nothing is collected again after they were erased, because the request asked for it. Cairn keeps keyed hashes of their names and not the names.";

#[cfg(feature = "ssr")]
pub(crate) async fn suppressions(account: AccountId) -> Result<Written, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let rows = ssr::state()?.console.suppressions(&granted).await?;
    let may_lift = ssr::may::<ssr::DeleteUsers>(&granted);
    let html = Html::of(|| {
        view! {
            {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
            {(!may_lift).then(|| view! { <ReadOnlyNote what="lift suppressions" /> })}
            {list(account, may_lift, rows)}
            {may_lift.then(|| check(account))}
            <p><a href=links::deletion_requests(account)>"Back to deletion requests"</a></p>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

#[cfg(feature = "ssr")]
fn list(account: AccountId, may_lift: bool, rows: Vec<Suppressing>) -> AnyView {
    if rows.is_empty() {
        let text = "When you confirm a deletion request, choose for how long nothing is to be collected of its users again. They then stand here, as numbers.";
        return view! { <EmptyState title="Nobody is suppressed" text /> }.into_any();
    }
    let all = rows.len() < SUPPRESSIONS_SHOWN as usize;
    let more =
        (!all).then(|| view! { <p class="hint">"These are the newest "{SUPPRESSIONS_SHOWN}". Look up a name below for older ones."</p> });
    let head = may_lift.then(|| view! { <th scope="col"><span class="unseen">"Actions"</span></th> });
    view! {
        <table class="table">
            <caption class="unseen">"Suppressed users by request"</caption>
            <thead>
                <tr>
                    <th scope="col">"Since"</th>
                    <th scope="col">"Requested by"</th>
                    <th scope="col" class="number">"Identities and user IDs"</th>
                    <th scope="col">"Until"</th>
                    {head}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| entry(account, may_lift, row)).collect_view()}</tbody>
        </table>
        {more}
    }
    .into_any()
}

#[cfg(feature = "ssr")]
fn entry(account: AccountId, may_lift: bool, row: Suppressing) -> AnyView {
    let until = if row.until == Suppression::EVER {
        "Until it is lifted".into_any()
    } else {
        view! { <When at=ssr::moment(row.until) /> }.into_any()
    };
    let lift = may_lift.then(|| {
        let about = [" the suppression of request ", &row.request.to_string()].concat();
        view! { <td class="actions"><a class="button quiet" href=links::lift_suppression(account, row.request)>"Lift"<span class="unseen">{about}</span></a></td> }
    });
    view! {
        <tr>
            <th scope="row"><a href=links::deletion_request(account, row.request)><When at=ssr::moment(row.since) /></a></th>
            <td data-label="Requested by">{row.by}</td>
            <td class="number" data-label="Names">{words::number(row.hashes.into())}</td>
            <td data-label="Until">{until}</td>
            {lift}
        </tr>
    }
    .into_any()
}

/// Names are kept as hashes alone, so nobody can be put back on the list.
#[cfg(feature = "ssr")]
pub(crate) async fn lifting(account: AccountId, request: RequestId) -> Result<Written, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::DeleteUsers>(account).await?;
    let row = ssr::state()?.console.suppression(&granted, request).await?;
    let title = "Lift this suppression?";
    let text = format!(
        "What arrives of {} is collected again. That cannot be undone: Cairn does not know their names, so only another deletion request can keep them out.",
        words::count(row.hashes.into(), "identity or user ID", "identities and user IDs")
    );
    let html = Html::of(|| {
        let fields = vec![("account", account.to_string()), ("request", request.to_string())];
        view! {
            {page_header(title.to_owned(), text, None)}
            <div class="row">
                <ButtonForm action=SuppressionLift::PATH key="lift" fields label="Lift suppression" about="" kind="danger" />
                <a class="button quiet" href=links::suppressions(account)>"Cancel"</a>
            </div>
        }
        .into_any()
    });
    Ok(Written { title: title.to_owned(), html })
}

#[cfg(feature = "ssr")]
fn check(account: AccountId) -> AnyView {
    let answered = answer::<SuppressionCheck>()();
    let kinds = vec![Choice::new(TargetKind::Identity.as_str(), "Identity"), Choice::new(TargetKind::UserId.as_str(), "User ID")];
    view! {
        {answered.map(|(title, text)| view! { <Outcome id="answer" title><p>{text}</p></Outcome> })}
        <Section id="check" title="Is somebody suppressed?" text="What is typed is looked up by its keyed hash, and kept nowhere.">
            <Form action=SuppressionCheck::PATH>
                <HiddenField name="account" value=account.to_string() />
                <Choices field=Field::Kind label="Who" value=TargetKind::Identity.as_str() choices=kinds />
                <TextField field=Field::Targets label="Identity or user ID" />
                <Submit label="Look up" kind="quiet" />
            </Form>
        </Section>
    }
    .into_any()
}
