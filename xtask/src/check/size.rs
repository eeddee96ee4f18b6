//! What a browser loads before the console is there, held to a budget.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    build::{self, Built, Profile, compress},
    serving::Serving,
    workspace::Workspace,
};

/// Everything: page, style sheet, script and module.
const FIRST_LOAD: u64 = 350 * 1024;
/// What is needed before the page can be read and used: page and style sheet.
const USABLE: u64 = 30 * 1024;

/// Measures the site of a release as it is sent to a browser that takes brotli, and answers the binary that was asked. The page is
/// `/setup`, which every installation serves first; its size does not depend on the profile, so the binary that is built sooner
/// answers it.
pub(crate) fn size(workspace: &Workspace) -> Result<PathBuf> {
    let Built { binary, site } = build::build_with_site(workspace, Profile::E2e, Profile::Release)?;
    let page = Serving::start(&binary)?.page_as_sent("/setup")?;

    let page = u64::try_from(page.len())?;
    let [css, js, wasm] = compressed_sizes(&site)?;
    println!("first load with brotli, in bytes: page {page}, css {css}, js {js}, wasm {wasm}");
    let within_usable = within("page and css", page + css, USABLE);
    let within_first_load = within("first load", page + css + js + wasm, FIRST_LOAD);
    if !(within_usable && within_first_load) {
        bail!("the first load is over its budget");
    }
    Ok(binary)
}

fn compressed_sizes(site: &Path) -> Result<[u64; 3]> {
    let manifest = site.join("manifest.json");
    let manifest: Value = serde_json::from_slice(&fs::read(manifest)?)?;
    let mut sizes = [0; 3];
    for (size, kind) in sizes.iter_mut().zip(["css", "js", "wasm"]) {
        let address = manifest[kind].as_str().with_context(|| format!("the manifest names no {kind}"))?;
        let file = site.join(address.trim_start_matches('/'));
        let compressed = fs::metadata(compress::with_suffix(&file, "br"));
        *size = compressed.or_else(|_| fs::metadata(&file))?.len();
    }
    Ok(sizes)
}

fn within(what: &str, bytes: u64, budget: u64) -> bool {
    println!("{what}: {bytes} of {budget} bytes");
    bytes <= budget
}
