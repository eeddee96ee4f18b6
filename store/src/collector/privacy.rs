//! The settings of an environment, as they are stored.

use domain::privacy::{Capture, Lines, Privacy, Retention, Switch, Switches};
use sqlx::FromRow;

use crate::Error;

/// A row of `privacy_settings`.
#[derive(Debug, FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column")]
pub(crate) struct PrivacyRow {
    pub(crate) environment_id: i64,
    pub(crate) version: i64,
    stored_address: bool,
    location: bool,
    user_agent: bool,
    privacy_control: bool,
    target_text: bool,
    hosts: String,
    event_properties: String,
    user_properties: String,
    capture: String,
    pages: String,
    retention_days: Option<i64>,
}

impl PrivacyRow {
    fn parse(self) -> Option<Privacy> {
        let switches = Switches::of(|switch| match switch {
            Switch::Address => self.stored_address,
            Switch::Location => self.location,
            Switch::UserAgent => self.user_agent,
            Switch::PrivacyControl => self.privacy_control,
            Switch::TargetText => self.target_text,
        });
        Some(Privacy {
            switches,
            hosts: Lines::read(&self.hosts)?,
            event_properties: Lines::read(&self.event_properties)?,
            user_properties: Lines::read(&self.user_properties)?,
            capture: Capture::parse(&self.capture)?,
            pages: Lines::read(&self.pages)?,
            retention: match self.retention_days {
                None => None,
                Some(days) => Some(Retention::from_days(days)?),
            },
        })
    }
}

impl TryFrom<PrivacyRow> for Privacy {
    type Error = Error;

    fn try_from(row: PrivacyRow) -> Result<Self, Error> {
        row.parse().ok_or(Error::Inconsistent { table: "privacy_settings" })
    }
}
