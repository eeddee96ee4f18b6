//! `/sign-up`: further accounts, where the operator lets anybody make one.

#[cfg(feature = "ssr")]
use store::console::accounts::Occasion;

#[cfg(feature = "ssr")]
use super::new_account::{NewcomerFields, create};
use super::{new_account::AccountFields, sign_in::LoadSignUp};
use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "sign_up")]
pub async fn sign_up(
    account_name: String,
    name: String,
    email: String,
    password: String,
    #[server(default)] time_zone: String,
) -> Result<(), Error> {
    let state = ssr::state()?;
    if !state.settings.open_sign_up {
        return Err(Error::NotFound);
    }
    state.limits.client(ssr::client())?;
    create(NewcomerFields { account_name, name, email, password, time_zone }, Occasion::SignUp).await
}

#[component]
pub fn SignUpPage() -> AnyView {
    load_part(
        || Ok(LoadSignUp {}),
        || Ok(()),
        |open: bool, ()| {
            if !open {
                return Err(Error::NotFound);
            }
            let page = view! {
                <PageHead title="Create an account" text="It comes with a project Main and its environment Production." />
                <Form action=SignUp::PATH>
                    <AccountFields />
                    <Submit label="Create account" />
                </Form>
                <p class="aside">"You have one? " <a href=links::SIGN_IN>"Sign in"</a></p>
            };
            Ok(page.into_any())
        },
    )
}
