//! What `/setup` and `/sign-up` have in common.

#[cfg(feature = "ssr")]
mod create;

use domain::password::Password;

#[cfg(feature = "ssr")]
pub(super) use create::{NewcomerFields, create};

use crate::prelude::*;

#[component]
pub(super) fn AccountFields() -> AnyView {
    let zone = RwSignal::new(String::new());
    // Effects run in the browser alone.
    Effect::new(move |_| zone.set(crate::browser::time_zone().unwrap_or_default()));
    view! {
        <TextField field=Field::AccountName label="Account name" hint="Usually your company. Teammates see it." autocomplete="organization" />
        <TextField field=Field::Name label="Your name" autocomplete="name" />
        <TextField field=Field::Email label="E-mail address" hint="You sign in with it." kind="email" autocomplete="username" />
        <NewPassword label="Password" />
        <input type="hidden" name=Field::TimeZone.as_str() prop:value=zone />
    }
    .into_any()
}

/// A password that is chosen.
#[component]
pub(super) fn NewPassword(label: &'static str) -> AnyView {
    let hint = ["At least ", &Password::MIN.to_string(), " characters. Several words are easy to remember and hard to guess."].concat();
    view! { <PasswordField field=Field::Password label hint autocomplete="new-password" /> }.into_any()
}
