//! `/setup`: the first account of an installation.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "server functions are async, also where nothing is awaited"))]

#[cfg(feature = "ssr")]
use domain::invalid::Problem;
#[cfg(feature = "ssr")]
use store::console::accounts::Occasion;
#[cfg(feature = "ssr")]
use subtle::ConstantTimeEq;

use super::new_account::AccountFields;
#[cfg(feature = "ssr")]
use super::new_account::{NewcomerFields, create};
use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "set_up")]
pub async fn set_up(
    account_name: String,
    name: String,
    email: String,
    password: String,
    #[server(default)] code: String,
    #[server(default)] time_zone: String,
) -> Result<(), Error> {
    let state = ssr::state()?;
    state.limits.client(ssr::client())?;
    match &state.settings.setup_code {
        Some(wanted) if !bool::from(wanted.as_bytes().ct_eq(code.trim().as_bytes())) => {
            let problem = if code.trim().is_empty() { Problem::Empty } else { Problem::WrongCode };
            return Err(Error::mistake(Field::Code, problem));
        }
        // Without a code only who sits at this machine may set up. A page of another site whose name was made to lead here says so by that name.
        None if !ssr::at_this_machine() => return Err(Error::mistake(Field::Whole, Problem::NotThisMachine)),
        _ => {}
    }
    match create(NewcomerFields { account_name, name, email, password, time_zone }, Occasion::SetUp).await {
        Err(Error::Conflict) => Err(Error::mistake(Field::Whole, Problem::AlreadySetUp)),
        done => done,
    }
}

/// Whether the page asks for the code that was printed at start.
#[server(prefix = "/api/console", endpoint = "load_set_up", input = Json, output = Postcard)]
pub async fn load_set_up() -> Result<bool, Error> {
    Ok(ssr::state()?.settings.setup_code.is_some())
}

#[component]
pub fn SetUpPage() -> AnyView {
    load(
        || Ok(LoadSetUp {}),
        |asks_code: bool| {
            view! {
                <PageHead title="Set up Cairn" text="This makes the first account, with a project Main and its environment Production. You will be its first teammate." />
                <Form action=SetUp::PATH>
                    {asks_code.then(|| view! { <TextField field=Field::Code label="Set-up code" hint="The server printed it when it started; it stands in its log." code=true /> })}
                    <AccountFields />
                    <Submit label="Create account" />
                </Form>
            }
        },
    )
}
