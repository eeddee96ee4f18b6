//! One snapshot of the rules for everybody in this process who judges by them.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Rules, rules};
use crate::{Error, engine::Tx};

/// The rules as they were last read here. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct SharedRules(Arc<RwLock<Arc<Rules>>>);

impl SharedRules {
    /// Empty before they were read first, and possibly older than the database's.
    pub(crate) fn known(&self) -> Arc<Rules> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rules as the transaction sees them. They hold until its end only under the lock of the rules.
    pub(crate) async fn current(&self, tx: &mut Tx) -> Result<Arc<Rules>, Error> {
        let known = self.known();
        let Some(newer) = rules::newer(tx, &known).await? else { return Ok(known) };
        let newer = Arc::new(newer);
        let mut shared = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if shared.version() < newer.version() {
            *shared = newer.clone();
        }
        Ok(newer)
    }
}
