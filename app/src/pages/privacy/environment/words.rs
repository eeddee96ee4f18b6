//! How the settings are called, on the page and in the audit log.

use domain::privacy::{Capture, List, Retention, ScrubRules, Switch};

use crate::words;

/// What a switch is about.
pub(crate) const fn switch(switch: Switch) -> &'static str {
    match switch {
        Switch::Address => "IP address",
        Switch::Location => "Location",
        Switch::UserAgent => "Browser and system",
        Switch::PrivacyControl => "Global Privacy Control",
        Switch::TargetText => "Text of what is clicked",
    }
}

/// How it stands.
pub(crate) const fn stands(switch: Switch, is_on: bool) -> &'static str {
    match (switch, is_on) {
        (Switch::Address | Switch::UserAgent | Switch::TargetText, true) => "Stored",
        (Switch::Address | Switch::UserAgent, false) => "Not stored",
        (Switch::Location, true) => "Derived from the IP address",
        (Switch::Location, false) => "Not derived",
        (Switch::PrivacyControl, true) => "Honoured",
        (Switch::PrivacyControl, false) => "Not looked at",
        (Switch::TargetText, false) => "Left out",
    }
}

/// What that means.
pub(super) const fn means(switch: Switch, is_on: bool) -> &'static str {
    match (switch, is_on) {
        (Switch::Address, true) => {
            "The address that an event comes from is its property ip, unless it comes with one. No key and no index holds it."
        }
        (Switch::Address, false) => "A property ip or ip_address of an event or a user is left out, too.",
        (Switch::Location, true) => {
            "Country, region and city are properties of the event, unless it comes with them. The address is not kept for it."
        }
        (Switch::Location, false) => "What a client itself says of a place is kept.",
        (Switch::UserAgent, true) => {
            "What the browser or program calls itself is the event's property user_agent, unless it comes with one."
        }
        (Switch::UserAgent, false) => "A property user_agent of an event or a user is left out, too.",
        (Switch::PrivacyControl, true) => {
            "Nothing is stored of browsers that say Sec-GPC: 1. Their events are answered OK, with the header X-Cairn-Ignored: gpc."
        }
        (Switch::PrivacyControl, false) => "Who objects in the browser is collected like everybody else.",
        (Switch::TargetText, true) => "Events keep the property target_text, if clients send it.",
        (Switch::TargetText, false) => "The property target_text is left out, also when it is written Target Text or targetText.",
    }
}

/// Of which pages events are stored.
pub(crate) const fn capture(capture: Capture) -> &'static str {
    match capture {
        Capture::All => "All pages",
        Capture::Block => "All but the pages below",
        Capture::Allow => "Only the pages below",
    }
}

/// What the last setting is called.
pub(crate) const RETENTION: &str = "How long data is kept";

/// For how long.
pub(crate) fn kept_for(retention: Option<Retention>) -> String {
    retention.map_or_else(|| "For ever".to_owned(), |retention| words::count(retention.days().into(), "day", "days"))
}

/// What goes of data that is there, in the words of the settings.
pub(crate) fn scrubbed(rules: &ScrubRules) -> Vec<(&'static str, String)> {
    let switches =
        [(Switch::Address, rules.stored_address), (Switch::UserAgent, rules.user_agent), (Switch::TargetText, rules.target_text)];
    let off = switches.into_iter().filter(|(_, is_on)| !is_on).map(|(about, _)| (switch(about), stands(about, false).to_owned()));
    let lists = [(List::EventProperties, &rules.event_properties), (List::UserProperties, &rules.user_properties)];
    let named = lists.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(about, lines)| (list(about), lines.join(", ")));
    let pages = (rules.capture != Capture::All).then(|| ("Events of", [capture(rules.capture), ": ", &rules.pages.join(", ")].concat()));
    off.chain(named).chain(pages).collect()
}

/// What a list is of.
pub(crate) const fn list(list: List) -> &'static str {
    match list {
        List::Hosts => "Allowed hosts",
        List::EventProperties => "Properties of events to leave out",
        List::UserProperties => "Properties of users to leave out",
        List::Pages => "Pages",
    }
}
