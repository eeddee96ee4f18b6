//! What is kept of a request.

use std::{borrow::Cow, net::IpAddr};

use super::{Capture, Page, Privacy, Sender, Site, Switch};
use crate::collect::{MAX_PROPERTY_TEXT, Properties, PropertyValue};

/// Why nothing of a request is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ignored {
    /// Whoever uses the browser objects.
    PrivacyControl,
    /// A page of a site that is not allowed.
    Host,
}

// Names of properties, as `is_called` compares them.
const ADDRESS: &[&str] = &["ip", "ipaddress"];
const USER_AGENT: &[&str] = &["useragent"];
const TARGET_TEXT: &[&str] = &["targettext"];
const PAGE_ADDRESS: &[&str] = &["url", "pageurl", "currenturl"];
const PAGE_HOST: &[&str] = &["domain", "host", "hostname"];
const PAGE_PATH: &[&str] = &["path", "pathname"];

impl Privacy {
    /// Why nothing that this sender sends is kept, if so.
    pub fn ignores(&self, sender: &Sender) -> Option<Ignored> {
        let is_allowed = match &sender.site {
            Site::NoPage => true,
            Site::At(host) => self.hosts.is_empty() || self.hosts.iter().any(|pattern| pattern.covers(host)),
            Site::Hidden => self.hosts.is_empty(),
        };
        if sender.objects && self.switches.is_on(Switch::PrivacyControl) {
            Some(Ignored::PrivacyControl)
        } else {
            (!is_allowed).then_some(Ignored::Host)
        }
    }

    /// Whether events of where this one happened are kept. Where an event tells its page twice, both count; where it tells none, that of the request does; and where
    /// there is none either, as with servers, it is kept.
    pub fn captures(&self, event: &Properties, sender: &Sender) -> bool {
        if self.capture == Capture::All {
            return true;
        }
        let told = pages(event);
        let mut pages = if told.is_empty() { sender.page.as_slice() } else { &told }.iter();
        let is_listed = |page: &Page| self.pages.iter().any(|pattern| pattern.covers(page));
        match self.capture {
            Capture::All => true,
            Capture::Block => !pages.any(is_listed),
            Capture::Allow => pages.all(is_listed),
        }
    }

    /// The properties that are kept of an event, with what is known of who sent it. What a client calls so itself is not replaced.
    pub fn of_event<'p>(&self, properties: &'p Properties, sender: &Sender, address: IpAddr) -> Cow<'p, Properties> {
        let mut added = Vec::new();
        let mut add = |name: &str, like: &[&str], value: Option<String>| {
            let is_there = properties.iter().any(|(known, _)| is_called(known, like));
            if let Some(value) = value.filter(|_| !is_there && !self.event_properties.cover(name)) {
                added.push((name.to_owned(), PropertyValue::Text(value)));
            }
        };
        if self.switches.is_on(Switch::Address) {
            add("ip", ADDRESS, Some(address.to_canonical().to_string()));
        }
        if self.switches.is_on(Switch::UserAgent) {
            add("user_agent", USER_AGENT, sender.user_agent.as_deref().map(shortened));
        }
        if self.switches.is_on(Switch::Location) {
            add("country", &["country"], sender.location.country.clone());
            add("region", &["region"], sender.location.region.clone());
            add("city", &["city"], sender.location.city.clone());
        }
        without(properties, |name| self.drops_of_event(name), added)
    }

    /// The properties that are kept of an event.
    pub(super) fn kept_of_event<'p>(&self, properties: &'p Properties) -> Cow<'p, Properties> {
        without(properties, |name| self.drops_of_event(name), Vec::new())
    }

    /// The properties that are kept of a user.
    pub fn of_user<'p>(&self, properties: &'p Properties) -> Cow<'p, Properties> {
        without(properties, |name| self.drops_of_user(name), Vec::new())
    }

    /// Whether a property of a user is not kept.
    pub fn drops_of_user(&self, name: &str) -> bool {
        self.drops(name) || self.user_properties.cover(name)
    }

    fn drops_of_event(&self, name: &str) -> bool {
        let target_text = self.switches.is_on(Switch::TargetText);
        (!target_text && is_called(name, TARGET_TEXT)) || self.drops(name) || self.event_properties.cover(name)
    }

    /// What is not kept is not kept under its name either when a client sends it.
    fn drops(&self, name: &str) -> bool {
        let is_off = |switch, names| !self.switches.is_on(switch) && is_called(name, names);
        is_off(Switch::Address, ADDRESS) || is_off(Switch::UserAgent, USER_AGENT)
    }
}

fn without(properties: &Properties, goes: impl Fn(&str) -> bool, added: Vec<(String, PropertyValue)>) -> Cow<'_, Properties> {
    if added.is_empty() && !properties.iter().any(|(name, _)| goes(name)) {
        return Cow::Borrowed(properties);
    }
    let kept = properties.iter().filter(|(name, _)| !goes(name)).map(|(name, value)| (name.to_owned(), value.clone()));
    Cow::Owned(kept.chain(added).collect())
}

/// Whether a property has one of these names, however its client writes it: `Target Text`, `target_text` and `targetText` are one.
fn is_called(name: &str, names: &[&str]) -> bool {
    let letters = || name.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '$' | '.')).flat_map(char::to_lowercase);
    names.iter().any(|known| letters().eq(known.chars()))
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_PROPERTY_TEXT as usize).collect()
}

/// Where an event says that it happened: by its address, and by host and path.
fn pages(event: &Properties) -> Vec<Page> {
    let texts = |names: &'static [&str]| {
        event.iter().filter_map(move |(name, value)| match value {
            PropertyValue::Text(text) if is_called(name, names) => Some(text.as_str()),
            _ => None,
        })
    };
    let host = texts(PAGE_HOST).next().and_then(Page::of_address).and_then(|page| page.host);
    let path = texts(PAGE_PATH).next().and_then(Page::of_address).and_then(|page| page.path);
    let parts = (host.is_some() || path.is_some()).then_some(Page { host, path });
    texts(PAGE_ADDRESS).filter_map(Page::of_address).chain(parts).collect()
}
