//! Every request of the account, newest first.

use super::DeletionRequestRow;
use crate::{pages::deletion_requests::progress::badge, prelude::*, words};

#[component]
pub(super) fn List(account: AccountId, rows: Vec<DeletionRequestRow>) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title="No deletion requests" text="When somebody asks to be forgotten, request it here by identity or user ID. A script can do the same with an API key." /> }.into_any();
    }
    view! {
        <table class="table">
            <caption class="unseen">"Deletion requests"</caption>
            <thead>
                <tr>
                    <th scope="col">"Requested"</th>
                    <th scope="col">"Requested by"</th>
                    <th scope="col">"State"</th>
                    <th scope="col" class="number">"Users found"</th>
                    <th scope="col" class="number">"Users erased"</th>
                    <th scope="col" class="number">"Events erased"</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| entry(account, row)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn entry(account: AccountId, row: DeletionRequestRow) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=links::deletion_request(account, row.id)><When at=row.requested /></a></th>
            <td data-label="Requested by">{row.requested_by}</td>
            <td data-label="State">{badge(row.state)}</td>
            <td class="number" data-label="Users found">{words::number(row.found)}</td>
            <td class="number" data-label="Users erased">{words::number(row.erased.users)}</td>
            <td class="number" data-label="Events erased">{words::number(row.erased.events)}</td>
        </tr>
    }
    .into_any()
}
