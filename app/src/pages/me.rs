//! `/me`: what is the person's own: name, password, sign-ins, and how pages look in this browser.

mod data;
mod name;
mod password;
mod sign_ins;
mod theme;

pub use data::{LoadProfile, Profile};
pub use name::PersonRename;
pub use password::PasswordChange;
pub use sign_ins::{SignInEnd, SignInsEndOthers};
pub use theme::ThemeSet;

use super::sign_out::SignOut;
use crate::prelude::*;

#[component]
pub fn MePage() -> AnyView {
    load(
        || Ok(LoadProfile {}),
        |me: Profile| {
            let account = |(id, name, access): (AccountId, String, Access)| {
                view! { <li><a href=links::account(id)>{name}</a> " " <span class="secondary-text">{super::teammates::said(access)}</span></li> }
            };
            view! {
                <PageHead title=me.name.clone() text=me.email />
                {(!me.accounts.is_empty()).then(|| view! {
                    <Section id="accounts" title="Your accounts">
                        <ul class="plain">{me.accounts.into_iter().map(account).collect_view()}</ul>
                    </Section>
                })}
                {me.inbox.map(|label| view! {
                    <Section id="operator" title="Operator" text="You run this installation.">
                        <p><a href=links::INBOX>{label}</a></p>
                    </Section>
                })}
                {name::section(me.name)}
                {password::section()}
                {sign_ins::section(me.sign_ins)}
                {theme::section(&me.theme)}
                <Form action=SignOut::PATH class="inline">
                    <Submit label="Sign out" kind="quiet" />
                </Form>
            }
        },
    )
}
