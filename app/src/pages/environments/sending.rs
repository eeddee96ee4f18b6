//! What a client needs to send events.

use crate::{components::CopyCode, prelude::*};

#[component]
pub(super) fn Sending(account: AccountId, environment: EnvironmentId, command: String, excluded: Option<String>) -> AnyView {
    view! {
        <Section id="sending" title="Send events" text="Clients name this environment by its id, as app_id.">
            <div class="field">
                <p class="label">"Environment id"</p>
                <CopyField text=environment.to_string() label="Environment id" />
            </div>
            <div class="field">
                <p class="label">"A first event"</p>
                <CopyCode text=command label="Command that sends a first event" />
                {excluded.map(|text| view! { <p class="note">{text}</p> })}
                <p class="hint">"Paste it into a terminal. It sends one event of a made-up user."</p>
            </div>
            <p><a href=links::excluded_ips_of(account, Some(environment))>"Excluded IPs of this environment"</a></p>
        </Section>
    }
    .into_any()
}
