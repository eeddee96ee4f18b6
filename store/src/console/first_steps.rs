//! The list of first steps of a new account, until somebody puts it away.

use domain::{audit::Deed, first_steps::FirstSteps};

use super::Console;
use crate::{
    Error,
    access::{Granted, ManageAccount, View},
    engine::{args, statements},
};

statements! {
    /// An account of made-up data has no first steps.
    FIRST_STEPS = "SELECT EXISTS (SELECT 1 FROM environments e WHERE e.account_id = a.id AND e.deleted_at IS NULL AND e.last_received_at IS NOT NULL), EXISTS (SELECT 1 FROM invites i WHERE i.account_id = a.id) OR EXISTS (SELECT 1 FROM teammates t WHERE t.account_id = a.id LIMIT 1 OFFSET 1), EXISTS (SELECT 1 FROM excluded_ips x WHERE x.account_id = a.id) FROM accounts a WHERE a.id = $1 AND a.first_steps_dismissed_at IS NULL AND a.demo_since IS NULL";
    FIRST_STEPS_DISMISS = "UPDATE accounts SET first_steps_dismissed_at = $2 WHERE id = $1 AND first_steps_dismissed_at IS NULL AND demo_since IS NULL";
}

impl Console {
    /// Which steps are done; `None` where the list was put away, or there never was one.
    ///
    /// # Errors
    /// `Database`.
    pub async fn first_steps(&self, granted: &Granted<View>) -> Result<Option<FirstSteps>, Error> {
        let row: Option<(bool, bool, bool)> = self.db.read().await?.opt(&FIRST_STEPS, args![granted.account]).await?;
        let steps =
            |(event_received, somebody_invited, address_excluded)| FirstSteps { event_received, somebody_invited, address_excluded };
        Ok(row.map(steps))
    }

    /// Puts the list away, for all teammates and for good. Where it is gone already, nothing changes.
    ///
    /// # Errors
    /// `Database`.
    pub async fn dismiss_first_steps(&self, granted: &Granted<ManageAccount>) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        match change.tx.execute(&FIRST_STEPS_DISMISS, args![change.account, change.now]).await? {
            0 => Ok(()),
            _ => change.commit(&Deed::FirstStepsDismissed).await,
        }
    }
}
