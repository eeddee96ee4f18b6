//! Names the folder of the site that `src/assets.rs` embeds.
#![expect(clippy::disallowed_methods, reason = "a build script is configured by its environment")]

use std::{env, path::Path};

/// `cargo xtask build` says where it put the site. Without that a debug build reads the site of `cargo xtask dev` while it
/// runs, if there is one, and any other build embeds the site of `cargo xtask build`, if there is one.
fn main() {
    let debug = env::var("PROFILE").is_ok_and(|profile| profile == "debug");
    let folder = env::var("CAIRN_SITE_DIR").unwrap_or_else(|_| {
        let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        let profile = if debug { "e2e" } else { "release" };
        format!("{root}/../target/site/{profile}")
    });
    println!("cargo::rustc-env=CAIRN_SITE_DIR={folder}");
    println!("cargo::rerun-if-env-changed=CAIRN_SITE_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    if !debug {
        println!("cargo::rerun-if-changed={}", Path::new(&folder).join("manifest.json").display());
    }
}
