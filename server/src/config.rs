//! The configuration: read once, from flags and the environment, and passed on.

mod data_dir;
mod host;
mod parse;
mod problems;
mod raw;
mod secret_file;
mod show;

use std::{net::SocketAddr, path::PathBuf};

use domain::{email::EmailAddress, excluded_ip::TrustedProxies};
use store::DatabaseUrl;
use tracing::Level;

use crate::mail::Smtp;

pub use data_dir::make as make_data_dir;
pub use parse::PublicUrl;
pub use problems::{Problem, Problems};
pub use raw::Raw;
pub use secret_file::{SecretError, SecretFile, load as load_secret};

/// What the server runs by. Every value has been checked; nothing has been made on the disk.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the database and the secret are by default.
    pub data_dir: PathBuf,
    /// Where the database is.
    pub database: DatabaseUrl,
    /// The address that visitors type, if it was given; else it follows from where the server listens.
    pub public_url: Option<PublicUrl>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// A name of this server that is reached over IPv4 alone, perhaps with a port.
    pub ipv4_host: Option<String>,
    /// The same for IPv6.
    pub ipv6_host: Option<String>,
    /// The database of where addresses are, if there is one.
    pub geoip_path: Option<PathBuf>,
    /// The file of the instance key.
    pub secret_file: PathBuf,
    /// Whether strangers may make accounts.
    pub open_sign_up: bool,
    /// The mail server, if mail is sent.
    pub smtp: Option<Smtp>,
    /// Where messages to the operator are mailed, if anywhere.
    pub support_email: Option<EmailAddress>,
    /// How much is logged.
    pub log: Level,
    shown: show::Shown,
}

impl Config {
    /// Checks every value, so that all mistakes are told at once.
    ///
    /// # Errors
    /// Every mistake by the name of its variable.
    pub fn resolve(raw: &Raw) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let listen = problems.take("CAIRN_LISTEN", parse::listen(given(raw.listen.as_ref()).unwrap_or("127.0.0.1:3000")));
        let data_dir = problems.take("CAIRN_DATA_DIR", parse::folder(given(raw.data_dir.as_ref()).unwrap_or("./data")));
        let folder = data_dir.clone().unwrap_or_default();
        let database = problems.take(
            "CAIRN_DATABASE_URL",
            match given(raw.database_url.as_ref()) {
                Some(text) => parse::database(text, &folder),
                None => Ok(DatabaseUrl::Sqlite(folder.join("cairn.db"))),
            },
        );
        let public_url = problems.take("CAIRN_PUBLIC_URL", given(raw.public_url.as_ref()).map(PublicUrl::parse).transpose());
        let trusted_proxies =
            problems.take("CAIRN_TRUSTED_PROXIES", parse::trusted_proxies(given(raw.trusted_proxies.as_ref()).unwrap_or_default()));
        let ipv4_host = problems.take("CAIRN_IPV4_HOST", given(raw.ipv4_host.as_ref()).map(host::parse).transpose());
        let ipv6_host = problems.take("CAIRN_IPV6_HOST", given(raw.ipv6_host.as_ref()).map(host::parse).transpose());
        let geoip_path = problems.take("CAIRN_GEOIP_PATH", given(raw.geoip_path.as_ref()).map(parse::existing_file).transpose());
        let secret_file = problems.take(
            "CAIRN_SECRET_FILE",
            match given(raw.secret_file.as_ref()) {
                Some(text) => parse::file(text),
                None => Ok(folder.join("secret")),
            },
        );
        let open_sign_up = problems.take("CAIRN_OPEN_SIGN_UP", parse::boolean(given(raw.open_sign_up.as_ref()).unwrap_or("false")));
        let log = problems.take("CAIRN_LOG", parse::level(given(raw.log.as_ref()).unwrap_or("info")));
        let smtp = match parse::smtp(given(raw.smtp_url.as_ref()), given(raw.mail_from.as_ref())) {
            Ok(smtp) => Some(smtp),
            Err((name, problem)) => problems.take(name, Err(problem)),
        };
        let support_email =
            problems.take("CAIRN_SUPPORT_EMAIL", parse::support_email(given(raw.support_email.as_ref()), given(raw.smtp_url.as_ref())));
        let checked = (
            listen,
            data_dir,
            database,
            public_url,
            trusted_proxies,
            ipv4_host,
            ipv6_host,
            geoip_path,
            secret_file,
            open_sign_up,
            smtp,
            support_email,
            log,
        );
        let (
            Some(listen),
            Some(data_dir),
            Some(database),
            Some(public_url),
            Some(trusted_proxies),
            Some(ipv4_host),
            Some(ipv6_host),
            Some(geoip_path),
            Some(secret_file),
            Some(open_sign_up),
            Some(smtp),
            Some(support_email),
            Some(log),
        ) = checked
        else {
            return Err(problems);
        };
        Ok(Self {
            listen,
            data_dir,
            database,
            public_url,
            trusted_proxies,
            ipv4_host,
            ipv6_host,
            geoip_path,
            secret_file,
            open_sign_up,
            smtp,
            support_email,
            log,
            shown: show::Shown::of(raw),
        })
    }

    /// The address that visitors type, for a server that listens here.
    pub fn public_url_at(&self, listening: SocketAddr) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::of_listener(listening))
    }
}

/// A variable that is set to nothing counts as not set, as container files leave them.
fn given(value: Option<&String>) -> Option<&str> {
    value.map(|text| text.trim()).filter(|text| !text.is_empty())
}
