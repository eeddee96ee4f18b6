//! Account > Settings > Deletion requests.

mod approval;
mod ask;
mod changes;
mod confirm;
mod data;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod found;
pub(super) mod grace;
mod list;
mod progress;
#[cfg(feature = "ssr")]
mod receipt;
mod receipt_check;
#[cfg(feature = "ssr")]
mod speed;
#[cfg(feature = "ssr")]
mod tables;
mod turning;

#[cfg(feature = "ssr")]
pub use approval::approval as approval_words;
pub(super) use approval::section as approval_section;
pub use approval::{ApprovalSet, DeletionApprove};
pub use ask::NewDeletionRequestPage;
pub use changes::{Asked, DeletionRequest, DeletionUpload, Draft, Unconfirmed};
pub use data::{
    DeletionRequestRow, DeletionRequestShown, DeletionRequests, Found, LoadDeletionRequest, LoadDeletionRequests, LoadNewDeletionRequest,
    NewDeletionRequest,
};
#[cfg(feature = "ssr")]
pub(crate) use found::begins;
pub use grace::GraceSet;
#[cfg(feature = "ssr")]
pub use grace::grace as grace_words;
pub use progress::DeletionRequestPage;
#[cfg(feature = "ssr")]
pub(super) use receipt::receipt;
#[cfg(feature = "ssr")]
pub(super) use receipt_check::check;
pub use receipt_check::{Checked, ReceiptCheck};
pub use turning::{DeletionCancel, DeletionRetry};

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
                {(!data.to_approve.is_empty()).then(|| view! { <p class="note">{data.to_approve}</p> })}
                {list(account, &data.list, data.requests)}
                <p class="to-help">{data.pace}</p>
                <p class="to-help">
                    <a href=links::check_receipt(account)>"Was somebody erased? Ask a receipt"</a> ". "
                    <a href=links::suppressions(account)>"Suppressed users"</a> ". "
                    <a href=links::exports(account)>"Export a user's data"</a> ". "
                    <a href=links::DELETE_DATA>"What do you want to delete?"</a> " tells of everything else that can go."
                </p>
            }
        },
    )
}
