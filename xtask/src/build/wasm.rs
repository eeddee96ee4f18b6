//! The WASM module and the script that loads it.

use std::{
    fs,
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
    Bindgen::new()
        .input_path(module)
        .out_name("cairn")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen cannot read the module: its version in Cargo.lock must equal the tool's")
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
