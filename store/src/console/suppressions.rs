//! Those of whom nothing is collected again after they were erased.

use std::collections::BTreeSet;

use domain::{
    audit::Deed,
    collect::Who,
    deletion::Suppression,
    id::{AccountId, EnvironmentId, RequestId},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Console,
    environments::{lock_rules, rules_changed},
};
use crate::{
    Error, Maintenance,
    access::{DeleteUsers, Granted, View},
    engine::{Tx, args, statements},
    keys::Keys,
};

statements! {
    SUPPRESSIONS_LIST = "SELECT s.request_id, MIN(s.created_at) AS created_at, MIN(s.until) AS until, SUM(CASE WHEN s.is_name THEN 1 ELSE 0 END) AS hashes, d.requested_by_name FROM suppressions s JOIN deletion_requests d ON d.id = s.request_id WHERE s.account_id = $1 AND s.until > $2 GROUP BY s.request_id, d.requested_by_name ORDER BY s.request_id DESC LIMIT $3";
    SUPPRESSION_ONE = "SELECT s.request_id, MIN(s.created_at) AS created_at, MIN(s.until) AS until, SUM(CASE WHEN s.is_name THEN 1 ELSE 0 END) AS hashes, d.requested_by_name FROM suppressions s JOIN deletion_requests d ON d.id = s.request_id WHERE s.account_id = $1 AND s.until > $2 AND s.request_id = $3 GROUP BY s.request_id, d.requested_by_name";
    SUPPRESSION_LIFT = "DELETE FROM suppressions WHERE account_id = $1 AND request_id = $2";
    SUPPRESSIONS_EXPIRED = "DELETE FROM suppressions WHERE until <= $1";
    SUPPRESSION_ENVIRONMENTS = "SELECT id FROM environments WHERE account_id = $1 AND deleted_at IS NULL";
}

/// How many requests the list shows: the newest.
pub const SUPPRESSIONS_SHOWN: u32 = 200;

/// What one request keeps out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressing {
    /// The request.
    pub request: RequestId,
    /// Who asked for it.
    pub by: String,
    /// Since when.
    pub since: Millis,
    /// Until when; [`Suppression::EVER`] where it does not end by itself.
    pub until: Millis,
    /// How many identities and user ids.
    pub hashes: u32,
}

#[derive(FromRow)]
struct Row {
    request_id: Uuid,
    created_at: i64,
    until: i64,
    hashes: i64,
    requested_by_name: String,
}

impl Console {
    /// The newest [`SUPPRESSIONS_SHOWN`] requests that keep somebody out.
    ///
    /// # Errors
    /// `Database`.
    pub async fn suppressions(&self, granted: &Granted<View>) -> Result<Vec<Suppressing>, Error> {
        let rows: Vec<Row> =
            self.db.read().await?.all(&SUPPRESSIONS_LIST, args![granted.account, self.surroundings.now(), SUPPRESSIONS_SHOWN]).await?;
        Ok(rows.into_iter().map(Suppressing::from).collect())
    }

    /// What one request keeps out.
    ///
    /// # Errors
    /// `NotFound` where it keeps nobody out.
    pub async fn suppression(&self, granted: &Granted<View>, request: RequestId) -> Result<Suppressing, Error> {
        let args = args![granted.account, self.surroundings.now(), request];
        let row: Row = self.db.read().await?.one(&SUPPRESSION_ONE, args).await?;
        Ok(row.into())
    }

    /// By which request somebody is kept out, if they are.
    ///
    /// # Errors
    /// `Database`.
    pub async fn suppressing(&self, granted: &Granted<DeleteUsers>, who: &Who) -> Result<Option<RequestId>, Error> {
        const HEAD: &str = "SELECT request_id FROM suppressions WHERE account_id = $1 AND until > $2 AND hash";
        let mut tx = self.db.read().await?;
        let environments: Vec<(i64,)> = tx.all(&SUPPRESSION_ENVIRONMENTS, args![granted.account]).await?;
        let mut hashes = vec![self.keys.suppression(granted.account, who)];
        for (id,) in environments {
            let environment = EnvironmentId::new(id).map_err(|_| Error::Inconsistent { table: "environments" })?;
            hashes.push(self.keys.first_user(environment, who).key);
        }
        let rows: Vec<(Uuid,)> = tx.all_in(HEAD, &args![granted.account, self.surroundings.now()], &hashes, "LIMIT 1").await?;
        Ok(rows.first().map(|(request,)| RequestId(*request)))
    }

    /// Lets everybody in again whom a request keeps out.
    ///
    /// # Errors
    /// `NotFound` where it keeps nobody out.
    pub async fn lift_suppression(&self, granted: &Granted<DeleteUsers>, request: RequestId) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        lock_rules(&mut change.tx).await?;
        let row: Row = change.tx.one(&SUPPRESSION_ONE, args![change.account, change.now, request]).await?;
        change.tx.execute(&SUPPRESSION_LIFT, args![change.account, request]).await?;
        rules_changed(&mut change.tx, change.account).await?;
        change.commit(&Deed::SuppressionLifted { request, hashes: Suppressing::from(row).hashes }).await
    }
}

/// Whom a request keeps out: by their names, and by the keys that these led to.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hashes {
    pub(crate) names: BTreeSet<i64>,
    pub(crate) keys: BTreeSet<i64>,
}

impl Hashes {
    pub(super) fn of<'n>(keys: &Keys, account: AccountId, names: impl Iterator<Item = &'n Who>, users: impl Iterator<Item = i64>) -> Self {
        Self { names: names.map(|who| keys.suppression(account, who)).collect(), keys: users.collect() }
    }
}

/// Keeps these out from now on. To be called under the exclusive lock of the rules.
pub(crate) async fn suppress(
    tx: &mut Tx,
    account: AccountId,
    request: RequestId,
    hashes: &Hashes,
    (since, until): (Millis, Millis),
) -> Result<(), Error> {
    const HEAD: &str = "INSERT INTO suppressions (account_id, hash, request_id, created_at, until, is_name)";
    const TAIL: &str = "ON CONFLICT (account_id, hash, request_id) DO NOTHING";
    let of = |hash: i64, is_name: bool| args![account, hash, request, since, until, is_name];
    let names = hashes.names.iter().map(|hash| of(*hash, true));
    let rows = names.chain(hashes.keys.difference(&hashes.names).map(|hash| of(*hash, false))).collect();
    tx.insert(HEAD, rows, TAIL).await?;
    rules_changed(tx, account).await
}

impl From<Row> for Suppressing {
    fn from(row: Row) -> Self {
        Self {
            request: RequestId(row.request_id),
            by: row.requested_by_name,
            since: Millis(row.created_at),
            until: Millis(row.until),
            hashes: u32::try_from(row.hashes).unwrap_or(u32::MAX),
        }
    }
}

impl Maintenance {
    /// Forgets those whose time is over. They count no more before that, so nothing else changes.
    ///
    /// # Errors
    /// `Database`.
    pub async fn unscoped_forget_suppressions(&self) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        tx.execute(&SUPPRESSIONS_EXPIRED, args![self.surroundings.now()]).await?;
        tx.commit().await
    }
}

/// In the transaction that takes a request back.
pub(super) async fn lift(tx: &mut Tx, account: AccountId, request: RequestId) -> Result<(), Error> {
    if tx.execute(&SUPPRESSION_LIFT, args![account, request]).await? > 0 {
        rules_changed(tx, account).await?;
    }
    Ok(())
}

/// Until when, where it ends by itself.
pub(crate) fn ends(until: Millis) -> Option<Millis> {
    (until != Suppression::EVER).then_some(until)
}
