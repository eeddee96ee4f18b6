//! What Playwright runs on: Node, and a Chromium.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    shell::{apt_install, output, run},
    workspace::{Workspace, on_path, variable},
};

const OLDEST_NODE: u32 = 20;

pub(super) struct Browser {
    /// `None` leaves it to Playwright, which knows where it put its own.
    pub chromium: Option<PathBuf>,
}

impl Browser {
    /// Finds both, or gets them, or says in one sentence what is missing.
    pub(super) fn find(workspace: &Workspace) -> Result<Self> {
        require_node()?;
        install_playwright(workspace)?;
        if let Some(chromium) = installed() {
            return Ok(Self { chromium: Some(chromium) });
        }
        if apt_install(&["chromium"])?
            && let Some(chromium) = installed()
        {
            return Ok(Self { chromium: Some(chromium) });
        }
        let own = run(Command::new("npx").args(["playwright", "install", "chromium"]).current_dir(workspace.root.join("end2end")));
        own.context("the tests need Chromium: install it, so that chromium is on PATH")?;
        Ok(Self { chromium: None })
    }
}

fn installed() -> Option<PathBuf> {
    variable("CAIRN_CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path))
}

fn require_node() -> Result<()> {
    let needed = format!("the tests need Node {OLDEST_NODE} or newer, with npm");
    let version = output(Command::new("node").arg("--version")).with_context(|| needed.clone())?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) || on_path("npm").is_none() {
        bail!("{needed}: node is {}", version.trim());
    }
    Ok(())
}

/// `npm ci` unless what it would install is there.
fn install_playwright(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("end2end");
    let lock = fs::read(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    Ok(fs::write(installed, lock)?)
}
