//! What an environment keeps of what clients send.

use domain::{
    audit::Deed,
    id::EnvironmentId,
    privacy::{Privacy, Switch},
};

use super::{Change, Console, deletion_requests::turning, environments};
use crate::{
    Error,
    access::{Granted, ManagePrivacy, View},
    collector::PrivacyRow,
    engine::{Tx, args, statements},
    maintenance::retain,
    surroundings::Surroundings,
};

statements! {
    PRIVACY_ONE = "SELECT environment_id, version, stored_address, location, user_agent, privacy_control, target_text, hosts, event_properties, user_properties, capture, pages, retention_days FROM privacy_settings WHERE environment_id = $1";
    PRIVACY_SAVE = "INSERT INTO privacy_settings (environment_id, version, stored_address, location, user_agent, privacy_control, target_text, hosts, event_properties, user_properties, capture, pages, retention_days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (environment_id) DO UPDATE SET version = excluded.version, stored_address = excluded.stored_address, location = excluded.location, user_agent = excluded.user_agent, privacy_control = excluded.privacy_control, target_text = excluded.target_text, hosts = excluded.hosts, event_properties = excluded.event_properties, user_properties = excluded.user_properties, capture = excluded.capture, pages = excluded.pages, retention_days = excluded.retention_days";
}

/// The settings as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacySettings {
    /// Raised by every save; a save names the one that it edited.
    pub version: i64,
    /// What is kept.
    pub privacy: Privacy,
}

impl Console {
    /// The settings of an environment.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn privacy(&self, granted: &Granted<View>, environment: EnvironmentId) -> Result<PrivacySettings, Error> {
        let mut tx = self.db.read().await?;
        environments::one(&mut tx, granted.account, environment).await?;
        settings(&mut tx, environment).await
    }

    /// Sets them all at once, by who edited this version of them. They count for what comes from the answer on, on every server; what is there already stays as it is, but
    /// for what is older than it is to be kept, which goes once the account's grace period is over.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when somebody else saved meanwhile.
    pub async fn save_privacy(
        &self,
        granted: &Granted<ManagePrivacy>,
        environment: EnvironmentId,
        version: i64,
        privacy: &Privacy,
    ) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        let name = environments::one(&mut change.tx, change.account, environment).await?.name;
        let before = settings(&mut change.tx, environment).await?;
        if before.version != version {
            return Err(Error::Conflict);
        }
        let changes = before.privacy.changes(privacy);
        if changes.is_empty() {
            return Ok(());
        }
        // From here on no batch that decided by the old rules can still commit.
        environments::lock_rules(&mut change.tx).await?;
        let is_on = |switch| privacy.switches.is_on(switch);
        let row = args![
            environment,
            version + 1,
            is_on(Switch::Address),
            is_on(Switch::Location),
            is_on(Switch::UserAgent),
            is_on(Switch::PrivacyControl),
            is_on(Switch::TargetText),
            privacy.hosts.to_string(),
            privacy.event_properties.to_string(),
            privacy.user_properties.to_string(),
            privacy.capture.as_str(),
            privacy.pages.to_string(),
            privacy.retention.map(|retention| i64::from(retention.days())),
        ];
        change.tx.execute(&PRIVACY_SAVE, row).await?;
        environments::rules_changed(&mut change.tx, change.account).await?;
        if privacy.retention != before.privacy.retention {
            look_for_older(&mut change, &self.surroundings, environment).await?;
        }
        change.commit(&Deed::PrivacyChanged { environment: name, changes }).await
    }
}

/// Where data is kept for some time alone, has a look at what is older from the end of the account's grace period on: until then the setting can be taken back.
pub(super) async fn look_for_older(change: &mut Change, surroundings: &Surroundings, environment: EnvironmentId) -> Result<(), Error> {
    if settings(&mut change.tx, environment).await?.privacy.retention.is_none() {
        return Ok(());
    }
    let grace = turning::grace(&mut change.tx, change.account).await?;
    let now = change.tx.received_at(surroundings).await?;
    retain::begin(&mut change.tx, environment.get(), now.plus_minutes(i64::from(grace.hours()) * 60)).await
}

/// Those of a new environment before the first save, which is of version 0.
pub(super) async fn settings(tx: &mut Tx, environment: EnvironmentId) -> Result<PrivacySettings, Error> {
    match tx.opt::<PrivacyRow>(&PRIVACY_ONE, args![environment]).await? {
        None => Ok(PrivacySettings { version: 0, privacy: Privacy::default() }),
        Some(row) => Ok(PrivacySettings { version: row.version, privacy: row.try_into()? }),
    }
}
