//! Account > Settings > Audit log: who changed what, and when.

#[cfg(feature = "ssr")]
mod sentence;

use leptos_router::hooks::use_query_map;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditLog {
    pub account: AccountId,
    pub entries: Vec<Entry>,
    /// The number to go on from, where there are older ones.
    pub older: Option<i64>,
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
pub async fn load_audit_log(account: AccountId, before: Option<i64>) -> Result<AuditLog, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let entries = ssr::state()?.console.audit_log(&granted, before).await?;
    let older = entries.last().map(|entry| entry.number).filter(|number| *number > 1);
    let entries = entries.into_iter().map(Entry::from).collect();
    Ok(AuditLog { account, entries, older })
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
    let (account, query) = (account(), use_query_map());
    load(
        move || {
            let before = query.with(|query| query.get_str("before").and_then(|number| number.parse().ok()));
            Ok(LoadAuditLog { account: account()?, before })
        },
        |log: AuditLog| {
            let older = log.older.map(|number| [&links::audit_log(log.account), "?before=", &number.to_string()].concat());
            view! {
                <PageHead title="Audit log" text="Every change of this account: who made it, what it was, and when. Nothing can be edited or removed." />
                <table class="table">
                    <caption class="unseen">"Changes, newest first"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"What"</th>
                            <th scope="col">"Who"</th>
                            <th scope="col">"When"</th>
                        </tr>
                    </thead>
                    <tbody>{log.entries.into_iter().map(row).collect_view()}</tbody>
                </table>
                {older.map(|href| view! { <p><a class="button quiet" href=href>"Older changes"</a></p> })}
            }
        },
    )
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
