//! Help pages that ask whether they helped.

use crate::words::words;

words! {
    /// A help page that asks.
    HelpPage {
        /// What can be deleted, and how.
        DeleteData "delete-data",
    }
}

words! {
    /// Whether it helped.
    Helpful {
        /// It did.
        Yes "yes",
        /// It did not.
        No "no",
    }
}
