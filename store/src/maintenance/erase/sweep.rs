//! Going over what an environment holds, row by row in the order of the keys: what is older than it is to be kept, or what privacy settings would not have kept.
//!
//! A reader looks for rows that have to go or to be changed, and the writer is taken for these alone. Passes are repeated until all of them find nothing, so the last ones are the count that a
//! request ends with. What is received meanwhile is newer than the cut, and rehoming, which moves rows, waits for the request.

mod apply;
pub(super) mod gone;
pub(in crate::maintenance) mod look;

use look::Due;

use std::time::Instant;

use domain::{
    deletion::Counts,
    id::RequestId,
    privacy::{Capture, Privacy},
    time::Millis,
};

use super::{Claimed, EraseStep, Maintenance, Order, subjects::Place};
use crate::{Error, maintenance::jobs::Pass};

/// What is gone over, and what goes.
#[derive(Debug, Clone)]
pub(in crate::maintenance) struct Swept {
    pub(in crate::maintenance) environment: i64,
    /// Rows that were received later are left alone.
    pub(in crate::maintenance) cut: Millis,
    pub(in crate::maintenance) rule: Rule,
}

/// What has to go.
#[derive(Debug, Clone)]
pub(in crate::maintenance) enum Rule {
    /// Everything up to the cut, but users of whom there is something newer and what is known of them.
    Older,
    /// What these settings would not have kept.
    Settings(Box<Privacy>),
}

impl Rule {
    const fn first(&self) -> Pass {
        match self {
            Self::Older => Pass::Events,
            // Judged before properties go, of which one may tell the page.
            Self::Settings(privacy) => match privacy.capture {
                Capture::All => Pass::Events,
                Capture::Block | Capture::Allow => Pass::Pages,
            },
        }
    }

    /// The pass after another one.
    pub(in crate::maintenance) const fn after(&self, pass: Pass) -> Option<Pass> {
        match (self, pass) {
            (Self::Older, Pass::Events) => Some(Pass::Users),
            (Self::Settings(_), Pass::Pages) => Some(Pass::Events),
            (Self::Settings(_), Pass::Events) => Some(Pass::Properties),
            _ => None,
        }
    }
}

impl Swept {
    /// Before the first row.
    pub(in crate::maintenance) const START: Place = (-1, i64::MIN);

    /// Where it begins.
    pub(super) const fn first(&self) -> EraseStep {
        Self::at(self.rule.first(), Self::START, false)
    }

    const fn at(pass: Pass, (first, second): Place, found: bool) -> EraseStep {
        EraseStep::Sweep(pass, first, second, found)
    }

    /// After the end of a pass. A pass is repeated until it finds nothing before the next one begins, since what an event tells of its page may go with the next.
    const fn after(&self, pass: Pass, found: bool) -> EraseStep {
        match (found, self.rule.after(pass)) {
            (true, _) => Self::at(pass, Self::START, false),
            (false, Some(next)) => Self::at(next, Self::START, false),
            (false, None) => EraseStep::Verify,
        }
    }
}

impl Maintenance {
    /// Looks at some rows, and erases or changes those that have to be.
    pub(super) async fn sweep(&self, claimed: &Claimed, request: RequestId, pass: Pass, after: Place, found: bool) -> Result<(), Error> {
        let order = Order::read(&mut self.db.read().await?, request).await?;
        let swept = order.swept().ok_or(Error::Inconsistent { table: "jobs" })?;
        let seen = self.look(swept, pass, after).await?;
        let found = found || !seen.due.is_empty();
        let mut tx = self.db.write().await?;
        if matches!(seen.due, Due::Users(_)) {
            // A batch that has looked up a user must not store rows for one who is gone.
            tx.lock_rules_exclusively().await?;
        }
        let chunk = self.chunks.begin(seen.due.work(), Instant::now());
        let now = tx.received_at(&self.surroundings).await?;
        let erased = apply::apply(&mut tx, &order, swept, seen.due, now).await?;
        if erased != Counts::default() {
            order.count(&mut tx, swept.environment, erased).await?;
        }
        let step = if seen.is_end { swept.after(pass, found) } else { Swept::at(pass, seen.place, found) };
        claimed.go_on(&mut tx, &order.job(step), now).await?;
        tx.commit().await?;
        chunk.end(erased.total(), Instant::now());
        Ok(())
    }
}

impl Order {
    /// What is gone over, where that is what the request does.
    pub(super) const fn swept(&self) -> Option<&Swept> {
        match &self.about {
            super::About::Swept(swept) => Some(swept),
            super::About::Named | super::About::Everything(_) => None,
        }
    }
}
