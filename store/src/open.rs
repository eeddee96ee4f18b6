//! Opening an installation's database.

use std::{fmt, path::PathBuf, str::FromStr};

use crate::{
    Collector, Console, Error, Maintenance,
    collector::SharedRules,
    engine::{Db, args, statements},
    keys::{Keys, secret_hash},
    migrate,
    surroundings::Surroundings,
    traffic::Traffic,
};

statements! {
    INSTALLATION_FINGERPRINT = "SELECT key_fingerprint FROM installation WHERE id = 1";
    INSTALLATION_INSERT = "INSERT INTO installation (id, key_fingerprint, created_at, rules_version) VALUES (1, $1, $2, 1) ON CONFLICT (id) DO NOTHING";
    PING = "SELECT id FROM installation WHERE id = 1";
}

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file, made if missing.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`.
    Postgres(String),
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => f.debug_tuple("Sqlite").field(file).finish(),
            Self::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// Text that is not a database's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sqlite://FILE or postgres://...")]
pub struct NotADatabaseUrl;

impl FromStr for DatabaseUrl {
    type Err = NotADatabaseUrl;

    fn from_str(text: &str) -> Result<Self, NotADatabaseUrl> {
        if let Some(file) = text.strip_prefix("sqlite://").filter(|file| !file.is_empty()) {
            Ok(Self::Sqlite(file.into()))
        } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(text.to_owned()))
        } else {
            Err(NotADatabaseUrl)
        }
    }
}

/// 32 random bytes from which every keyed hash and token of an installation derives.
#[derive(Clone, PartialEq, Eq)]
pub struct InstanceKey([u8; 32]);

impl InstanceKey {
    /// From the bytes of the secret file.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be written to the secret file.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn fingerprint(&self) -> Vec<u8> {
        secret_hash(&[b"cairn instance key", self.0.as_slice()].concat())
    }
}

impl fmt::Debug for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstanceKey(..)")
    }
}

/// What [`open`] needs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the database is.
    pub database: DatabaseUrl,
    /// The installation's key.
    pub key: InstanceKey,
    /// Clock and randomness.
    pub surroundings: Surroundings,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be reached, or refused.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed, or the database is newer than this program.
    #[error("the database cannot be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The lock beside the database's file failed.
    #[error("the lock beside the database cannot be taken: {0}")]
    Lock(#[from] std::io::Error),
    /// The database was made with another instance key.
    #[error("the secret file does not belong to this database: its instance key is another one")]
    WrongKey,
    /// What is there cannot be read.
    #[error(transparent)]
    Store(#[from] Error),
}

/// An open database.
#[derive(Clone)]
pub struct Store {
    /// For the app.
    pub console: Console,
    /// For the collection APIs.
    pub collector: Collector,
    /// For the worker.
    pub maintenance: Maintenance,
    db: Db,
}

/// Connects, migrates, and checks that the key is the database's own.
///
/// # Errors
/// [`OpenError`].
pub async fn open(options: Options) -> Result<Store, OpenError> {
    let (db, lock) = match &options.database {
        DatabaseUrl::Sqlite(file) => {
            // Already the first connection writes: it makes the file and its log.
            let lock = migrate::lock_beside(file).await?;
            (Db::sqlite(file).await?, Some(lock))
        }
        DatabaseUrl::Postgres(url) => (Db::postgres(url).await?, None),
    };
    migrate::run(&db).await?;
    check_key(&db, &options).await?;
    drop(lock);
    let keys = Keys::derive(&options.key);
    let surroundings = options.surroundings;
    let (rules, traffic) = (SharedRules::default(), Traffic::default());
    Ok(Store {
        console: Console::new(db.clone(), keys.clone(), surroundings.clone(), rules.clone()),
        collector: Collector::new(db.clone(), keys.clone(), surroundings.clone(), rules, traffic.clone()),
        maintenance: Maintenance::new(db.clone(), keys, surroundings, traffic),
        db,
    })
}

async fn check_key(db: &Db, options: &Options) -> Result<(), OpenError> {
    let ours = options.key.fingerprint();
    let mut tx = db.write().await?;
    tx.execute(&INSTALLATION_INSERT, args![ours.clone(), options.surroundings.now()]).await?;
    let (theirs,): (Vec<u8>,) = tx.one(&INSTALLATION_FINGERPRINT, args![]).await?;
    tx.commit().await?;
    if theirs == ours { Ok(()) } else { Err(OpenError::WrongKey) }
}

impl Store {
    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        let _: (i64,) = self.db.read().await?.one(&PING, args![]).await?;
        Ok(())
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        self.db.close().await;
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }
}
