//! Signing in.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "server functions are async, also where nothing is awaited"))]

use leptos_router::hooks::use_query_map;

use crate::{
    forms::{INTERRUPTED, LastPost},
    prelude::*,
};
#[cfg(feature = "ssr")]
use domain::{
    email::EmailAddress,
    invalid::{Mistakes, Problem},
};
#[cfg(feature = "ssr")]
use store::console::people::Credentials;

#[server(prefix = "/api/console", endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), Error> {
    let state = ssr::state()?;
    let mut mistakes = Mistakes::new();
    let email = mistakes.take(Field::Email, EmailAddress::parse(&email));
    if password.is_empty() {
        mistakes.add(Field::Password, None, Problem::Empty);
    }
    let Some(email) = email.filter(|_| !password.is_empty()) else { return Err(mistakes.into_invalid().into()) };
    state.limits.sign_in(&email, ssr::client())?;
    let known = state.console.credentials(&email).await?;
    let matches = state.hasher.verify(&password, known.as_ref().map(Credentials::password_hash)).await?;
    let verified =
        known.and_then(|known| known.verified(matches)).ok_or_else(|| Error::mistake(Field::Whole, Problem::WrongCredentials))?;
    ssr::set_cookie(&state.console.sign_in(&verified, &ssr::device(), ssr::token().as_deref()).await?)?;
    ssr::leave(links::local(&next).unwrap_or(links::HOME));
    Ok(())
}

/// Whether strangers may make an account.
#[server(prefix = "/api/console", endpoint = "load_sign_up", input = Json, output = Postcard)]
pub async fn load_sign_up() -> Result<bool, Error> {
    Ok(ssr::state()?.settings.open_sign_up)
}

#[component]
pub fn SignInPage() -> AnyView {
    let query = use_query_map();
    let last = expect_context::<LastPost>();
    load_part(
        || Ok(LoadSignUp {}),
        move || Ok(query.with(|query| query.get("next")).unwrap_or_default()),
        move |open: bool, next| {
            let interrupted = last.interrupted();
            let page = view! {
                <PageHead title="Sign in" />
                {interrupted.is_some().then(|| view! {
                    <p class="note">"You were signed out before you sent the form. What you typed is kept: sign in to get back to it."</p>
                })}
                <Form action=SignIn::PATH>
                    <HiddenField name="next" value=next />
                    {interrupted.map(|value| view! { <HiddenField name=INTERRUPTED value /> })}
                    <TextField field=Field::Email label="E-mail address" kind="email" autocomplete="username" />
                    <PasswordField field=Field::Password label="Password" autocomplete="current-password" />
                    <Submit label="Sign in" />
                </Form>
                <p class="aside"><a href=links::FORGOT>"Forgotten password"</a></p>
                {open.then(|| view! { <p class="aside">"No account yet? " <a href=links::SIGN_UP>"Create an account"</a></p> })}
            };
            Ok(page.into_any())
        },
    )
}
