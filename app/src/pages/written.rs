//! The pages that the server writes whole: which address is written by what.

use leptos_router::hooks::{use_location, use_params_map};

#[cfg(feature = "ssr")]
use super::{api_help, audit_log, deletion_requests, exports, help, inbox, privacy, reports};
#[cfg(feature = "ssr")]
use crate::load::Address;
use crate::{
    load::{Changes, Written, look_again, settle},
    prelude::*,
};

/// `page` is path and query of the page.
#[server(prefix = "/api/console", endpoint = "load_written", input = Json, output = Postcard)]
pub async fn load_written(page: String) -> Result<Written, Error> {
    let address = Address::of(&page);
    provide_context(address.clone());
    match address.parts().as_slice() {
        ["help", "delete-data"] => help::delete_data().await,
        ["help", "changelog"] => Ok(help::changelog()),
        ["help", "api"] => api_help::written().await,
        ["inbox"] => inbox::list(&address).await,
        ["inbox", "letters"] => inbox::letters().await,
        ["inbox", "help"] => inbox::answers().await,
        ["inbox", message] => inbox::one(id(message)?).await,
        ["inbox", message, "delete"] => inbox::doomed(id(message)?).await,
        ["a", account, "settings", "exports"] => exports::list(id(account)?).await,
        ["a", account, "settings", "exports", export] => exports::one(id(account)?, id(export)?).await,
        ["a", account, "settings", "deletion-requests", "check"] => deletion_requests::check(id(account)?).await,
        ["a", account, "settings", "deletion-requests", request, "receipt"] => deletion_requests::receipt(id(account)?, id(request)?).await,
        ["a", account, "settings", "privacy", "suppressions", request, "lift"] => privacy::lifting(id(account)?, id(request)?).await,
        ["a", account, "settings", "privacy", "suppressions"] => privacy::suppressions(id(account)?).await,
        ["a", account, "settings", "audit-log"] => audit_log::written(id(account)?, &address).await,
        ["a", account, "e", environment, "privacy", "scrub"] => privacy::scrub(id(account)?, id(environment)?).await,
        ["a", account, "e", environment, "privacy"] => privacy::written(id(account)?, id(environment)?).await,
        ["a", account, "e", environment, "reports", report] => reports::one(id(account)?, id(environment)?, id(report)?).await,
        _ => Err(Error::NotFound),
    }
}

#[cfg(feature = "ssr")]
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Every such page.
#[component]
pub fn WrittenPage() -> AnyView {
    let (location, params) = (use_location(), use_params_map());
    // What is asked for once this page is left is another page's.
    let path = Memo::new(move |_| {
        params.track();
        location.pathname.get_untracked()
    });
    settle(path);
    let (changes, looks) = (expect_context::<Changes>(), RwSignal::new(0_u32));
    load_live(
        move || changes.get().wrapping_add(looks.get()),
        move || Ok(LoadWritten { page: [&path.get(), "?", &location.search.get()].concat() }),
        || Ok(()),
        move |page: Written, ()| {
            if page.progresses() {
                look_again(looks);
            }
            Ok(page.view())
        },
    )
}
