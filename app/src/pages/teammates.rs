//! Account > Settings > Teammates.

mod changes;
mod data;
mod lists;
mod remove;

pub use changes::{AccessSet, Invite, InviteResend, InviteRevoke, TeammateRemove};
pub use data::{LoadTeammates, Pending, TeammateRow, Teammates};
pub use remove::RemovePage;

use domain::access::Access;
use lists::{Members, PendingInvites};

use crate::prelude::*;

#[component]
pub fn TeammatesPage() -> AnyView {
    let account = account();
    let (q, sort, page, invites) = (query("q"), query("sort"), query("page"), query("invites"));
    load(
        move || Ok(LoadTeammates { account: account()?, person: None, q: q(), sort: sort(), page: page(), invites: invites() }),
        |data: Teammates| {
            let account = data.account;
            view! {
                <PageHead title="Teammates" text="Everybody who can sign in to this account, in every project and environment." />
                {(!data.may_manage).then(|| view! { <ReadOnlyNote what="invite, restrict and remove teammates" /> })}
                {data.may_manage.then(|| view! { <InviteForm account mails=data.mails /> })}
                <Members account may_manage=data.may_manage list=data.list rows=data.teammates />
                <PendingInvites account may_manage=data.may_manage list=data.invite_list rows=data.invites />
            }
        },
    )
}

#[component]
fn InviteForm(account: AccountId, mails: bool) -> AnyView {
    let choices = vec![
        Choice::new(Access::Full.as_str(), "Full access").hint("Can do everything that you can, in every project and environment."),
        Choice::new(Access::ReadOnly.as_str(), "Read-only").hint("Can look at definitions and reports, and change nothing."),
    ];
    let text = if mails {
        "The invite is a link for one person. It is mailed, and you get it to copy; it works once, for 7 days."
    } else {
        "The invite is a link for one person. Nothing is mailed: you get it to copy; it works once, for 7 days."
    };
    view! {
        <Section id="invite" title="Invite a teammate" text>
            <Form action=Invite::PATH clears=true>
                <HiddenField name="account" value=account.to_string() />
                <TextField field=Field::Email label="E-mail address" kind="email" />
                <Choices field=Field::Access label="Access" value=Access::Full.as_str() choices />
                <Submit label="Invite" />
            </Form>
        </Section>
    }
    .into_any()
}

/// How an access is called.
pub fn said(access: Access) -> &'static str {
    match access {
        Access::Full => "Full access",
        Access::ReadOnly => "Read-only access",
    }
}
