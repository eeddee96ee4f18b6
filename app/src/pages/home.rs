//! `/` and `/a/{account}` lead to where the work is.

use leptos_router::components::Redirect;

use crate::{load::here, pages::sign_out::SignOut, prelude::*};

/// The first environment of the account, or of the first account of the caller; `None` for who is in no account.
#[server(prefix = "/api/console", endpoint = "load_home", input = Json, output = Postcard)]
pub async fn load_home(account: Option<AccountId>) -> Result<Option<String>, Error> {
    let console = &ssr::state()?.console;
    let me = console.me(&ssr::caller().await?).await?;
    let Some(account) = account.or_else(|| Some(me.accounts.first()?.account)) else { return Ok(None) };
    Ok(Some(links::reports(account, first_environment(account).await?)))
}

/// The one that somebody gets to who names none.
#[cfg(feature = "ssr")]
pub(super) async fn first_environment(account: AccountId) -> Result<EnvironmentId, Error> {
    let projects = ssr::state()?.console.projects(&ssr::grant::<ssr::View>(account).await?).await?;
    projects.iter().find_map(|project| project.environments.first()).map(|first| first.id).ok_or(Error::NotFound)
}

#[component]
pub fn Home() -> AnyView {
    load(|| Ok(LoadHome { account: None }), arrive)
}

#[component]
pub fn AccountHome() -> AnyView {
    let account = account();
    load(move || Ok(LoadHome { account: Some(account()?) }), arrive)
}

fn arrive(to: Option<String>) -> AnyView {
    match to {
        Some(to) => {
            // Where there is something to say, it is said there.
            let (_, query) = here();
            let path = if query.is_empty() { to } else { [&to, "?", &query].concat() };
            view! { <Redirect path /> }.into_any()
        }
        None => view! {
            <main id="main" class="gate">
                <div class="card">
                    <PageHead title="No account" text="You are not a teammate of any account. Ask somebody with full access for an invite to your address." />
                    <p><a href=links::ME>"Your profile"</a></p>
                    <Form action=SignOut::PATH>
                        <Submit label="Sign out" kind="quiet" />
                    </Form>
                </div>
            </main>
        }
        .into_any(),
    }
}
