//! Why a command did not do its work, in sentences for whoever typed it.

use std::{io, net::SocketAddr, path::PathBuf};

use domain::invalid::{Field, Invalid, Mistake, Problem};
use store::{OpenError, maintenance::EraseAgainError, receipts::ReceiptError};

use crate::config::{Problems, SecretError};

/// Printed on standard error; the command then ends with 1.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Mistakes in flags or variables.
    #[error(transparent)]
    Config(#[from] Problems),
    /// The data directory cannot be made.
    #[error("CAIRN_DATA_DIR: the folder {} cannot be made ({source})", folder.display())]
    DataDir {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is no instance key.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The secret file belongs to another installation, or was lost.
    #[error(
        "CAIRN_SECRET_FILE: {} is not the secret that this database was made with; restore that file from a backup, or name it", secret.display()
    )]
    WrongSecret {
        /// The secret file.
        secret: PathBuf,
    },
    /// The database cannot be opened.
    #[error("CAIRN_DATABASE_URL: {0}")]
    Open(OpenError),
    /// A restored backup could not be erased from again.
    #[error("CAIRN_ERASURE_JOURNAL: {0}")]
    EraseAgain(#[from] EraseAgainError),
    /// Somebody else listens there, or the address is not of this machine.
    #[error("CAIRN_LISTEN: cannot listen on {address} ({source})")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// What was to tell where addresses are does not.
    #[error("CAIRN_GEOIP_PATH: {} cannot be read as a database of MaxMind's format ({source})", file.display())]
    Locator {
        /// The file.
        file: PathBuf,
        /// Why.
        source: maxminddb::MaxMindDbError,
    },
    /// What was typed cannot be used.
    #[error("{}", sentences(.0))]
    Invalid(#[from] Invalid),
    /// A command about what is there, where nothing is.
    #[error("there is no installation: {} does not exist. Start the server first, or name the right folder by CAIRN_DATA_DIR", file.display())]
    NoInstallation {
        /// Where the database would be.
        file: PathBuf,
    },
    /// Nobody has this e-mail address.
    #[error("--email: nobody has this address")]
    NoSuchPerson,
    /// Demo data beside an account.
    #[error("there is an account already; demo data is made in an empty installation only")]
    NotEmpty,
    /// Standard input is closed, or no text.
    #[error("--password-stdin: the password cannot be read ({0})")]
    Input(io::Error),
    /// A file that was named.
    #[error("{} cannot be read ({source})", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A receipt that does not hold.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// Somebody whom a receipt is not about.
    #[error(
        "{name} is not named in this receipt; whoever went along with those whom it names, such as the device of a person, is not named in it"
    )]
    NotErased {
        /// As it was typed.
        name: String,
    },
    /// Standard output is closed.
    #[error("the answer cannot be printed ({0})")]
    Output(io::Error),
    /// The machine lacks what every process needs.
    #[error("the server cannot start ({0})")]
    Runtime(io::Error),
    /// Passwords cannot be hashed.
    #[error(transparent)]
    Hashing(#[from] app::ssr::Failure),
    /// Faults of the database.
    #[error("the database failed: {0}")]
    Database(store::Error),
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Invalid(invalid) => Self::Invalid(invalid),
            other => Self::Database(other),
        }
    }
}

fn sentences(invalid: &Invalid) -> String {
    let sentence = |mistake: &Mistake| format!("{}: {}", flag(mistake.field), words(mistake));
    let lines: Vec<String> = invalid.mistakes.iter().map(sentence).collect();
    lines.join("\n")
}

/// As in the console, but for what leads to a page there.
fn words(mistake: &Mistake) -> String {
    match (mistake.field, &mistake.problem) {
        (Field::Email, Problem::Taken) => "This address belongs to somebody who can sign in already. Name another one.".to_owned(),
        _ => app::words::mistake(mistake),
    }
}

/// The flag that a field of a form is on the command line.
fn flag(field: Field) -> &'static str {
    match field {
        Field::AccountName => "--name",
        Field::Name => "--person",
        Field::Email => "--email",
        Field::Password => "--password-stdin",
        Field::TimeZone => "--time-zone",
        other => other.as_str(),
    }
}
