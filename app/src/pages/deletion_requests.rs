//! Account > Settings > Deletion requests.

mod ask;
mod changes;
mod confirm;
mod data;
#[cfg(feature = "ssr")]
mod found;
mod list;
mod progress;

pub use ask::NewDeletionRequestPage;
pub use changes::{Asked, DeletionRequest, Draft, Unconfirmed};
pub use data::{
    DeletionRequestRow, DeletionRequests, Found, FoundIn, FoundUser, LoadDeletionRequest, LoadDeletionRequests, LoadNewDeletionRequest,
    Quoting,
};
pub use progress::DeletionRequestPage;

use list::list;

use crate::prelude::*;

#[component]
pub fn DeletionRequestsPage() -> AnyView {
    let account = account();
    let (q, sort, page) = (query("q"), query("sort"), query("page"));
    load(
        move || Ok(LoadDeletionRequests { account: account()?, q: q(), sort: sort(), page: page() }),
        |data: DeletionRequests| {
            let (account, may_request) = (data.account, data.may_request);
            view! {
                <PageHead title="Deletion requests" text="Erase users for good: their events, properties and names, in every environment of the account.">
                    {may_request.then(|| view! { <a class="button primary" href=links::new_deletion_request(account)>"Request deletion"</a> })}
                </PageHead>
                {(!may_request).then(|| view! { <ReadOnlyNote what="request deletion" /> })}
                {list(account, &data.list, data.requests)}
                <p class="to-help"><a href=links::DELETE_DATA>"What do you want to delete?"</a> " tells of everything else that can go."</p>
            }
        },
    )
}
