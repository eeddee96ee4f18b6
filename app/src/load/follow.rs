//! Being told of what changes by itself.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::look_again;
use crate::browser::Events;

/// The events of one address at a time, each of which raises a number. Where no events come, the page looks again by itself.
#[derive(Clone, Copy)]
pub struct Follow {
    looks: RwSignal<u32>,
    /// The address, with its events unless they were lost for good.
    open: StoredValue<Option<(String, Option<SendWrapper<Events>>)>>,
}

impl Follow {
    /// Follows nothing yet, and nothing more once the page is gone.
    pub fn nothing() -> Self {
        Self { looks: RwSignal::new(0), open: StoredValue::new(None) }
    }

    /// Changes whenever there is something to see.
    pub fn looks(self) -> u32 {
        self.looks.get()
    }

    /// What to follow from now on, if anything; only in the browser.
    pub fn to(self, address: Option<String>) {
        Effect::new(move |_| match &address {
            None => self.open.set_value(None),
            Some(address) => {
                if self.open.with_value(|open| open.as_ref().is_none_or(|(at, _)| at != address)) {
                    self.begin(address);
                }
                if self.open.with_value(|open| open.as_ref().is_some_and(|(_, events)| events.is_none())) {
                    look_again(self.looks);
                }
            }
        });
    }

    fn begin(self, address: &str) {
        let Self { looks, open } = self;
        let look = move || {
            looks.try_update(|looks| *looks = looks.wrapping_add(1));
        };
        let lost = move || {
            open.try_update_value(|open| {
                if let Some((_, events)) = open {
                    *events = None;
                }
            });
            look();
        };
        open.set_value(Some((address.to_owned(), Events::open(address, look, lost).map(SendWrapper::new))));
    }
}
