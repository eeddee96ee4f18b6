//! The folder that is embedded into the binary: `manifest.json`, `pkg/HASH/...` and the files of `public`.
//!
//! A folder of `pkg` is named for the hash of what it was made from, so one that exists is never made again.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    compress::{self, Quality},
    wasm,
};

/// Part of every hash: count it up when the same input shall give another output.
const RECIPE: &[u8] = b"2";

/// Brings `site` up to date with the compiled module, the bundled style sheet and the public files.
pub(super) fn publish(site: &Path, module: &Path, style: &str, public: &Path, quality: Quality) -> Result<()> {
    let package = site.join("pkg");
    fs::create_dir_all(&package)?;

    let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let script = make_once(&package, &bytes, quality, |folder| wasm::bind(module, folder))?;
    let sheet = make_once(&package, style.as_bytes(), quality, |folder| Ok(fs::write(folder.join("cairn.css"), style)?))?;
    let copied = copy_public(public, site, quality)?;
    // The server is rebuilt when this file changes, so it names everything that there is.
    let manifest = json!({
        "css": format!("/pkg/{sheet}/cairn.css"),
        "js": format!("/pkg/{script}/cairn.js"),
        "wasm": format!("/pkg/{script}/cairn_bg.wasm"),
        "public": copied.iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>(),
    });

    let mut kept = vec![OsString::from("pkg"), OsString::from("manifest.json")];
    kept.extend(copied);
    remove_others(site, &kept)?;
    remove_others(&package, &[script.into(), sheet.into()])?;
    write_if_changed(&site.join("manifest.json"), manifest.to_string().as_bytes())
}

/// Makes the folder for this input unless it is there, and answers its name.
fn make_once(package: &Path, input: &[u8], quality: Quality, make: impl FnOnce(&Path) -> Result<()>) -> Result<String> {
    let digest = Sha256::new().chain_update(RECIPE).chain_update(input).finalize();
    let name = HEXLOWER.encode(&digest[..8]);
    let folder = package.join(&name);
    if !folder.exists() {
        let unfinished = tempfile::tempdir_in(package)?;
        make(unfinished.path())?;
        compress::folder(unfinished.path(), quality)?;
        fs::rename(unfinished.keep(), folder)?;
    }
    Ok(name)
}

/// Copies the files of `public` with their compressed forms and answers the names of all.
fn copy_public(public: &Path, site: &Path, quality: Quality) -> Result<Vec<OsString>> {
    let staged = tempfile::tempdir()?;
    for file in files(public)? {
        fs::copy(&file, staged.path().join(file.file_name().unwrap_or_default()))?;
    }
    compress::folder(staged.path(), quality)?;
    let mut names = Vec::new();
    for file in files(staged.path())? {
        let name = file.file_name().unwrap_or_default().to_owned();
        write_if_changed(&site.join(&name), &fs::read(&file)?)?;
        names.push(name);
    }
    names.sort();
    Ok(names)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

fn remove_others(folder: &Path, kept: &[OsString]) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if kept.contains(&entry.file_name()) {
            continue;
        }
        if entry.path().is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Leaves an equal file untouched, since cargo rebuilds the server when its time changes.
fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn what_exists_for_an_input_is_not_made_again() {
        let package = tempfile::tempdir().unwrap();
        let first =
            make_once(package.path(), b"in", Quality::Quick, |folder| Ok(fs::write(folder.join("a.js"), "one ".repeat(100))?)).unwrap();
        let again = make_once(package.path(), b"in", Quality::Quick, |_| unreachable!("it exists")).unwrap();
        let other = make_once(package.path(), b"other", Quality::Quick, |folder| Ok(fs::write(folder.join("a.js"), "two")?)).unwrap();
        assert_eq!(first, again);
        assert_ne!(first, other);
        assert!(package.path().join(&first).join("a.js.br").exists());
        assert!(package.path().join(&first).join("a.js.gz").exists());
    }

    #[test]
    fn a_failed_build_leaves_no_folder() {
        let package = tempfile::tempdir().unwrap();
        make_once(package.path(), b"in", Quality::Quick, |_| anyhow::bail!("no")).unwrap_err();
        assert_eq!(fs::read_dir(package.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_public_file_is_copied_with_its_compressed_forms() {
        let (public, site) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(public.path().join("robots.txt"), "Disallow: /\n".repeat(100)).unwrap();
        fs::write(public.path().join("icon.png"), [1, 2]).unwrap();
        let names = copy_public(public.path(), site.path(), Quality::Quick).unwrap();
        assert_eq!(names, ["icon.png", "robots.txt", "robots.txt.br", "robots.txt.gz"]);
    }
}
