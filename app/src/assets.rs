//! Where the browser finds what a page needs besides its HTML.

use serde::{Deserialize, Serialize};

/// The addresses of the style sheet, of the script and of the WASM module that it starts.
///
/// The server reads them from the site that was built into it; their names change with their content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
}
