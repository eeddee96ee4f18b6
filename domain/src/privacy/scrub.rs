//! What the settings make of data that is there already. What was told by the head of a request (Global Privacy Control, the host of its page) is not kept, so nothing can be judged by it.

use std::{borrow::Cow, fmt::Display};

use serde::{Deserialize, Serialize};

use super::{Capture, Line, Lines, Privacy, Sender, Switch, Switches};
use crate::collect::Properties;

/// The settings that reach stored data, as they stood when somebody asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScrubRules {
    /// Whether the address of the client stays.
    pub stored_address: bool,
    /// Whether the browser's name for itself stays.
    pub user_agent: bool,
    /// Whether the text of what was clicked stays.
    pub target_text: bool,
    /// Properties of events that go.
    pub event_properties: Vec<String>,
    /// Properties of users that go.
    pub user_properties: Vec<String>,
    /// What `pages` is for.
    pub capture: Capture,
    /// Pages whose events stay, or go.
    pub pages: Vec<String>,
}

impl Privacy {
    /// Whether a stored event would be stored. Where it tells no page, it would. To be asked before properties go, of which one may tell the page.
    pub fn captures_stored(&self, properties: &Properties) -> bool {
        self.captures(properties, &Sender::default())
    }

    /// What is left of the properties of a stored event, where that is less.
    pub fn left_of_event(&self, properties: &Properties) -> Option<Properties> {
        match self.kept_of_event(properties) {
            Cow::Borrowed(_) => None,
            Cow::Owned(left) => Some(left),
        }
    }

    /// What of them reaches stored data.
    pub fn scrub_rules(&self) -> ScrubRules {
        ScrubRules {
            stored_address: self.switches.is_on(Switch::Address),
            user_agent: self.switches.is_on(Switch::UserAgent),
            target_text: self.switches.is_on(Switch::TargetText),
            event_properties: texts(&self.event_properties),
            user_properties: texts(&self.user_properties),
            capture: self.capture,
            pages: texts(&self.pages),
        }
    }
}

impl ScrubRules {
    /// Settings that leave of stored data what these do; nothing where a line is none.
    pub fn privacy(&self) -> Option<Privacy> {
        let switches = Switches::of(|switch| match switch {
            Switch::Address => self.stored_address,
            Switch::UserAgent => self.user_agent,
            Switch::TargetText => self.target_text,
            Switch::Location | Switch::PrivacyControl => false,
        });
        Some(Privacy {
            switches,
            event_properties: read(&self.event_properties)?,
            user_properties: read(&self.user_properties)?,
            capture: self.capture,
            pages: read(&self.pages)?,
            ..Privacy::default()
        })
    }
}

fn texts<T: Display>(lines: &Lines<T>) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

fn read<T: Line>(lines: &[String]) -> Option<Lines<T>> {
    Lines::read(&lines.join("\n"))
}
