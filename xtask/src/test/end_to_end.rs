//! Playwright against the real binary.

use std::{path::Path, process::Command};

use anyhow::Result;

use super::browser::Browser;
use crate::{shell::run, workspace::Workspace};

pub(super) fn test(workspace: &Workspace, binary: &Path, browser: &Browser, args: &[String]) -> Result<()> {
    let mut playwright = Command::new("npx");
    playwright.args(["--no-install", "playwright", "test"]).args(args);
    playwright.current_dir(workspace.root.join("end2end")).env("CAIRN_BIN", binary);
    if let Some(chromium) = &browser.chromium {
        playwright.env("CAIRN_CHROMIUM", chromium);
    }
    run(&mut playwright)
}
