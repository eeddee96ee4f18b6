//! `cargo xtask run` and `cargo xtask dev`.

use std::{os::unix::process::CommandExt, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{
    build::{self, Profile},
    workspace::{Workspace, variable},
};

/// Makes demo data first, where the installation is empty.
const DEMO: &str = "--demo";

/// Builds, then becomes the server. Addresses and folders can be chosen by `args` or by Cairn's own variables.
pub(crate) fn run(workspace: &Workspace, profile: Profile, args: &[String]) -> Result<()> {
    let binary = build::build(workspace, profile)?;
    let (demo, args): (Vec<&String>, Vec<&String>) = args.iter().partition(|argument| *argument == DEMO);
    let cairn = |words: &[&str]| {
        let mut command = Command::new(&binary);
        command.args(words).args(&args).current_dir(&workspace.root);
        for (name, value) in [("CAIRN_DATA_DIR", "data"), ("CAIRN_LISTEN", "127.0.0.1:3000")] {
            if variable(name).is_none() {
                command.env(name, value);
            }
        }
        command
    };
    if !demo.is_empty() {
        let status = cairn(&["demo", "--if-empty"]).status().with_context(|| format!("cannot start {}", binary.display()))?;
        ensure!(status.success(), "no demo data was made");
    }
    let listens_elsewhere = variable("CAIRN_LISTEN").is_some() || args.iter().any(|a| a.starts_with("--listen"));
    if !listens_elsewhere {
        println!("Cairn: http://127.0.0.1:3000 (Ctrl-C stops it)");
    }
    Err(cairn(&["serve"]).exec()).with_context(|| format!("cannot start {}", binary.display()))
}
