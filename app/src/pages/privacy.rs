//! Account > Settings > Privacy & security.

mod changes;
mod commands;
mod data;
mod environment;
mod keys;
mod revoke;
mod suppressions;

pub use changes::{ApiKeyCreate, ApiKeyRevoke, NewApiKey};
pub use data::{ApiKeyRow, LoadPrivacy, Privacy};
pub use environment::{PrivacySave, PrivacyScrub};
#[cfg(feature = "ssr")]
pub(super) use environment::{scrub, words, written};
pub use revoke::RevokePage;
pub use suppressions::{SuppressionCheck, SuppressionLift};
#[cfg(feature = "ssr")]
pub(super) use suppressions::{lifting, suppressions};

use commands::commands;
use keys::Keys;

use super::deletion_requests::{approval_section, grace};
use crate::prelude::*;

#[component]
pub fn PrivacyPage() -> AnyView {
    let account = account();
    load(
        move || Ok(LoadPrivacy { account: account()? }),
        |data: Privacy| {
            let app_id = data.app_id.to_string();
            view! {
                <PageHead title="Privacy & security" text="What is kept of what clients send, and what scripts may do for this account. To erase users by hand, go to Deletion requests." />
                {(!data.may_edit).then(|| view! { <ReadOnlyNote what="create and revoke API keys, and set grace period and approval" /> })}
                <Section id="environments" title="What is kept" text="Each environment has its own settings.">
                    <ul class="ways">{data.environments.into_iter().map(move |(id, name)| way(data.account, id, name)).collect_view()}</ul>
                </Section>
                <Section id="api" title="Deletion API" text="A script shows the app ID and an API key, gets a token for 5 minutes, and requests deletion with it.">
                    <p class="labelled"><span>"App ID"</span><CopyField text=app_id label="App ID" /></p>
                    {commands(data.app_id, &data.server)}
                    <p class="ways">
                        <a href=links::API_HELP>"Every call of the API"</a>
                        <a href=links::postman(data.account) download>"Download the calls for Postman"</a>
                    </p>
                </Section>
                {grace::section(data.account, data.may_edit, data.grace)}
                {approval_section(data.account, data.may_edit, data.approval)}
                <Keys account=data.account may_edit=data.may_edit rows=data.keys />
            }
        },
    )
}

fn way(account: AccountId, environment: EnvironmentId, name: String) -> AnyView {
    view! { <li><a href=links::environment_privacy(account, environment)>{name}</a></li> }.into_any()
}
