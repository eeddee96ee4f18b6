//! `/invite/{invite}/{token}`: becoming a teammate.

mod accept;

pub use accept::{Invitation, InviteAccept, InviteAcceptAsNewcomer, LoadInvitation, Reader};

use domain::id::InviteId;
use leptos_router::hooks::use_location;

use super::{new_account::NewPassword, sign_out::SignOut, teammates::said};
use crate::prelude::*;

#[component]
pub fn InvitePage() -> AnyView {
    let (invite, token) = (param::<InviteId>("invite"), param::<String>("token"));
    load(
        move || Ok(LoadInvitation { invite: invite()?, token: token()? }),
        |found: Option<Invitation>| match found {
            Some(invitation) => welcome(invitation),
            None => dead(),
        },
    )
}

fn welcome(invitation: Invitation) -> AnyView {
    let title = ["Join ", &invitation.account_name].concat();
    let text = ["You are invited as ", &invitation.email, ", with ", said(invitation.access).to_ascii_lowercase().as_str(), "."].concat();
    let Invitation { invite, token, email, reader, .. } = invitation;
    let rest = match reader {
        Reader::Newcomer => newcomer(invite, token),
        Reader::Invited => one_button(invite, token),
        Reader::Known => sign_in_first(&email),
        Reader::SomebodyElse { email: other } => somebody_else(&email, &other),
    };
    view! {
        <PageHead title text />
        {rest}
    }
    .into_any()
}

fn newcomer(invite: InviteId, token: String) -> AnyView {
    view! {
        <Form action=InviteAcceptAsNewcomer::PATH>
            <HiddenField name="invite" value=invite.to_string() />
            <HiddenField name="token" value=token />
            <TextField field=Field::Name label="Your name" autocomplete="name" />
            <NewPassword label="Password" />
            <Submit label="Join" />
        </Form>
    }
    .into_any()
}

fn one_button(invite: InviteId, token: String) -> AnyView {
    view! {
        <Form action=InviteAccept::PATH>
            <HiddenField name="invite" value=invite.to_string() />
            <HiddenField name="token" value=token />
            <Submit label="Join" />
        </Form>
    }
    .into_any()
}

fn sign_in_first(email: &str) -> AnyView {
    let here = use_location().pathname.get_untracked();
    let text = ["You have a sign-in for ", email, " already. Sign in, and you can join with one click."].concat();
    view! {
        <p>{text}</p>
        <p><a class="button primary" href=links::sign_in(&here)>"Sign in to join"</a></p>
    }
    .into_any()
}

fn somebody_else(email: &str, other: &str) -> AnyView {
    let text =
        ["You are signed in as ", other, ", and only ", email, " can accept this invite. Sign out, then open the link again."].concat();
    view! {
        <p>{text}</p>
        <Form action=SignOut::PATH>
            <Submit label="Sign out" />
        </Form>
    }
    .into_any()
}

fn dead() -> AnyView {
    view! {
        <PageHead title="This invite does not work" text="It was used already, replaced by a new link, revoked, or it is older than 7 days. Ask the teammate who sent it for a new link." />
        <p><a class="button quiet" href=links::SIGN_IN>"Sign in"</a></p>
    }
    .into_any()
}
