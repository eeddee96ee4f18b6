//! Why something was left out on purpose.

use domain::privacy;
use http::{HeaderName, HeaderValue};
use store::collector::Outcome;

/// On an answer of 200 to events that were not stored, or not all of them, with the reason.
pub(super) const IGNORED: HeaderName = HeaderName::from_static("x-cairn-ignored");

/// A reason, by what the account or the environment says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ignored {
    ExcludedIp,
    PrivacyControl,
    Host,
    /// Counts for each event by itself.
    Capture,
}

impl Ignored {
    pub(super) const ALL: [Self; 4] = [Self::ExcludedIp, Self::PrivacyControl, Self::Host, Self::Capture];

    pub(super) fn of(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Stored | Outcome::UnknownEnvironment => None,
            Outcome::PartlyCaptured | Outcome::NotCaptured => Some(Self::Capture),
            Outcome::Excluded => Some(Self::ExcludedIp),
            Outcome::Ignored(privacy::Ignored::PrivacyControl) => Some(Self::PrivacyControl),
            Outcome::Ignored(privacy::Ignored::Host) => Some(Self::Host),
        }
    }

    /// What the header says.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::ExcludedIp => "excluded-ip",
            Self::PrivacyControl => "gpc",
            Self::Host => "host",
            Self::Capture => "capture",
        }
    }

    pub(super) const fn header(self) -> (HeaderName, HeaderValue) {
        (IGNORED, HeaderValue::from_static(self.word()))
    }

    /// What a refusal says.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::ExcludedIp => "Nothing is collected from this address",
            Self::PrivacyControl => "Nothing is collected from a browser that objects by Global Privacy Control",
            Self::Host => "Nothing is collected from this site",
            Self::Capture => "Nothing is collected from this page",
        }
    }
}
