//! Account > Settings > Audit log: who changed what, and when.

#[cfg(feature = "ssr")]
mod sentence;

use crate::prelude::*;
#[cfg(feature = "ssr")]
use domain::listing::{AuditSort, Listing, Search};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditLog {
    pub account: AccountId,
    pub list: ListState,
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub number: i64,
    pub at: Moment,
    pub who: String,
    pub what: String,
}

/// The sentences are made on the server: they are many, and the browser has nothing to add.
#[server(prefix = "/api/console", endpoint = "load_audit_log", input = Json, output = Postcard)]
pub async fn load_audit_log(
    account: AccountId,
    #[server(default)] q: String,
    #[server(default)] sort: String,
    #[server(default)] page: String,
) -> Result<AuditLog, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let listing = Listing::<AuditSort>::parse(&q, &sort, &page);
    let found = ssr::state()?.console.audit_page(&granted, &listing, shows).await?;
    let list = ssr::list_state(&listing, &found, "page");
    Ok(AuditLog { account, list, entries: found.rows.into_iter().map(Entry::from).collect() })
}

/// A search finds what the page says, not how it is stored.
#[cfg(feature = "ssr")]
fn shows(entry: &store::console::audit::Entry, search: &Search) -> bool {
    search.is_in(&sentence::what(&entry.deed)) || search.is_in(&sentence::who(entry.actor, entry.actor_name.clone()))
}

#[cfg(feature = "ssr")]
impl From<store::console::audit::Entry> for Entry {
    fn from(entry: store::console::audit::Entry) -> Self {
        Self {
            number: entry.number,
            at: ssr::moment(entry.at),
            who: sentence::who(entry.actor, entry.actor_name),
            what: sentence::what(&entry.deed),
        }
    }
}

#[component]
pub fn AuditLogPage() -> AnyView {
    let account = account();
    let (q, sort, page) = (query("q"), query("sort"), query("page"));
    load(
        move || Ok(LoadAuditLog { account: account()?, q: q(), sort: sort(), page: page() }),
        |AuditLog { list, entries, .. }: AuditLog| {
            view! {
                <PageHead title="Audit log" text="Every change of this account: who made it, what it was, and when. Nothing can be edited or removed." />
                {list.search("Search the log")}
                {table(&list, entries)}
                {list.pages("Pages of the log")}
            }
        },
    )
}

fn table(list: &ListState, entries: Vec<Entry>) -> AnyView {
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

fn row(entry: Entry) -> AnyView {
    view! {
        <tr>
            <th scope="row">{entry.what}</th>
            <td data-label="Who">{entry.who}</td>
            <td data-label="When"><When at=entry.at /></td>
        </tr>
    }
    .into_any()
}
