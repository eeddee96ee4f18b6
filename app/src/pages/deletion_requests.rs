//! Account > Settings > Deletion requests.

mod ask;
mod changes;
mod confirm;
mod data;
mod list;
mod progress;

pub use ask::NewDeletionRequestPage;
pub use changes::{DeletionRequest, Draft};
pub use data::{DeletionRequestRow, DeletionRequests, Found, FoundIn, LoadDeletionRequest, LoadDeletionRequests, LoadNewDeletionRequest};
pub use progress::DeletionRequestPage;

use leptos_router::hooks::use_query_map;
use list::List;

use crate::prelude::*;

#[component]
pub fn DeletionRequestsPage() -> AnyView {
    let (account, query) = (account(), use_query_map());
    let key = move || Ok((account()?, query.with(|query| query.get_str("before").and_then(|id| id.parse().ok()))));
    load(
        move || key().map(|(account, before)| LoadDeletionRequests { account, before }),
        |data: DeletionRequests| {
            let (account, may_request) = (data.account, data.may_request);
            let older = data.older.map(|id| [&links::deletion_requests(account), "?before=", &id.to_string()].concat());
            view! {
                <PageHead title="Deletion requests" text="Erase users for good: their events, properties and names, in every environment of the account.">
                    {may_request.then(|| view! { <a class="button primary" href=links::new_deletion_request(account)>"Request deletion"</a> })}
                </PageHead>
                {(!may_request).then(|| view! { <ReadOnlyNote what="request deletion" /> })}
                <List account rows=data.requests />
                {older.map(|href| view! { <p><a class="button quiet" href=href>"Older requests"</a></p> })}
            }
        },
    )
}
