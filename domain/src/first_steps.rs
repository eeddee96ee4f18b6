//! What gets a new account going.

use serde::{Deserialize, Serialize};

/// Which of the first steps are done: each by what has happened, none by having been ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstSteps {
    /// An environment that is there has received an event.
    pub event_received: bool,
    /// There is an invite, or a second teammate.
    pub somebody_invited: bool,
    /// There is an excluded address.
    pub address_excluded: bool,
}
