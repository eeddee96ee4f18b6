//! `/help/api`: every call of the API, for everybody. Who is signed in sees the examples with the own app id.

mod call;

use std::sync::Arc;

use crate::{
    components::page_header,
    load::{Html, Written},
    prelude::*,
    ssr::manual::{Group, Manual},
};

const TITLE: &str = "API";
const TEXT: &str =
    "How servers send data, and how scripts delete users. Clients of Heap's API work with this address in the place of Heap's.";

/// What the examples are filled with.
struct Reader {
    server: String,
    /// The first account of who is signed in, by which scripts name it.
    own: Option<(AccountId, EnvironmentId)>,
}

impl Reader {
    fn app_id(&self) -> String {
        self.own.map_or_else(|| Manual::APP_ID.to_owned(), |(_, app_id)| app_id.to_string())
    }
}

pub(super) async fn written() -> Result<Written, Error> {
    let manual = use_context::<Arc<Manual>>().ok_or(Error::Unavailable { reference: None })?;
    let reader = Reader { server: ssr::state()?.settings.public_url.clone(), own: own().await? };
    let html = Html::of(|| {
        view! {
            <div class="manual">
                {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
                {about(&reader)}
                {contents(&manual)}
                {manual.groups.iter().map(|shown| group(shown, &reader)).collect_view()}
            </div>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

/// Signed out, nobody's.
async fn own() -> Result<Option<(AccountId, EnvironmentId)>, Error> {
    let console = &ssr::state()?.console;
    let caller = match ssr::caller().await {
        Ok(caller) => caller,
        Err(Error::SignInRequired) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(first) = console.me(&caller).await?.accounts.first().map(|first| first.account) else { return Ok(None) };
    let granted = ssr::grant::<ssr::View>(first).await?;
    Ok(Some((first, ssr::app_id(console, &granted).await?)))
}

fn about(reader: &Reader) -> AnyView {
    let own = match reader.own {
        Some((account, app_id)) => view! {
            "The examples carry your app ID, " <code>{app_id.to_string()}</code> ". Keys are made under "
            <a href=links::privacy(account)>"Privacy & security"</a> ". "
            <a href=links::postman(account) download>"Download the calls for Postman"</a> "."
        }
        .into_any(),
        None => view! {
            "Put your app ID into the place of " <code>{Manual::APP_ID}</code> ", or " <a href=links::sign_in(links::API_HELP)>"sign in"</a>
            " to see it in the examples."
        }
        .into_any(),
    };
    view! {
        <p>{own}</p>
        <p>
            "A key that is " <code>"null"</code> " is as good as left out, and keys that are not known are passed over. Programs read the same as an "
            <a href=links::API_DOCUMENT rel="external">"OpenAPI 3.1 document"</a> "."
        </p>
    }
    .into_any()
}

fn contents(manual: &Manual) -> AnyView {
    let entry = |call: &crate::ssr::manual::Call| view! { <li><a href=["#", &call.id].concat()>{call.summary.clone()}</a></li> };
    view! {
        <nav aria-label="Calls">
            <ul class="plain">{manual.groups.iter().flat_map(|group| &group.calls).map(entry).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn group(group: &Group, reader: &Reader) -> AnyView {
    view! {
        <section class="section">
            <header><h2>{group.name.clone()}</h2></header>
            {group.calls.iter().map(|shown| call::call(shown, reader)).collect_view()}
        </section>
    }
    .into_any()
}
