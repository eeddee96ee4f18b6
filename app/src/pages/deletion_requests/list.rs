//! The requests of the account.

use super::DeletionRequestRow;
use crate::{pages::deletion_requests::progress::badge, prelude::*, words};

pub(super) fn list(account: AccountId, list: &ListState, rows: Vec<DeletionRequestRow>) -> AnyView {
    let search = list.search("Search deletion requests");
    if rows.is_empty() && list.is_searched() {
        return (search, list.no_match("No request has this state or id, or was made by somebody of this name.")).into_any();
    }
    if rows.is_empty() {
        return view! { <EmptyState title="No deletion requests" text="When somebody asks to be forgotten, request it here by identity, user ID, property or file, or of everything in an environment. A script can do the same with an API key." /> }.into_any();
    }
    view! {
        {search}
        <table class="table">
            <caption class="unseen">"Deletion requests"</caption>
            <thead>
                <tr>
                    {list.head("requested", "Requested", "")}
                    {list.head("by", "Requested by", "")}
                    {list.head("state", "State", "")}
                    {list.head("found", "Users found", "number")}
                    {list.head("users", "Users erased", "number")}
                    {list.head("events", "Events erased", "number")}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| entry(account, row)).collect_view()}</tbody>
        </table>
        {list.pages("Pages of deletion requests")}
    }
    .into_any()
}

fn entry(account: AccountId, row: DeletionRequestRow) -> AnyView {
    let [found, users, events] = row.counts;
    view! {
        <tr>
            <th scope="row"><a href=links::deletion_request(account, row.id)><When at=row.requested /></a></th>
            <td data-label="Requested by">{row.requested_by}</td>
            <td data-label="State">{badge(row.state, row.awaits_approval)}</td>
            <td class="number" data-label="Users found">{words::number(found)}</td>
            <td class="number" data-label="Users erased">{words::number(users)}</td>
            <td class="number" data-label="Events erased">{words::number(events)}</td>
        </tr>
    }
    .into_any()
}
