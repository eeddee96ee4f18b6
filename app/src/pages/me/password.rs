//! Changing the password.

#[cfg(feature = "ssr")]
use domain::{
    email::EmailAddress,
    invalid::{Mistakes, Problem},
    password::Password,
};

use crate::{pages::new_account::NewPassword, prelude::*};

#[server(prefix = "/api/console", endpoint = "password_change")]
pub async fn password_change(current_password: String, password: String) -> Result<(), Error> {
    let (state, actor) = (ssr::state()?, ssr::caller().await?);
    let me = EmailAddress::parse(&state.console.me(&actor).await?.email).ok();
    let mut mistakes = Mistakes::new();
    if current_password.is_empty() {
        mistakes.add(Field::CurrentPassword, None, Problem::Empty);
    }
    let Some(new) = mistakes.take(Field::Password, Password::parse(&password, me.as_ref())) else {
        return Err(mistakes.into_invalid().into());
    };
    mistakes.finish()?;
    me.as_ref().map_or(Ok(()), |me| state.limits.sign_in(me, ssr::client()))?;
    let known = state.console.own_credentials(&actor).await?;
    let matches = state.hasher.verify(&current_password, Some(known.password_hash())).await?;
    let verified = known.verified(matches).ok_or_else(|| Error::mistake(Field::CurrentPassword, Problem::WrongPassword))?;
    state.console.change_password(&actor, &verified, &state.hasher.hash(&new).await?).await?;
    ssr::done(links::ME, Notice::PasswordChanged);
    Ok(())
}

pub(super) fn section() -> AnyView {
    view! {
        <Section id="password" title="Change password" text="Every other sign-in of yours ends. This one stays.">
            <Form action=PasswordChange::PATH clears=true>
                <PasswordField field=Field::CurrentPassword label="Current password" autocomplete="current-password" />
                <NewPassword label="New password" />
                <Submit label="Change password" />
            </Form>
        </Section>
    }
    .into_any()
}
