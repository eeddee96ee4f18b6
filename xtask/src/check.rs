//! `cargo xtask check`: what must hold besides the tests.

mod boundaries;
mod size;

use anyhow::Result;

use crate::{
    build::wasm,
    shell::{cargo, run},
    workspace::Workspace,
};

pub(crate) use size::size;

pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    lint(workspace)?;
    size(workspace).map(|_binary| ())
}

/// Formatting, clippy for server and browser, and who may use whom.
pub(crate) fn lint(workspace: &Workspace) -> Result<()> {
    run(cargo(workspace).args(["fmt", "--all", "--check"]))?;
    boundaries::boundaries(workspace)?;
    run(cargo(workspace).args(["clippy", "--all-targets", "--", "-D", "warnings"]))?;
    wasm::add_target(workspace)?;
    run(cargo(workspace).args(["clippy", "--package", "frontend", "--target", wasm::TARGET, "--", "-D", "warnings"]))
}
