//! One export: how far it is, its archive, and the end of it.

use domain::{export::ExportState, id::ExportId, time::Millis};
use store::console::exports::Export;

use super::{
    ExportDelete,
    words::{badge, sentence, size},
};
use crate::{
    components::page_header,
    load::{Html, Written},
    prelude::*,
    words,
};

const TITLE: &str = "Export";

pub(crate) async fn one(account: AccountId, export: ExportId) -> Result<Written, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let export = ssr::state()?.console.export(&granted, export).await?;
    let may_export = ssr::may::<ssr::DeleteUsers>(&granted);
    let progresses = export.state == ExportState::Running;
    let page = || shown(account, may_export, export);
    let html = if progresses { Html::of_progress(page) } else { Html::of(page) };
    Ok(Written { title: TITLE.to_owned(), html })
}

fn shown(account: AccountId, may_export: bool, export: Export) -> AnyView {
    let state = export.state;
    let download = (may_export && state == ExportState::Ready).then(|| {
        // The server names the file.
        view! { <a class="button primary" href=links::export_file(account, export.id) download="">"Download archive"</a> }.into_any()
    });
    let note = (!may_export && state.is_alive()).then(|| view! { <ReadOnlyNote what="download the archive and delete it" /> });
    let delete = (may_export && state.is_alive()).then(|| {
        let fields = vec![("account", account.to_string()), ("export", export.id.to_string())];
        view! { <ButtonForm action=ExportDelete::PATH key="delete" fields label="Delete archive" about="" kind="danger" /> }
    });
    view! {
        {page_header(TITLE.to_owned(), sentence(state).to_owned(), download)}
        <div class="export">
            {note}
            <p><span role="status">{badge(state)}</span></p>
            {facts(export)}
            <p class="hint">"Whom it is about stands in the archive alone: in index.html for people, data.json for programs, and events.csv for spreadsheets."</p>
            <div class="row">
                {delete}
                <a class="button quiet" href=links::exports(account)>"All exports"</a>
            </div>
        </div>
    }
    .into_any()
}

fn facts(export: Export) -> AnyView {
    let when = |at: Millis| view! { <When at=ssr::moment(at) /> };
    let said = |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    let (users, events) = (words::count(export.users_found, "user", "users"), words::number(export.events));
    let found = format!("{users} in {}", words::count(export.environments, "environment", "environments"));
    let is_there = export.state.is_alive();
    view! {
        <dl class="facts">
            <div><dt>"Asked for"</dt><dd>{when(export.created_at)} " by " {export.requested_by_name}</dd></div>
            {export.expires_at.filter(|_| is_there).map(|at| view! { <div><dt>"Can be downloaded until"</dt><dd>{when(at)}</dd></div> })}
            {export.failure.map(|why| said("Why it failed", why))}
            {said("Found", found)}
            {said("Events in it", events)}
            {is_there.then(|| said("Size", size(export.bytes)))}
        </dl>
    }
    .into_any()
}
