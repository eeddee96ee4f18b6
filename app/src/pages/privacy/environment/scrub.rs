//! Making what is there already what the settings would have kept: confirmed by the environment's name.

#[cfg(feature = "ssr")]
use domain::invalid::Problem;

use crate::prelude::*;
#[cfg(feature = "ssr")]
use crate::{
    components::page_header,
    load::{Html, Written},
    pages::deletion_requests::begins,
};

/// Requests it, for the settings as they stand.
#[server(prefix = "/api/console", endpoint = "privacy_scrub")]
pub async fn privacy_scrub(account: AccountId, environment: EnvironmentId, #[server(default)] confirm: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let view = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    if confirm.trim() != console.environment(&view, environment).await?.name {
        return Err(Error::mistake(Field::Confirm, Problem::NotConfirmed));
    }
    let request = console.delete_users(&granted).request_scrub(environment).await?;
    ssr::done(&links::deletion_request(account, request), Notice::ScrubRequested);
    Ok(())
}

#[cfg(feature = "ssr")]
pub(crate) async fn confirm(account: AccountId, environment: EnvironmentId) -> Result<Written, Error> {
    let view = ssr::grant::<ssr::View>(account).await?;
    let deleting = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let console = &ssr::state()?.console;
    let name = console.environment(&view, environment).await?.name;
    let rules = console.privacy(&view, environment).await?.privacy.scrub_rules();
    let begins = begins(console.grace(&view).await?, console.delete_users(&deleting).would_await_approval().await?);
    let title = ["Scrub ", &name, "?"].concat();
    let text = "What was received up to now becomes what the privacy settings would have kept of it. What goes cannot be brought back.";
    let html = Html::of(|| {
        let fact = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
        view! {
            {page_header(title.clone(), text.to_owned(), None)}
            <Section id="goes" title="What goes" text="Properties of events and users, and events, that these settings do not keep.">
                <dl class="facts">{super::words::scrubbed(&rules).into_iter().map(fact).collect_view()}</dl>
            </Section>
            <Section id="stays" title="What stays">
                <p>"Users and all else that is known of them. Country, region and city stay as well, because what was derived looks like what clients sent: to let them go, list them as properties to leave out. So does what a browser sent that objects, or a site that is not allowed: data does not tell."</p>
            </Section>
            <Section id="confirm" danger=true title="Scrub for good">
                <p>{begins}</p>
                <Form action=PrivacyScrub::PATH>
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="environment" value=environment.to_string() />
                    <p>"Type " <strong>{name}</strong> " to confirm."</p>
                    <TextField field=Field::Confirm label="Name of the environment" />
                    <div class="row">
                        <Submit label="Scrub what is there" kind="danger" />
                        <a class="button quiet" href=links::environment_privacy(account, environment)>"Cancel"</a>
                    </div>
                </Form>
            </Section>
        }
        .into_any()
    });
    Ok(Written { title, html })
}
