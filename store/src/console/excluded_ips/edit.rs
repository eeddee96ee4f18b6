//! Changing a list.

mod plan;

use domain::{
    audit::{Deed, LINES_NAMED},
    excluded_ip::{Caution, Line, MAX_LINES, Pattern},
    id::EnvironmentId,
    invalid::Problem,
};

use super::{count, scope, version};
use crate::{
    Error,
    access::{Granted, ManageExcludedIps},
    console::{Console, environments},
    engine::{args, statements},
};
use plan::{Plan, Stored};

statements! {
    LIST_RAISE = "INSERT INTO excluded_ip_lists (account_id, environment_id, version) VALUES ($1, $2, 1) ON CONFLICT (account_id, environment_id) DO UPDATE SET version = excluded_ip_lists.version + 1";
    LINES_STORED = "SELECT position, pattern, added_by, added_at FROM excluded_ips WHERE account_id = $1 AND environment_id = $2 ORDER BY position";
    LINES_DELETE = "DELETE FROM excluded_ips WHERE account_id = $1 AND environment_id = $2";
}

/// What becomes of a list.
#[derive(Debug, Clone, Copy)]
pub enum Edit<'a> {
    /// These lines instead, by who edited this version of the list. Those that stay keep who added them and when.
    Replace {
        /// The version that was edited.
        version: i64,
        /// The new list, no pattern twice.
        lines: &'a [Line],
    },
    /// These lines besides, no pattern twice; those that are there already stay as they are. No version: nobody's change is lost by it.
    Add(&'a [Line]),
    /// This one no longer. No version: it names what goes.
    Remove(Pattern),
}

/// What a change of a list came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edited {
    /// Lines that were not there before.
    pub added: u32,
    /// Lines that are not there any more.
    pub removed: u32,
}

impl Console {
    /// Changes a list. From the answer on nothing from its addresses is stored, on any server.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when somebody else saved meanwhile; `Invalid` when `caution` has doubts about new lines, or the list grows beyond
    /// [`MAX_LINES`].
    pub async fn edit_excluded_ips(
        &self,
        granted: &Granted<ManageExcludedIps>,
        environment: Option<EnvironmentId>,
        edit: Edit<'_>,
        caution: &Caution<'_>,
    ) -> Result<Edited, Error> {
        let mut change = self.begin(granted).await?;
        let name = match environment {
            Some(id) => Some(environments::one(&mut change.tx, change.account, id).await?.name),
            None => None,
        };
        let (account, scope) = (change.account, scope(environment));
        if matches!(edit, Edit::Replace { version: edited, .. } if version(&mut change.tx, account, scope).await? != edited) {
            return Err(Error::Conflict);
        }
        let by = granted.actor.person().ok_or(Error::Forbidden)?;
        let before: Vec<Stored> = change.tx.all(&LINES_STORED, args![account, scope]).await?;
        let plan = Plan::of(before, edit);
        caution.judge(plan.added())?;
        if plan.len > MAX_LINES as usize {
            return Err(Error::mistake(caution.field, Problem::TooMany { max: MAX_LINES }));
        }
        let edited = Edited { added: count(plan.added().count()), removed: count(plan.removed.len()) };
        if edited == Edited::default() && !plan.clears {
            return Ok(edited);
        }
        let deed = Deed::ExcludedIpsSaved {
            environment: name,
            added: edited.added,
            removed: edited.removed,
            added_lines: plan.added().take(LINES_NAMED).map(|line| line.pattern.to_string()).collect(),
            removed_lines: plan.removed.iter().take(LINES_NAMED).map(|line| line.pattern.clone()).collect(),
        };
        if plan.clears {
            change.tx.execute(&LINES_DELETE, args![account, scope]).await?;
        } else {
            let gone: Vec<i64> = plan.removed.iter().map(|line| line.position).collect();
            let head = "DELETE FROM excluded_ips WHERE account_id = $1 AND environment_id = $2 AND position";
            change.tx.execute_in(head, &args![account, scope], &gone, "").await?;
        }
        let head = "INSERT INTO excluded_ips (account_id, environment_id, position, pattern, note, added_by, added_at)";
        change.tx.insert(head, plan.rows(account, scope, by, change.now), "").await?;
        // Only now: lines can be many, and every batch of the collector waits for this lock until the commit.
        change.tx.lock_rules_exclusively().await?;
        change.tx.execute(&LIST_RAISE, args![account, scope]).await?;
        environments::rules_changed(&mut change.tx, account).await?;
        change.commit(&deed).await?;
        Ok(edited)
    }
}
