//! Looking again at what changes by itself.

use std::time::Duration;

use leptos::prelude::*;

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_secs(2);

/// Raises `looks` after a while; only in the browser, and not after the page is gone.
pub fn look_again(looks: RwSignal<u32>) {
    Effect::new(move |_| {
        let timer = set_timeout_with_handle(
            move || {
                looks.try_update(|looks| *looks = looks.wrapping_add(1));
            },
            PAUSE,
        );
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
}
