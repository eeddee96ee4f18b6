//! Making what is there already what the privacy settings of its environment would have kept of it.

use domain::{
    audit::Deed,
    deletion::Sweep,
    id::{EnvironmentId, RequestId},
    privacy::ScrubRules,
};

use super::{Deletions, making::New, preview};
use crate::{Error, console::privacy};

impl Deletions<'_> {
    /// Orders what an environment holds up to now to be scrubbed by its settings as they stand. As with every request, the account's grace period and its approval come first, and a receipt last.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn request_scrub(&self, environment: EnvironmentId) -> Result<RequestId, Error> {
        let mut change = self.console.begin(self.granted).await?;
        let found = preview::living(&mut change.tx, change.account, environment).await?;
        let cut = self.cut(&mut change).await?;
        let rules = privacy::settings(&mut change.tx, environment).await?.privacy.scrub_rules();
        let id = RequestId(self.console.surroundings.uuid());
        let new = New {
            cut,
            targets: 0,
            users: 0,
            property: None,
            sweep: Some((Sweep::Scrub, environment)),
            rules: Some(text(&rules)?),
            suppress_until: None,
        };
        self.make(&mut change, id, new, &[]).await?;
        change.commit(&Deed::ScrubRequested { request: id, environment: format!("{} / {}", found.project, found.name) }).await?;
        Ok(id)
    }
}

fn text(rules: &ScrubRules) -> Result<String, Error> {
    serde_json::to_string(rules).map_err(|_| Error::Inconsistent { table: "deletion_requests" })
}
