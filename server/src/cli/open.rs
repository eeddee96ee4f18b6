//! Opening the installation that the configuration names.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    pin::pin,
    time::Duration,
};

use store::{DatabaseUrl, OpenError, Options, Store, surroundings::Surroundings};

use super::Failure;
use crate::config::{Config, load_secret, make_data_dir};

/// How long the database may take without a word about it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Makes what is missing (data directory, secret, database), migrates, and opens.
///
/// # Errors
/// Whatever is in the way, by the name of its variable.
pub(crate) async fn open(config: &Config) -> Result<(Store, Surroundings), Failure> {
    let folder = &config.data_dir;
    make_data_dir(folder).map_err(|source| Failure::DataDir { folder: folder.clone(), source })?;
    let surroundings = Surroundings::system();
    let secret = load_secret(&config.secret_file, &surroundings)?;
    if secret.is_exposed {
        tracing::warn!("CAIRN_SECRET_FILE: others than its owner may read the secret; chmod 600 mends that");
    }
    if let DatabaseUrl::Sqlite(file) = &config.database {
        // What stands in the way here stands in SQLite's way too, which says so.
        let _said_later = make_private(file);
    }
    let options = Options { database: config.database.clone(), key: secret.key, surroundings: surroundings.clone() };
    match opened(options).await {
        Ok(store) => Ok((store, surroundings)),
        Err(OpenError::WrongKey) => {
            if secret.is_new {
                // The right one was lost or is elsewhere; a wrong one in its place would only mislead.
                let _may_stay = fs::remove_file(&config.secret_file);
            }
            Err(Failure::WrongSecret { secret: config.secret_file.clone() })
        }
        Err(other) => Err(Failure::Open(other)),
    }
}

/// The same for commands about what is there, which make nothing where there is nothing.
///
/// # Errors
/// `NoInstallation` for SQLite; and as [`open`].
pub(crate) async fn open_existing(config: &Config) -> Result<(Store, Surroundings), Failure> {
    match &config.database {
        DatabaseUrl::Sqlite(file) if !file.exists() => Err(Failure::NoInstallation { file: file.clone() }),
        _ => open(config).await,
    }
}

/// Says that it waits, as long as it waits: a database that is not there answers nothing for half a minute.
async fn opened(options: Options) -> Result<Store, OpenError> {
    let mut opening = pin!(store::open(options));
    loop {
        tokio::select! {
            opened = &mut opening => return opened,
            () = tokio::time::sleep(PATIENCE) => tracing::warn!("CAIRN_DATABASE_URL: still waiting for the database"),
        }
    }
}

/// SQLite would make the file readable by others, and gives the files beside it the same rights.
fn make_private(file: &Path) -> io::Result<()> {
    match File::options().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}
