//! Account > Settings > Audit log: who changed what, and when.

mod privacy;
mod sentence;

use domain::listing::{AuditSort, Listing, Search};
use store::console::audit;

use crate::{
    components::page_header,
    load::{Address, Html, Written},
    prelude::*,
};

const TITLE: &str = "Audit log";
const TEXT: &str = "Every change of this account: who made it, what it was, and when. Nothing can be edited or removed.";

pub(super) async fn written(account: AccountId, address: &Address) -> Result<Written, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let listing = Listing::<AuditSort>::parse(&address.query("q"), &address.query("sort"), &address.query("page"));
    let found = ssr::state()?.console.audit_page(&granted, &listing, shows).await?;
    let list = ssr::list_state(&listing, &found, "page");
    let html = Html::of(|| {
        view! {
            {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
            {list.search("Search the log")}
            {table(&list, found.rows)}
            {list.pages("Pages of the log")}
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

/// A search finds what the page says, not how it is stored.
fn shows(entry: &audit::Entry, search: &Search) -> bool {
    search.is_in(&sentence::what(&entry.deed)) || search.is_in(&sentence::who(entry.actor, entry.actor_name.clone()))
}

fn table(list: &ListState, entries: Vec<audit::Entry>) -> AnyView {
    if entries.is_empty() {
        return list.no_match("No change says this, and nobody of this name made one.");
    }
    view! {
        <table class="table">
            <caption class="unseen">"Changes"</caption>
            <thead>
                <tr>
                    <th scope="col">"What"</th>
                    <th scope="col">"Who"</th>
                    {list.head("at", "When", "")}
                </tr>
            </thead>
            <tbody>{entries.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(entry: audit::Entry) -> AnyView {
    view! {
        <tr>
            <th scope="row">{sentence::what(&entry.deed)}</th>
            <td data-label="Who">{sentence::who(entry.actor, entry.actor_name)}</td>
            <td data-label="When"><When at=ssr::moment(entry.at) /></td>
        </tr>
    }
    .into_any()
}
