//! What one environment keeps of what clients send.

mod changes;
#[cfg(feature = "ssr")]
mod form;
mod scrub;
#[cfg(feature = "ssr")]
pub(crate) mod words;

#[cfg(feature = "ssr")]
use form::{Shown, facts, form};

pub use changes::PrivacySave;
pub use scrub::PrivacyScrub;
#[cfg(feature = "ssr")]
pub(crate) use scrub::confirm as scrub;

#[cfg(feature = "ssr")]
use crate::{
    components::page_header,
    load::{Html, Written},
    prelude::*,
};

#[cfg(feature = "ssr")]
const TEXT: &str = "What is kept of what clients send here, whatever they send. Where several of these settings concern the same data, the strictest counts.";

#[cfg(feature = "ssr")]
pub(crate) async fn written(account: AccountId, environment: EnvironmentId) -> Result<Written, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let state = ssr::state()?;
    let name = state.console.environment(&granted, environment).await?.name;
    let settings = state.console.privacy(&granted, environment).await?;
    let locates = state.settings.network.locates;
    let may_edit = ssr::may::<ssr::ManagePrivacy>(&granted);
    let may_scrub = ssr::may::<ssr::DeleteUsers>(&granted);
    let title = ["Privacy of ", &name].concat();
    let html = Html::of(|| {
        let (version, privacy) = (settings.version, settings.privacy);
        view! {
            {page_header(title.clone(), TEXT.to_owned(), None)}
            {(!may_edit).then(|| view! { <ReadOnlyNote what="change what is kept" /> })}
            {if may_edit { form(Shown { account, environment, version, privacy, locates }) } else { facts(&privacy) }}
            <Section id="effect" title="What a save does">
                <div class="prose">
                    <p>"It counts from the next request on, on every server, also for " <code>"identify"</code> " and properties of users, which are answered 403 where nothing is stored. What is there already stays as it is until it is scrubbed, but for what is older than it is to be kept; nothing that was left out comes back."</p>
                    <p>"Every save is in the " <a href=links::audit_log(account)>"audit log"</a> ", with what was before. A new environment begins with the settings of the one that it was made from."</p>
                </div>
            </Section>
            <Section id="there" title="What is there already">
                <div class="prose">
                    <p>"Scrubbing makes it what these settings would have kept: properties go that are left out, and so do events of pages that are not stored. Whether a browser objected, and which site sent something, is not known any more. To erase people with all that is known of them, "
                        <a href=links::deletion_requests(account)>"request their deletion"</a> "."</p>
                </div>
                {may_scrub.then(|| view! { <p><a class="button quiet" href=links::scrub_environment(account, environment)>"Scrub what is there"</a></p> })}
            </Section>
            <p class="ways"><a href=links::environment(account, environment)>"Back to the environment"</a></p>
        }
        .into_any()
    });
    Ok(Written { title, html })
}
