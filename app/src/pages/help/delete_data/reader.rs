//! Who reads the page, and so where its buttons lead.

use crate::{pages::home, prelude::*};

/// Buttons lead into the reader's first account; home, which asks to sign in, where there is none.
pub(super) struct Reader {
    is_signed_in: bool,
    place: Option<Place>,
}

struct Place {
    account: AccountId,
    name: String,
    access: Access,
    environment: EnvironmentId,
}

impl Reader {
    pub(super) async fn find() -> Result<Self, Error> {
        let actor = match ssr::caller().await {
            Ok(actor) => actor,
            Err(Error::SignInRequired) => return Ok(Self { is_signed_in: false, place: None }),
            Err(error) => return Err(error),
        };
        let first = ssr::state()?.console.me(&actor).await?.accounts.into_iter().next();
        let place = match first {
            Some(first) => {
                let environment = home::first_environment(first.account).await?;
                Some(Place { account: first.account, name: first.name, access: first.access, environment })
            }
            None => None,
        };
        Ok(Self { is_signed_in: true, place })
    }

    pub(super) fn to(&self, link: impl FnOnce(AccountId, EnvironmentId) -> String) -> String {
        self.place.as_ref().map_or_else(|| links::HOME.to_owned(), |place| link(place.account, place.environment))
    }

    pub(super) fn to_account(&self, link: impl FnOnce(AccountId) -> String) -> String {
        self.to(|account, _| link(account))
    }

    /// Where the buttons lead, and what hinders.
    pub(super) fn note(&self) -> AnyView {
        match &self.place {
            Some(Place { name, access: Access::Full, .. }) => view! {
                <p class="note">"The buttons lead into the account " <strong>{name.clone()}</strong> "."</p>
            }
            .into_any(),
            Some(Place { name, access: Access::ReadOnly, .. }) => view! {
                <p class="note">
                    "The buttons lead into the account " <strong>{name.clone()}</strong>
                    ", where you have read-only access: somebody with full access has to do it."
                </p>
            }
            .into_any(),
            None if self.is_signed_in => view! { <p class="note">"You are in no account, so the buttons lead nowhere yet."</p> }.into_any(),
            None => view! {
                <p class="note">
                    <a href=links::sign_in(links::DELETE_DATA)>"Sign in"</a> ", and the buttons lead into your account."
                </p>
            }
            .into_any(),
        }
    }
}
