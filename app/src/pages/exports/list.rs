//! The newest exports, and the form for another one.

use domain::{deletion::TargetKind, export::MOST_AT_ONCE};
use store::console::exports::{EXPORTS_SHOWN, Export};

use super::{ExportAsk, words::badge};
use crate::{
    components::page_header,
    load::{Html, Written},
    prelude::*,
    words,
};

const TITLE: &str = "Exports";
const TEXT: &str = "When somebody asks what you know of them: one archive with everything that a deletion of the same name would erase, to be read by people and by programs.";

pub(crate) async fn list(account: AccountId) -> Result<Written, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let exports = ssr::state()?.console.exports(&granted).await?;
    let may_export = ssr::may::<ssr::DeleteUsers>(&granted);
    let html = Html::of(|| {
        view! {
            {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
            {(!may_export).then(|| view! { <ReadOnlyNote what="export a user's data" /> })}
            {may_export.then(|| form(account))}
            <Section id="exports" title="Exports of this account">{table(account, exports)}</Section>
            <p class="to-help"><a href=links::deletion_requests(account)>"Deletion requests"</a></p>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

fn form(account: AccountId) -> AnyView {
    let kinds = vec![
        Choice::new(TargetKind::Identity.as_str(), "Identity")
            .hint("What your site gave to identify, such as an e-mail address. Compared letter by letter."),
        Choice::new(TargetKind::UserId.as_str(), "User ID").hint("The number of an anonymous user, with whoever was identified from it."),
    ];
    let text = format!(
        "From every environment, and through every device. The archive can be downloaded for 24 hours and is erased then; there are {MOST_AT_ONCE} at most at a time. Make sure that who asks is who they say."
    );
    view! {
        <Section id="ask" title="Export a user's data" text>
            <Form action=ExportAsk::PATH>
                <HiddenField name="account" value=account.to_string() />
                <Choices field=Field::Kind label="The user is found by" value=TargetKind::Identity.as_str() choices=kinds />
                <TextField field=Field::Targets label="Identity or user ID" hint="Cairn keeps it nowhere but in the archive." />
                <Submit label="Make archive" />
            </Form>
        </Section>
    }
    .into_any()
}

fn table(account: AccountId, exports: Vec<Export>) -> AnyView {
    if exports.is_empty() {
        return view! { <EmptyState title="No exports" text="Who asked for one and when stands here, and until when its archive can be downloaded. Whom it is about does not." /> }
            .into_any();
    }
    let more = (exports.len() >= EXPORTS_SHOWN as usize)
        .then(|| view! { <p class="hint">"These are the newest "{EXPORTS_SHOWN}". The audit log has older ones."</p> });
    view! {
        <table class="table">
            <caption class="unseen">"Exports, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Asked for"</th>
                    <th scope="col">"By"</th>
                    <th scope="col">"State"</th>
                    <th scope="col" class="number">"Users"</th>
                    <th scope="col" class="number">"Size"</th>
                    <th scope="col">"Until"</th>
                </tr>
            </thead>
            <tbody>{exports.into_iter().map(|export| row(account, export)).collect_view()}</tbody>
        </table>
        {more}
    }
    .into_any()
}

fn row(account: AccountId, export: Export) -> AnyView {
    let is_there = export.state.is_alive();
    let until = export.expires_at.filter(|_| is_there).map(|at| view! { <When at=ssr::moment(at) /> });
    let until_label = until.is_some().then_some("Until");
    let size = is_there.then(|| super::words::size(export.bytes));
    view! {
        <tr>
            <th scope="row"><a href=links::export(account, export.id)><When at=ssr::moment(export.created_at) /></a></th>
            <td data-label="By">{export.requested_by_name}</td>
            <td data-label="State">{badge(export.state)}</td>
            <td class="number" data-label="Users">{words::number(export.users_found)}</td>
            <td class="number" data-label=is_there.then_some("Size")>{size}</td>
            <td data-label=until_label>{until}</td>
        </tr>
    }
    .into_any()
}
