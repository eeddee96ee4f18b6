//! `/me`: the person's own profile and password.

#[cfg(feature = "ssr")]
use domain::{
    email::EmailAddress,
    invalid::{Mistakes, Problem},
    password::Password,
};

use super::{new_account::NewPassword, sign_out::SignOut};
use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub email: String,
    pub accounts: Vec<(AccountId, String, Access)>,
    /// The link to the inbox, for operators.
    pub inbox: Option<String>,
}

#[server(prefix = "/api/console", endpoint = "load_profile", input = Json, output = Postcard)]
pub async fn load_profile() -> Result<Profile, Error> {
    let actor = ssr::caller().await?;
    let me = ssr::state()?.console.me(&actor).await?;
    let accounts = me.accounts.into_iter().map(|place| (place.account, place.name, place.access)).collect();
    Ok(Profile { name: me.name, email: me.email, accounts, inbox: super::inbox::label(&actor).await? })
}

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

#[component]
pub fn MePage() -> AnyView {
    load(
        || Ok(LoadProfile {}),
        |me: Profile| {
            let account = |(id, name, access): (AccountId, String, Access)| {
                view! { <li><a href=links::account(id)>{name}</a> " " <span class="secondary-text">{super::teammates::said(access)}</span></li> }
            };
            view! {
                <PageHead title=me.name text=me.email />
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
                <Section id="password" title="Change password" text="Every other sign-in of yours ends. This one stays.">
                    <Form action=PasswordChange::PATH clears=true>
                        <PasswordField field=Field::CurrentPassword label="Current password" autocomplete="current-password" />
                        <NewPassword label="New password" />
                        <Submit label="Change password" />
                    </Form>
                </Section>
                <Form action=SignOut::PATH class="inline">
                    <Submit label="Sign out" kind="quiet" />
                </Form>
            }
        },
    )
}
