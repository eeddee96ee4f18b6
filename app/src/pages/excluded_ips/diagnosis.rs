//! How this request came here.

use leptos::task::spawn_local;

use super::{Diagnosis, facts};
use crate::{browser, prelude::*};

pub(super) fn diagnosis(data: Diagnosis) -> AnyView {
    let elsewhere = (!data.elsewhere.is_empty()).then(|| {
        view! { <dl class="facts">{data.elsewhere.into_iter().map(|(family, url)| asked(family, url)).collect_view()}</dl> }
    });
    view! {
        <Section id="diagnosis" title="How you reach this server" text="Visitors are judged by the same rules. The address is the connection's, or the one that a trusted proxy names.">
            {facts(data.facts)}
            {elsewhere}
            {data.hint.map(|hint| view! { <p class="note warning">{hint}</p> })}
        </Section>
    }
    .into_any()
}

/// The browser asks the name that leads here over one family alone; without script somebody can follow the link.
fn asked(family: String, url: String) -> AnyView {
    let told = RwSignal::new(None);
    let from = url.clone();
    Effect::new(move |_| {
        let url = from.clone();
        spawn_local(async move {
            let address = browser::read_elsewhere(&url).await;
            told.try_set(Some(address.unwrap_or_else(|| "not reachable from here".to_owned())));
        });
    });
    view! {
        <div>
            <dt>"Your " {family} " address"</dt>
            <dd>{move || told.get()} " " <a href=url target="_blank" rel="noopener">"Ask for it"</a></dd>
        </div>
    }
    .into_any()
}
