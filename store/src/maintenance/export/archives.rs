//! The end of archives: their time is over, somebody deleted them, or those whom they are about are erased.

use domain::{
    export::ExportState,
    id::{ExportId, RequestId},
    time::Millis,
};
use uuid::Uuid;

use super::Maintenance;
use crate::{
    Error,
    engine::{Tx, args, statements},
    maintenance::{
        erase::Order,
        jobs::{Job, lease::Claimed},
        scrub,
    },
};

statements! {
    /// Locks the rows, so that none of them gets a further part. A `CROSS JOIN` begins on SQLite with its left side, which is short: a request may have 100,000 users.
    WITHDRAW_OF_REQUEST = "UPDATE exports SET state = 'withdrawn', failure = NULL WHERE account_id = $1 AND state IN ('running', 'ready') AND id IN (SELECT s.export_id FROM export_subjects s CROSS JOIN deletion_subjects d WHERE d.environment_id = s.environment_id AND d.user_key = s.user_key AND d.request_id = $2)";
    WITHDRAW_OF_ENVIRONMENT = "UPDATE exports SET state = 'withdrawn', failure = NULL WHERE state IN ('running', 'ready') AND id IN (SELECT export_id FROM export_subjects WHERE environment_id = $1)";
    /// Whatever became of them: an archive that was deleted may still be there.
    ARCHIVES_OF_REQUEST = "SELECT DISTINCT s.export_id FROM export_subjects s CROSS JOIN deletion_subjects d WHERE d.environment_id = s.environment_id AND d.user_key = s.user_key AND d.request_id = $1";
    ARCHIVES_OF_ENVIRONMENT = "SELECT DISTINCT export_id FROM export_subjects WHERE environment_id = $1";
    PARTS_FORGET = "DELETE FROM export_parts WHERE (export_id, file, number) IN (SELECT export_id, file, number FROM export_parts WHERE export_id = $1 LIMIT $2)";
    EXPORTED_FORGET = "DELETE FROM export_subjects WHERE export_id = $1";
    EXPORT_STATE = "SELECT state, expires_at FROM exports WHERE id = $1";
    EXPORT_EXPIRED = "UPDATE exports SET state = 'expired' WHERE id = $1 AND state = 'ready'";
}

/// Of some 4 MiB, which is what a transaction may well take.
const PARTS_AT_ONCE: u32 = 16;

/// Whose archives are to go.
pub(in crate::maintenance) enum Whose<'a> {
    /// Those about anybody whom a deletion request erases.
    Request(&'a Order),
    /// Those with anything from an environment.
    Environment(i64),
}

/// Withdraws such archives and erases some of what they consist of. Answers whether there is more.
pub(in crate::maintenance) async fn withdraw(tx: &mut Tx, whose: &Whose<'_>) -> Result<bool, Error> {
    let environment = match whose {
        Whose::Environment(environment) => Some(*environment),
        Whose::Request(order) => order.environment(),
    };
    let found: Vec<(Uuid,)> = match (whose, environment) {
        (Whose::Request(order), None) => {
            let request: RequestId = order.id;
            tx.execute(&WITHDRAW_OF_REQUEST, args![order.account, request]).await?;
            tx.all(&ARCHIVES_OF_REQUEST, args![request]).await?
        }
        (_, environment) => {
            tx.execute(&WITHDRAW_OF_ENVIRONMENT, args![environment]).await?;
            tx.all(&ARCHIVES_OF_ENVIRONMENT, args![environment]).await?
        }
    };
    let mut left = PARTS_AT_ONCE;
    let mut more = false;
    for (export,) in found {
        more |= forget_some(tx, ExportId(export), &mut left).await?;
    }
    Ok(more)
}

/// Whose an archive is stays known until its last part is gone.
async fn forget_some(tx: &mut Tx, export: ExportId, left: &mut u32) -> Result<bool, Error> {
    let gone = u32::try_from(tx.execute(&PARTS_FORGET, args![export, *left]).await?).unwrap_or(u32::MAX);
    *left = left.saturating_sub(gone);
    if *left == 0 {
        return Ok(true);
    }
    tx.execute(&EXPORTED_FORGET, args![export]).await?;
    Ok(false)
}

impl Maintenance {
    /// Erases some of an archive; after its last part makes it unreadable in the files.
    pub(in crate::maintenance) async fn forget_export(&self, claimed: &mut Claimed, export: ExportId) -> Result<(), Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        let state: Option<(String, Option<i64>)> = tx.opt(&EXPORT_STATE, args![export]).await?;
        let job = Job::ForgetExport { export };
        if let Some((word, expires_at)) = state {
            let expires_at = expires_at.map_or(now, Millis);
            match ExportState::parse(&word) {
                Some(ExportState::Running) => {
                    claimed.finish(&mut tx).await?;
                    return tx.commit().await;
                }
                // The clock was set back.
                Some(ExportState::Ready) if expires_at > now => {
                    claimed.go_on(&mut tx, &job, expires_at).await?;
                    return tx.commit().await;
                }
                Some(ExportState::Ready) => drop(tx.execute(&EXPORT_EXPIRED, args![export]).await?),
                _ => {}
            }
        }
        if forget_some(&mut tx, export, &mut PARTS_AT_ONCE.clone()).await? {
            claimed.go_on(&mut tx, &job, now).await?;
            return tx.commit().await;
        }
        tx.commit().await?;
        claimed.keep_during(&self.db, &self.surroundings, scrub::scrub(&self.db, &self.chunks)).await?;
        let mut tx = self.db.write().await?;
        claimed.finish(&mut tx).await?;
        tx.commit().await
    }
}
