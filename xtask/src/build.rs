//! `cargo xtask build`: the site, then the binary with the site inside.

pub(crate) mod compress;
mod css;
mod site;
pub(crate) mod wasm;

use std::{
    fs::{self, File},
    path::PathBuf,
};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{
    shell::{cargo, run},
    workspace::Workspace,
};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// Small and fast; takes minutes to build
    Release,
    /// The same code, sooner built; what the end-to-end tests drive
    E2e,
}

impl Profile {
    /// The profile of the binary, which is also the name of the site's folder.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::E2e => "e2e",
        }
    }

    fn quality(self) -> compress::Quality {
        match self {
            Self::Release => compress::Quality::Best,
            Self::E2e => compress::Quality::Quick,
        }
    }

    fn of_the_wasm(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            // The same as the binary's, so that macros are compiled once for both.
            Self::E2e => "e2e",
        }
    }
}

/// Makes views share code instead of being compiled once for each shape: a tenth less to download, and sooner compiled.
/// Server and WASM must agree on it, or the browser meets other HTML than it expects.
const ERASED: &str = r#"build.rustflags=["--cfg", "erase_components"]"#;

/// What was built.
pub(crate) struct Built {
    pub(crate) binary: PathBuf,
    /// The folder of what the browser loads, which the binary carries.
    pub(crate) site: PathBuf,
}

/// Builds both and answers where the binary is.
pub(crate) fn build(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    Ok(build_with_site(workspace, profile, profile)?.binary)
}

/// Builds a binary that carries a site of another profile.
pub(crate) fn build_with_site(workspace: &Workspace, profile: Profile, site: Profile) -> Result<Built> {
    // Held until the binary has taken the site in.
    let _lock = lock(workspace)?;
    let site = publish(workspace, site)?;
    run(cargo(workspace)
        .args(["build", "--package", "server", "--bin", "cairn", "--profile", profile.name()])
        .args(["--config", ERASED])
        .env("CAIRN_SITE_DIR", &site))?;
    Ok(Built { binary: workspace.target.join(profile.name()).join("cairn"), site })
}

/// Waits for other tasks of this checkout that write the site's folder. Closing the file gives the lock back.
fn lock(workspace: &Workspace) -> Result<File> {
    fs::create_dir_all(&workspace.target)?;
    let lock = File::create(workspace.target.join("site.lock"))?;
    lock.lock().context("cannot lock the folder of the site")?;
    Ok(lock)
}

fn publish(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    let module = wasm::compile(workspace, profile.of_the_wasm())?;
    let style = css::bundle(&workspace.root.join("style/main.css"))?;
    let folder = workspace.target.join("site").join(profile.name());
    site::publish(&folder, &module, &style, &workspace.root.join("public"), profile.quality())?;
    Ok(folder)
}
