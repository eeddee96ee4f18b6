//! Whether events arrive.

use std::time::Duration;

use leptos::{leptos_dom::helpers::IntervalHandle, task::spawn_local};

use crate::{prelude::*, words};

/// How often a waiting page asks.
const ASK_EVERY: Duration = Duration::from_secs(3);

/// The same without script, where the whole page comes again.
const COME_AGAIN: &str = "<meta http-equiv=\"refresh\" content=\"5\">";

/// What an environment holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Light {
    pub events: u64,
    pub users: u64,
    pub seen: Option<Moment>,
}

impl Light {
    pub(super) const fn is_on(&self) -> bool {
        self.events > 0
    }

    #[cfg(feature = "ssr")]
    pub(super) fn of(holdings: store::console::environments::Holdings) -> Self {
        Self { events: holdings.events, users: holdings.users, seen: holdings.last_received_at.map(ssr::moment) }
    }
}

#[server(prefix = "/api/console", endpoint = "load_light", input = Json, output = Postcard)]
pub async fn load_light(account: AccountId, environment: EnvironmentId) -> Result<Light, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    Ok(Light::of(ssr::state()?.console.holdings(&granted, environment).await?))
}

/// Green once there is an event. Until then it keeps looking, by itself.
#[component]
pub(super) fn Receiving(account: AccountId, environment: EnvironmentId, light: RwSignal<Light>) -> AnyView {
    let waiting = !light.with_untracked(Light::is_on);
    if waiting {
        watch(account, environment, light);
    }
    let on = move || light.with(Light::is_on);
    view! {
        <Section id="receiving" title="Receiving">
            {waiting.then(|| view! { <noscript inner_html=COME_AGAIN></noscript> })}
            <p class="light" class:on=on role="status">
                <span class="lamp" aria-hidden="true"></span>
                {move || if on() { "Receiving events" } else { "No events yet. Send one with the command below: this page notices." }}
            </p>
            {move || on().then(|| figures(light.get()))}
        </Section>
    }
    .into_any()
}

fn figures(light: Light) -> AnyView {
    view! {
        <dl class="figures">
            <div><dt>"Events"</dt><dd>{words::number(light.events)}</dd></div>
            <div><dt>"Users"</dt><dd>{words::number(light.users)}</dd></div>
            <div><dt>"Last received"</dt><dd>{light.seen.map(|at| view! { <When at /> })}</dd></div>
        </dl>
    }
    .into_any()
}

fn watch(account: AccountId, environment: EnvironmentId, light: RwSignal<Light>) {
    let asking = StoredValue::new(None::<IntervalHandle>);
    let stop = move || {
        if let Some(asking) = asking.try_get_value().flatten() {
            asking.clear();
        }
    };
    let ask = move || {
        spawn_local(async move {
            if let Ok(now) = ask(&LoadLight { account, environment }).await
                && now.is_on()
            {
                stop();
                light.try_set(now);
            }
        });
    };
    // Effects run in the browser alone.
    Effect::new(move |_| asking.set_value(set_interval_with_handle(ask, ASK_EVERY).ok()));
    on_cleanup(stop);
}
