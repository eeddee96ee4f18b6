//! What is either on or off.

use serde::{Deserialize, Serialize};

use crate::invalid::Field;

/// Something that is kept or honoured, or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// The address of the client is kept.
    Address,
    /// Country, region and city are derived from the address.
    Location,
    /// The browser's name for itself is kept.
    UserAgent,
    /// Whoever objects by Global Privacy Control is not collected.
    PrivacyControl,
    /// The text of what was clicked is kept.
    TargetText,
}

impl Switch {
    /// Every switch there is, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Address, Self::Location, Self::UserAgent, Self::TargetText, Self::PrivacyControl];

    /// How it stands where nobody turned it: no more is collected than clients send.
    const fn at_first(self) -> bool {
        match self {
            Self::Location | Self::TargetText => true,
            Self::Address | Self::UserAgent | Self::PrivacyControl => false,
        }
    }

    /// Its field in the form.
    pub const fn field(self) -> Field {
        match self {
            Self::Address => Field::StoredAddress,
            Self::Location => Field::Location,
            Self::UserAgent => Field::UserAgent,
            Self::PrivacyControl => Field::PrivacyControl,
            Self::TargetText => Field::TargetText,
        }
    }
}

/// How every switch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switches([bool; Switch::ALL.len()]);

impl Default for Switches {
    fn default() -> Self {
        Self::of(Switch::at_first)
    }
}

impl Switches {
    /// Asks for each.
    pub fn of(is_on: impl FnMut(Switch) -> bool) -> Self {
        Self(Switch::ALL.map(is_on))
    }

    /// Whether it is on.
    pub fn is_on(self, switch: Switch) -> bool {
        Switch::ALL.into_iter().zip(self.0).any(|(known, is_on)| known == switch && is_on)
    }
}
