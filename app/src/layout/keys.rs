//! Keys: `/` goes to the search or to the page, `g` and a letter to a section, `?` lists them all.

use leptos::{ev, prelude::*};

use crate::browser;

/// How long `g` waits for its letter, in milliseconds.
const PATIENCE: f64 = 1_500.0;

/// The letter, the link of the sidebar that it presses, and its name.
const SECTIONS: [(&str, &str, &str); 10] = [
    ("r", "[data-icon=reports]", "Reports"),
    ("d", "[data-icon=definitions]", "Definitions"),
    ("e", "[data-icon=environment]", "Environment"),
    ("t", "[data-icon=teammates]", "Teammates"),
    ("p", "[data-icon=projects]", "Projects & environments"),
    ("x", "[data-icon=excluded]", "Excluded IPs"),
    ("s", "[data-icon=privacy]", "Privacy & security"),
    ("u", "[data-icon=deletion]", "Deletion requests"),
    ("l", "[data-icon=audit]", "Audit log"),
    ("m", "[href='/me']", "Your profile"),
];

/// The list of keys, which `?` opens; the browser closes it by Escape. Never while somebody types, and no key of the browser's own.
#[component]
pub(super) fn Keys() -> AnyView {
    let armed = StoredValue::new(f64::NEG_INFINITY);
    Effect::new(move || {
        let listening = window_event_listener(ev::keydown, move |event| {
            if !browser::is_typed(&event) && pressed(&event.key(), event.time_stamp(), armed) {
                event.prevent_default();
            }
        });
        on_cleanup(move || listening.remove());
    });
    let section = |(letter, _, name): (&'static str, &str, &'static str)| view! { <div><dt><kbd>"g"</kbd> <kbd>{letter}</kbd></dt><dd>{name}</dd></div> };
    view! {
        <dialog id="keys" class="keys" aria-labelledby="keys-heading">
            <h2 id="keys-heading">"Keys"</h2>
            <dl>
                <div><dt><kbd>"/"</kbd></dt><dd>"Search, or skip to the page"</dd></div>
                {SECTIONS.map(section).collect_view()}
                <div><dt><kbd>"?"</kbd></dt><dd>"This list"</dd></div>
                <div><dt><kbd>"Esc"</kbd></dt><dd>"Close"</dd></div>
            </dl>
            <form method="dialog"><button class="button quiet">"Close"</button></form>
        </dialog>
    }
    .into_any()
}

/// Whether the key meant something here.
fn pressed(key: &str, now: f64, armed: StoredValue<f64>) -> bool {
    let waiting = now - armed.get_value() < PATIENCE;
    armed.set_value(if key == "g" && !waiting { now } else { f64::NEG_INFINITY });
    match key {
        _ if waiting => {
            SECTIONS.iter().find(|(letter, ..)| *letter == key).is_some_and(|(_, link, _)| browser::press(&["#sidebar ", link].concat()))
        }
        "g" => true,
        "/" => browser::focus("search") || browser::focus("main"),
        "?" => browser::show("keys"),
        _ => false,
    }
}
