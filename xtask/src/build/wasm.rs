//! The WASM module and the script that loads it.

use std::{
    fs, mem,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    shell::{cargo, output, run},
    workspace::Workspace,
};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles `frontend` and answers where the raw module is.
pub(crate) fn compile(workspace: &Workspace, profile: &str) -> Result<PathBuf> {
    add_target(workspace)?;
    run(cargo(workspace)
        .args(["build", "--package", "frontend", "--lib", "--target", TARGET, "--profile", profile])
        .args(["--config", super::ERASED]))?;
    Ok(workspace.target.join(TARGET).join(profile).join("frontend.wasm"))
}

/// Writes `cairn.js`, `cairn_bg.wasm` and the snippets that the script imports into `folder`.
pub(crate) fn bind(module: &Path, folder: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .input_path(module)
        .out_name("cairn")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .context("wasm-bindgen cannot read the module: its version in Cargo.lock must equal the tool's")?;
    let mut names = Vec::new();
    for import in output.wasm_mut().imports.iter_mut().filter(|import| is_hashed(&import.name)) {
        let short = format!("i{}", names.len());
        names.push((mem::replace(&mut import.name, short.clone()), short));
    }
    output.emit(folder)?;
    let script = folder.join("cairn.js");
    let mut text = fs::read_to_string(&script)?;
    for (long, short) in names {
        text = text.replace(&long, &short);
    }
    Ok(fs::write(script, text)?)
}

/// wasm-bindgen ends the names of imports in hashes. They stand in the script and in the module, nothing compresses them, and what is linked already needs
/// none: without them the first load is five kilobytes smaller.
fn is_hashed(name: &str) -> bool {
    name.len() > 17 && name.rsplit('_').next().is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// Adds the target where the compiler lacks it.
pub(crate) fn add_target(workspace: &Workspace) -> Result<()> {
    let libraries = output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).current_dir(&workspace.root))?;
    let has_target = fs::read_dir(libraries.trim()).is_ok_and(|mut files| files.next().is_some());
    if has_target {
        return Ok(());
    }
    if run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(&workspace.root)).is_err() {
        bail!("the Rust target {TARGET} is missing and rustup could not add it");
    }
    Ok(())
}
