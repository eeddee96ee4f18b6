//! Lists the files of the site, for `src/assets.rs` to embed.
#![expect(clippy::disallowed_methods, reason = "a build script is configured by its environment")]

use std::{
    env,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

/// `cargo xtask build` says where it put the site. Without that an optimised build takes the site of the last release, and a
/// debug build has none: so the tests of every checkout see the same.
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CAIRN_SITE_DIR");
    let mut list = String::from("&[\n");
    if let Some(site) = site() {
        // Written whenever anything of the site changes.
        println!("cargo::rerun-if-changed={}", site.join("manifest.json").display());
        for file in files(&site)? {
            let address = file.strip_prefix(&site).map_err(io::Error::other)?;
            let (address, file) = (address.to_string_lossy(), file.to_string_lossy());
            let _infallible = writeln!(list, "    ({address:?}, include_bytes!({file:?})),");
        }
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("site.rs"), list)
}

fn site() -> Option<PathBuf> {
    if let Ok(named) = env::var("CAIRN_SITE_DIR") {
        return Some(named.into());
    }
    let debug = env::var("PROFILE").is_ok_and(|profile| profile == "debug");
    let released = Path::new(&env::var("CARGO_MANIFEST_DIR").ok()?).join("../target/site/release");
    (!debug && released.exists()).then_some(released)
}

/// Every file under the folder, sorted, because they are found by binary search.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    Ok(files)
}
