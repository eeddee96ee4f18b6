//! When to load again.

use leptos::prelude::*;

/// Counts the changes that were sent from this page, so that what was loaded before is loaded again.
#[derive(Clone, Copy)]
pub struct Changes {
    count: RwSignal<u32>,
    /// The last form was refused, so the notice of an earlier one is out of date.
    refused: RwSignal<bool>,
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self { count: RwSignal::new(0), refused: RwSignal::new(false) }
    }

    /// Loads again whatever is shown.
    pub fn bump(self) {
        self.refused.set(false);
        self.count.update(|count| *count = count.wrapping_add(1));
    }

    /// How many there were.
    pub fn get(self) -> u32 {
        self.count.get()
    }

    /// A form was sent from this page and not accepted.
    pub fn refuse(self) {
        self.refused.set(true);
    }

    /// Whether that is how the last one ended.
    pub fn refused(self) -> bool {
        self.refused.get()
    }
}
