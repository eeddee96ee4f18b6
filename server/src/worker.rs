//! Does what transactions left for later, a chunk at a time.

use std::{sync::Arc, time::Duration};

use store::{Maintenance, maintenance::Tick};
use tokio::{
    sync::Notify,
    time::{Instant, timeout},
};

use crate::{logging::cause, shutdown::Stopped};

/// Other servers leave work too, so the worker looks for itself.
const PAUSE: Duration = Duration::from_secs(1);
/// Each job has a pause of its own when it fails; this one is for a database that is away.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
const MOST_DOUBLINGS: u32 = 4;
/// How a database is queried depends on how large its tables are; and what has had its time goes.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// Wakes who does what requests leave for later. A clone is the same; [`Wake::beside`] makes another sleeper that is woken with it.
#[derive(Debug, Clone, Default)]
pub struct Wake {
    own: Arc<Notify>,
    beside: Vec<Arc<Notify>>,
}

impl Wake {
    /// There is something to do.
    pub fn now(&self) {
        self.own.notify_one();
        for other in &self.beside {
            other.notify_one();
        }
    }

    /// One who sleeps by themself, and is woken with this one from now on.
    #[must_use]
    pub fn beside(&mut self) -> Self {
        let other = Self::default();
        self.beside.push(Arc::clone(&other.own));
        other
    }

    /// Sleeps for `pause`, unless woken or stopped before.
    pub(crate) async fn rest(&self, stopped: &Stopped, pause: Duration) {
        let called = async {
            tokio::select! {
                () = self.own.notified() => {}
                () = stopped.clone().wait() => {}
            }
        };
        let _called_or_not = timeout(pause, called).await;
    }
}

/// Works until `stopped`, and stops between two chunks.
pub async fn run(maintenance: Maintenance, wake: Wake, stopped: Stopped) {
    let mut failures = 0;
    let mut tidied = None;
    while !stopped.is_now() {
        match tick(&maintenance).await {
            Some(Tick::Worked) => failures = 0,
            Some(Tick::Idle(_)) => {
                failures = 0;
                if tidied.is_none_or(|at: Instant| at.elapsed() > TIDY_EVERY) {
                    tidy(&maintenance).await;
                    tidied = Some(Instant::now());
                }
                wake.rest(&stopped, PAUSE).await;
            }
            None => {
                Wake::default().rest(&stopped, LONGEST_PAUSE.min(PAUSE * 2_u32.pow(failures))).await;
                failures = (failures + 1).min(MOST_DOUBLINGS);
            }
        }
    }
}

/// In a task of its own, so that not even a panic ends the worker. A failure stops here, so here it is logged.
async fn tick(maintenance: &Maintenance) -> Option<Tick> {
    let maintenance = maintenance.clone();
    match tokio::spawn(async move { maintenance.unscoped_tick().await }).await {
        Ok(Ok(tick)) => Some(tick),
        Ok(Err(error)) => {
            tracing::error!(cause = cause(&error), "the worker failed; it will try again");
            None
        }
        Err(_) => {
            tracing::error!("the worker panicked; it will try again");
            None
        }
    }
}

async fn tidy(maintenance: &Maintenance) {
    if let Err(error) = maintenance.unscoped_optimize().await {
        tracing::warn!(cause = cause(&error), "the database was not optimised");
    }
    if let Err(error) = maintenance.unscoped_forget_suppressions().await {
        tracing::warn!(cause = cause(&error), "suppressions whose time is over were not forgotten");
    }
    // Also where mail is not sent any more.
    if let Err(error) = maintenance.unscoped_forget_letters().await {
        tracing::warn!(cause = cause(&error), "old letters were not forgotten");
    }
}
