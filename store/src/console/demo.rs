//! Accounts of made-up data, which go as a whole.

use domain::id::PersonId;
use uuid::Uuid;

use super::{Change, Console, environments};
use crate::{
    Error,
    access::{Granted, ManageAccount, View},
    engine::{Sql, args, statements},
};

statements! {
    ANY_OTHER = "SELECT id FROM accounts WHERE demo_since IS NULL LIMIT 1";
    DEMO_SINCE = "SELECT demo_since FROM accounts WHERE id = $1";
    DEMO_ENVIRONMENTS = "SELECT id FROM environments WHERE account_id = $1 AND deleted_at IS NULL ORDER BY id";
    DEMO_PEOPLE = "SELECT person_id FROM teammates WHERE account_id = $1 ORDER BY person_id";
    DEMO_PROJECTS = "UPDATE projects SET deleted_at = COALESCE(deleted_at, $2) WHERE account_id = $1";
    /// A request that is under way goes on; its row stays and names nobody.
    DEMO_REQUESTS_UNNAME = "UPDATE deletion_requests SET requested_by = NULL, requested_by_name = '' WHERE account_id = $1";
    DEMO_RECEIPTS = "DELETE FROM receipts WHERE request_id IN (SELECT id FROM deletion_requests WHERE account_id = $1 AND completed_at IS NOT NULL)";
    DEMO_SUPPRESSIONS = "DELETE FROM suppressions WHERE account_id = $1";
    DEMO_UPLOADS = "DELETE FROM deletion_uploads WHERE account_id = $1";
    DEMO_EXPORT_PARTS = "DELETE FROM export_parts WHERE export_id IN (SELECT id FROM exports WHERE account_id = $1)";
    DEMO_EXPORT_SUBJECTS = "DELETE FROM export_subjects WHERE export_id IN (SELECT id FROM exports WHERE account_id = $1)";
    /// A job for one of them finds nothing to do.
    DEMO_EXPORTS = "DELETE FROM exports WHERE account_id = $1";
    DEMO_COUNTS = "DELETE FROM deletion_counts WHERE request_id IN (SELECT id FROM deletion_requests WHERE account_id = $1 AND completed_at IS NOT NULL)";
    DEMO_REQUESTS = "DELETE FROM deletion_requests WHERE account_id = $1 AND completed_at IS NOT NULL";
    DEMO_INVITES = "DELETE FROM invites WHERE account_id = $1";
    DEMO_LETTERS = "DELETE FROM outbox WHERE account_id = $1";
    DEMO_EXCLUDED_IPS = "DELETE FROM excluded_ips WHERE account_id = $1";
    DEMO_EXCLUDED_IP_LISTS = "DELETE FROM excluded_ip_lists WHERE account_id = $1";
    DEMO_API_KEYS = "DELETE FROM api_keys WHERE account_id = $1";
    DEMO_LOG = "DELETE FROM audit_log WHERE account_id = $1";
    DEMO_TEAMMATES = "DELETE FROM teammates WHERE account_id = $1";
    DEMO_END = "UPDATE accounts SET name = '', removed_at = $2 WHERE id = $1";
    /// Nobody's teammate, and named by no row of another account.
    PERSON_IS_NOWHERE = "SELECT p.id FROM people p WHERE p.id = $1 AND NOT EXISTS (SELECT 1 FROM teammates t WHERE t.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM invites i WHERE i.invited_by = p.id) AND NOT EXISTS (SELECT 1 FROM excluded_ips x WHERE x.added_by = p.id) AND NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.created_by = p.id)";
    PERSON_LETTERS = "DELETE FROM outbox WHERE subject_id IN (SELECT id FROM password_resets WHERE person_id = $1)";
    PERSON_RESETS = "DELETE FROM password_resets WHERE person_id = $1";
    PERSON_SIGN_INS = "DELETE FROM sign_ins WHERE person_id = $1";
    PERSON_DELETE = "DELETE FROM people WHERE id = $1";
}

/// What goes at once, in an order that no reference stands against. The rows of environments go by the worker.
const OF_THE_ACCOUNT: [&Sql; 16] = [
    &DEMO_SUPPRESSIONS,
    &DEMO_UPLOADS,
    &DEMO_EXPORT_PARTS,
    &DEMO_EXPORT_SUBJECTS,
    &DEMO_EXPORTS,
    &DEMO_REQUESTS_UNNAME,
    &DEMO_RECEIPTS,
    &DEMO_COUNTS,
    &DEMO_REQUESTS,
    &DEMO_INVITES,
    &DEMO_LETTERS,
    &DEMO_EXCLUDED_IPS,
    &DEMO_EXCLUDED_IP_LISTS,
    &DEMO_API_KEYS,
    &DEMO_LOG,
    &DEMO_TEAMMATES,
];

impl Console {
    /// Whether there is an account of anything but made-up data. Such an account stays.
    ///
    /// # Errors
    /// `Database`.
    pub async fn is_in_use(&self) -> Result<bool, Error> {
        let found: Option<(Uuid,)> = self.db.read().await?.opt(&ANY_OTHER, args![]).await?;
        Ok(found.is_some())
    }

    /// Whether the account holds made-up data.
    ///
    /// # Errors
    /// `Database`.
    pub async fn is_demo(&self, granted: &Granted<View>) -> Result<bool, Error> {
        let (since,): (Option<i64>,) = self.db.read().await?.one(&DEMO_SINCE, args![granted.account]).await?;
        Ok(since.is_some())
    }

    /// Removes an account of made-up data with everything in it, and those of its teammates who are in no other. Its environments are invisible and refuse
    /// at once; their rows go by the worker, and their ids are never used again.
    ///
    /// # Errors
    /// `NotFound` for an account of anything else.
    pub async fn remove_demo(&self, granted: &Granted<ManageAccount>) -> Result<(), Error> {
        let mut change = self.begin(granted).await?;
        let account = change.account;
        let (since,): (Option<i64>,) = change.tx.one(&DEMO_SINCE, args![account]).await?;
        since.ok_or(Error::NotFound)?;
        environments::lock_rules(&mut change.tx).await?;
        let ids: Vec<(i64,)> = change.tx.all(&DEMO_ENVIRONMENTS, args![account]).await?;
        for (id,) in ids {
            environments::mark_deleted(&mut change, self, id).await?;
        }
        environments::rules_changed(&mut change.tx, account).await?;
        change.tx.execute(&DEMO_PROJECTS, args![account, change.now]).await?;
        let people: Vec<(Uuid,)> = change.tx.all(&DEMO_PEOPLE, args![account]).await?;
        for sql in OF_THE_ACCOUNT {
            change.tx.execute(sql, args![account]).await?;
        }
        for (person,) in people {
            forget(&mut change, PersonId(person)).await?;
        }
        change.tx.execute(&DEMO_END, args![account, change.now]).await?;
        change.commit_the_end().await
    }
}

/// Who is in another account, or named there, stays.
async fn forget(change: &mut Change, person: PersonId) -> Result<(), Error> {
    if change.tx.opt::<(Uuid,)>(&PERSON_IS_NOWHERE, args![person]).await?.is_some() {
        for sql in [&PERSON_LETTERS, &PERSON_RESETS, &PERSON_SIGN_INS, &PERSON_DELETE] {
            change.tx.execute(sql, args![person]).await?;
        }
    }
    Ok(())
}
