//! The WASM entry point: brings the pages that the server rendered to life.

use leptos::{mount::hydrate_body, prelude::document};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the script of the page once the module has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    hydrate_body(app::App);
    // Tests wait for this mark before they click.
    if let Some(page) = document().document_element() {
        let _marked = page.set_attribute("data-hydrated", "");
    }
}
