//! When to load again.

use leptos::prelude::*;

/// Counts the changes that were sent from this page, so that what was loaded before is loaded again.
#[derive(Clone, Copy)]
pub struct Changes(RwSignal<u32>);

impl Changes {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Loads again whatever is shown.
    pub fn bump(self) {
        self.0.update(|count| *count = count.wrapping_add(1));
    }

    /// How many there were.
    pub fn get(self) -> u32 {
        self.0.get()
    }
}
