//! What a request that waits would erase, for who is to approve it.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{EnvironmentId, RequestId};

use super::{
    Deletions, Preview, count, everything,
    preview::environments,
    quotes::Quotes,
    reports::changing,
    resolve::Found,
    users::{everybody, page},
};
use crate::{
    Error,
    engine::{args, statements},
};

statements! {
    WAITING_SCOPE = "SELECT environment_id FROM deletion_requests WHERE account_id = $1 AND id = $2 AND state = 'pending' AND (sweep IS NULL OR sweep = 'everything')";
    WAITING_SUBJECTS = "SELECT environment_id, user_key FROM deletion_subjects WHERE request_id = $1";
}

impl Deletions<'_> {
    /// The users of a request that has not begun, as their data is now, with the first page of them. What quotes them was for who asked to edit.
    ///
    /// # Errors
    /// `NotFound` once it has begun, and for one that scrubs.
    pub async fn asked_for(&self, request: RequestId) -> Result<Preview, Error> {
        let account = self.granted.account;
        let mut tx = self.console.db.read().await?;
        let (scope,): (Option<i64>,) = tx.one(&WAITING_SCOPE, args![account, request]).await?;
        if let Some(environment) = scope {
            let environment = EnvironmentId::new(environment).map_err(|_| Error::Inconsistent { table: "deletion_requests" })?;
            drop(tx);
            let selection = self.everything(environment).await?;
            return everything::preview(&mut self.console.db.read().await?, account, &selection, 1, Some(request)).await;
        }
        let rows: Vec<(i64, i64)> = tx.all(&WAITING_SUBJECTS, args![request]).await?;
        let mut users: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for (environment, key) in rows {
            users.entry(environment).or_default().insert(key);
        }
        let found = Found { users, matched: BTreeSet::new() };
        let environments = environments(&mut tx, account, &found).await?;
        let all = everybody(&mut tx, &environments, &found).await?;
        let users = page(&mut tx, &environments, all, 1, Some(request)).await?;
        let reports = changing(&mut tx, &environments, &found).await?;
        let matched = count(users.total);
        let (missing, quotes, seal) = (Vec::new(), Quotes::default(), String::new());
        Ok(Preview { targets: matched, matched, unmatched: 0, missing, environments, users, quotes, reports, seal })
    }
}
