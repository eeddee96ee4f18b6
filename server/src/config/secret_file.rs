//! The file of the instance key: made once, never overwritten.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process,
};

use store::{InstanceKey, surroundings::Surroundings};

const LENGTH: usize = 32;

/// The instance key and what is to be said about its file.
#[derive(Debug)]
pub struct SecretFile {
    /// The key.
    pub key: InstanceKey,
    /// Whether the file was made just now.
    pub is_new: bool,
    /// Whether others than its owner may read it.
    pub is_exposed: bool,
}

/// Why there is no instance key.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// It can be neither read nor made.
    #[error("CAIRN_SECRET_FILE: {} can be neither read nor made ({source})", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is some other file, or was cut.
    #[error("CAIRN_SECRET_FILE: {} holds {found} bytes instead of {LENGTH}; restore it from a backup, or name the right file", path.display())]
    WrongLength {
        /// The file.
        path: PathBuf,
        /// Its length.
        found: usize,
    },
}

/// Reads the file, or makes it with random bytes, readable by its owner alone.
///
/// # Errors
/// [`SecretError`].
pub fn load(path: &Path, surroundings: &Surroundings) -> Result<SecretFile, SecretError> {
    let failed = |source| SecretError::Io { path: path.to_owned(), source };
    let is_new = !fs::exists(path).map_err(failed)? && make(path, &surroundings.bytes::<LENGTH>()).map_err(failed)?;
    let bytes = fs::read(path).map_err(failed)?;
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
    let found = bytes.len();
    let key = bytes.try_into().map_err(|_| SecretError::WrongLength { path: path.to_owned(), found })?;
    Ok(SecretFile { key: InstanceKey::new(key), is_new, is_exposed: mode & 0o077 != 0 })
}

/// Written beside and then linked, so that of two processes which start at once one wins, and nobody ever reads half a key.
fn make(path: &Path, bytes: &[u8; LENGTH]) -> io::Result<bool> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", process::id()));
    let beside = folder.join(name);
    let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    match linked {
        Ok(()) => File::open(folder)?.sync_all().map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
