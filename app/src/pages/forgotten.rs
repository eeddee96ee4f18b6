//! `/forgot`: asking for a link. `/reset/{reset}/{token}`: choosing a new password by it.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "server functions are async, also where nothing is awaited"))]

use domain::id::ResetId;
#[cfg(feature = "ssr")]
use domain::{email::EmailAddress, password::Password};

use super::new_account::NewPassword;
use crate::prelude::*;

/// Whether the installation sends mail.
#[server(prefix = "/api/console", endpoint = "load_forgotten", input = Json, output = Postcard)]
pub async fn load_forgotten() -> Result<bool, Error> {
    Ok(ssr::state()?.console.sends_mail())
}

/// The same answer, in the same time, whether or not anybody has the address.
#[server(prefix = "/api/console", endpoint = "password_forgotten")]
pub async fn password_forgotten(email: String) -> Result<(), Error> {
    let state = ssr::state()?;
    let email = EmailAddress::parse(&email).map_err(|problem| Error::mistake(Field::Email, problem))?;
    state.letter_limits.sign_in(&email, ssr::client())?;
    state.console.forgot_password(&email).await?;
    ssr::done(links::FORGOT, Notice::ResetMailed);
    Ok(())
}

/// The address that the link is for; `None` for a link that is dead, or that never lived.
#[server(prefix = "/api/console", endpoint = "load_reset", input = Json, output = Postcard)]
pub async fn load_reset(reset: ResetId, token: String) -> Result<Option<String>, Error> {
    match ssr::state()?.console.reset(reset, &token).await {
        Err(store::Error::NotFound) => Ok(None),
        found => Ok(Some(found?.as_str().to_owned())),
    }
}

#[server(prefix = "/api/console", endpoint = "password_reset")]
pub async fn password_reset(reset: ResetId, token: String, password: String) -> Result<(), Error> {
    let state = ssr::state()?;
    state.limits.client(ssr::client())?;
    let email = state.console.reset(reset, &token).await?;
    let password = Password::parse(&password, Some(&email)).map_err(|problem| Error::mistake(Field::Password, problem))?;
    let hash = state.hasher.hash(&password).await?;
    let verified = state.console.reset_password(reset, &token, &hash).await?;
    ssr::set_cookie(&state.console.sign_in(&verified, &ssr::device(), ssr::token().as_deref()).await?)?;
    ssr::done(links::ME, Notice::PasswordReset);
    Ok(())
}

#[component]
pub fn ForgottenPage() -> AnyView {
    load(
        || Ok(LoadForgotten {}),
        |mails: bool| {
            let rest = if mails {
                view! {
                    <Form action=PasswordForgotten::PATH clears=true>
                        <TextField field=Field::Email label="E-mail address" kind="email" autocomplete="username" />
                        <Submit label="Mail a link" />
                    </Form>
                }
                .into_any()
            } else {
                view! { <p class="note">"Ask the operator to set a new password for you: " <code>"cairn person reset-password --email ADDRESS --password-stdin"</code></p> }.into_any()
            };
            let text = if mails {
                "You get a link by mail. It lets you choose a new password, once, within 30 minutes."
            } else {
                "This installation sends no mail, so it cannot send you a link."
            };
            view! {
                <PageHead title="Forgotten password" text />
                {rest}
                <p class="aside"><a href=links::SIGN_IN>"Sign in"</a></p>
            }
        },
    )
}

#[component]
pub fn ResetPage() -> AnyView {
    let (reset, token) = (param::<ResetId>("reset"), param::<String>("token"));
    load_part(
        move || Ok(LoadReset { reset: reset()?, token: token()? }),
        move || Ok((reset()?, token()?)),
        |email: Option<String>, (reset, token)| Ok(email.map_or_else(dead, |email| choose(&email, reset, token))),
    )
}

fn choose(email: &str, reset: ResetId, token: String) -> AnyView {
    view! {
        <PageHead title="Choose a new password" text=["For ", email, ". Every sign-in of yours ends, and this browser is signed in."].concat() />
        <Form action=PasswordReset::PATH>
            <HiddenField name="reset" value=reset.to_string() />
            <HiddenField name="token" value=token />
            <NewPassword label="New password" />
            <Submit label="Change password" />
        </Form>
    }
    .into_any()
}

fn dead() -> AnyView {
    view! {
        <PageHead title="This link does not work" text="It was used already, or it is older than 30 minutes." />
        <p><a class="button primary" href=links::FORGOT>"Ask for a new link"</a></p>
    }
    .into_any()
}
