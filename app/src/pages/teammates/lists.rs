//! The two lists: who is in, and who is invited.

use domain::id::{InviteId, PersonId};

use super::{super::mail::delivery, AccessSet, InviteResend, InviteRevoke, Pending, TeammateRow, said};
use crate::prelude::*;

#[component]
pub(super) fn Members(account: AccountId, may_manage: bool, list: ListState, rows: Vec<TeammateRow>) -> AnyView {
    let table = if rows.is_empty() {
        list.no_match("No teammate has this in their name or e-mail address.")
    } else {
        members(account, may_manage, &list, rows)
    };
    view! {
        <Section id="members" title="Who is in">
            {list.search("Search teammates and invites")}
            {table}
            {list.pages("Pages of teammates")}
        </Section>
    }
    .into_any()
}

fn members(account: AccountId, may_manage: bool, list: &ListState, rows: Vec<TeammateRow>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">"Teammates"</caption>
            <thead>
                <tr>
                    {list.head("name", "Name", "")}
                    {list.head("access", "Access", "")}
                    <th scope="col">"State"</th>
                    {list.head("seen", "Last seen", "")}
                    {may_manage.then(|| view! { <th scope="col"><span class="unseen">"Actions"</span></th> })}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| member(account, may_manage, row)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn member(account: AccountId, may_manage: bool, row: TeammateRow) -> AnyView {
    let actions = may_manage.then(|| {
        view! {
            <td class="actions">
                <a class="button quiet" href=links::remove_teammate(account, row.person)>
                    "Remove"<span class="unseen">" " {row.name.clone()}</span>
                </a>
            </td>
        }
    });
    let access = may_manage.then(|| toggle(account, row.person, row.name.clone(), row.access));
    view! {
        <tr>
            <th scope="row">
                <span class="primary-text">{row.name.clone()}</span>
                <span class="secondary-text">{row.email}</span>
            </th>
            <td data-label="Access"><span class="primary-text">{said(row.access)}</span> {access}</td>
            <td data-label="State"><span class="badge done">"Active"</span></td>
            <td data-label="Last seen">{match row.seen { Some(at) => view! { <When at /> }.into_any(), None => "Never".into_any() }}</td>
            {actions}
        </tr>
    }
    .into_any()
}

/// A form with one button: the switch works without script, and a refusal stands beside it.
fn toggle(account: AccountId, person: PersonId, name: String, access: Access) -> AnyView {
    let (other, restricted) = match access {
        Access::Full => (Access::ReadOnly, false),
        Access::ReadOnly => (Access::Full, true),
    };
    view! {
        <Form action=AccessSet::PATH key=person.to_string() class="inline">
            <HiddenField name="account" value=account.to_string() />
            <HiddenField name="person" value=person.to_string() />
            <HiddenField name="access" value=other.as_str() />
            <Toggle label="Read-only" about=["for ", &name].concat() on=restricted />
        </Form>
    }
    .into_any()
}

#[component]
pub(super) fn PendingInvites(account: AccountId, may_manage: bool, list: ListState, rows: Vec<Pending>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <Section id="invites" title="Pending invites" text="Each link is for one person. A new link kills the old one.">
            <ul class="cards">{rows.into_iter().map(|row| pending(account, may_manage, row)).collect_view()}</ul>
            {list.pages("Pages of invites")}
        </Section>
    }
    .into_any()
}

fn pending(account: AccountId, may_manage: bool, row: Pending) -> AnyView {
    let actions = may_manage.then(|| invite_actions(account, row.invite, &row.email));
    let (badge, state) = if row.expired { (("badge danger", "Expired"), "expired ") } else { (("badge", "Pending"), "expires ") };
    let label = ["Invite link for ", &row.email].concat();
    view! {
        <li>
            <p>
                <span class="primary-text">{row.email}</span>
                <span class="secondary-text"><span class=badge.0>{badge.1}</span> " " {said(row.access)} " · " {state} <When at=row.expires /></span>
            </p>
            {row.letter.map(|(state, answer)| view! { <p class="secondary-text">"Mail: " {delivery(state)} " " {answer}</p> })}
            {row.link.filter(|_| !row.expired).map(|link| view! { <CopyField text=link label /> })}
            {actions}
        </li>
    }
    .into_any()
}

fn invite_actions(account: AccountId, invite: InviteId, email: &str) -> AnyView {
    let key = invite.to_string();
    let fields = vec![("account", account.to_string()), ("invite", key.clone())];
    let (resend, revoke) = (["for ", email].concat(), ["the invite of ", email].concat());
    view! {
        <div class="row">
            <ButtonForm action=InviteResend::PATH key=key.clone() fields=fields.clone() label="Make a new link" about=resend />
            <ButtonForm action=InviteRevoke::PATH key fields label="Revoke" about=revoke />
        </div>
    }
    .into_any()
}
