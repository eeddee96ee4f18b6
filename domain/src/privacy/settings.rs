//! The settings of an environment, and their form.

use serde::{Deserialize, Serialize};

use super::{HostPattern, Lines, NamePattern, PagePattern, Retention, Switch, Switches};
use crate::invalid::{Field, Invalid, Mistakes, Problem};

/// Of which pages events are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capture {
    /// Of all.
    #[default]
    All,
    /// Of all but those of a list.
    Block,
    /// Of those of a list alone.
    Allow,
}

impl Capture {
    /// Every way there is.
    pub const ALL: [Self; 3] = [Self::All, Self::Block, Self::Allow];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Block => "block",
            Self::Allow => "allow",
        }
    }

    /// The reverse of [`Capture::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capture| capture.as_str() == word)
    }
}

/// What an environment keeps of what clients send.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Privacy {
    /// What is on and off.
    pub switches: Switches,
    /// The hosts of pages that may send; every host may where the list is empty.
    pub hosts: Lines<HostPattern>,
    /// Properties of events that are not kept.
    pub event_properties: Lines<NamePattern>,
    /// Properties of users that are not kept.
    pub user_properties: Lines<NamePattern>,
    /// What `pages` is for.
    pub capture: Capture,
    /// Pages whose events are kept, or not.
    pub pages: Lines<PagePattern>,
    /// For how long everything is kept; for ever without one.
    pub retention: Option<Retention>,
}

/// The form, as it was typed.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "each is a field of the form")]
pub struct Typed<'a> {
    pub stored_address: &'a str,
    pub location: &'a str,
    pub user_agent: &'a str,
    pub privacy_control: &'a str,
    pub target_text: &'a str,
    pub hosts: &'a str,
    pub event_properties: &'a str,
    pub user_properties: &'a str,
    pub capture: &'a str,
    pub pages: &'a str,
    pub retention: &'a str,
}

impl Typed<'_> {
    const fn switch(&self, switch: Switch) -> &str {
        match switch {
            Switch::Address => self.stored_address,
            Switch::Location => self.location,
            Switch::UserAgent => self.user_agent,
            Switch::PrivacyControl => self.privacy_control,
            Switch::TargetText => self.target_text,
        }
    }
}

impl Privacy {
    /// Checks everything at once.
    ///
    /// # Errors
    /// Every mistake, of lists with its line.
    pub fn parse(typed: &Typed<'_>) -> Result<Self, Invalid> {
        let mut mistakes = Mistakes::new();
        let switches = Switches::of(|switch| match typed.switch(switch) {
            "on" => true,
            word => {
                if word != "off" {
                    mistakes.add(switch.field(), None, Problem::NotAChoice);
                }
                false
            }
        });
        let capture = mistakes.take(Field::Capture, Capture::parse(typed.capture).ok_or(Problem::NotAChoice));
        if !matches!(capture, None | Some(Capture::All)) && typed.pages.trim().is_empty() {
            mistakes.add(Field::Pages, None, Problem::Empty);
        }
        let privacy = Self {
            switches,
            capture: capture.unwrap_or_default(),
            pages: Lines::parse(Field::Pages, typed.pages, &mut mistakes),
            hosts: Lines::parse(Field::Hosts, typed.hosts, &mut mistakes),
            event_properties: Lines::parse(Field::EventProperties, typed.event_properties, &mut mistakes),
            user_properties: Lines::parse(Field::UserProperties, typed.user_properties, &mut mistakes),
            retention: mistakes.take(Field::Retention, Retention::parse(typed.retention)).flatten(),
        };
        mistakes.finish().map(|()| privacy)
    }
}
