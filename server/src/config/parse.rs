//! One parser a value. Each error says what was wrong and what to write.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use domain::{email::EmailAddress, excluded_ip::TrustedProxies, invalid};
use store::DatabaseUrl;
use tracing::Level;
use url::Url;

use super::Problem;
use crate::mail::{MailError, Smtp};

pub(super) fn listen(text: &str) -> Result<SocketAddr, Problem> {
    let numeric = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    numeric.parse().map_err(|_| format!("\"{text}\" is not an address with a port; write one such as 127.0.0.1:3000 or [::]:3000").into())
}

pub(super) fn folder(text: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(text);
    if path.exists() && !path.is_dir() {
        return Err(format!("\"{text}\" is a file; name a folder").into());
    }
    Ok(path)
}

pub(super) fn file(text: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(text);
    if path.is_dir() {
        return Err(format!("\"{text}\" is a folder; name a file in it").into());
    }
    Ok(path)
}

pub(super) fn existing_file(text: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(text);
    if path.is_file() { Ok(path) } else { Err(format!("there is no file \"{text}\"").into()) }
}

/// The text may hold a password, so no error repeats it.
pub(super) fn database(text: &str, data_dir: &Path) -> Result<DatabaseUrl, Problem> {
    let database: DatabaseUrl = text.parse().map_err(|_| {
        Problem::from(
            "it begins with neither sqlite:// nor postgres://; write sqlite:///path/to/cairn.db or postgres://user:password@host/database",
        )
    })?;
    match &database {
        DatabaseUrl::Sqlite(path) => {
            if text.contains(['?', '#']) {
                return Err("an SQLite address has no parameters; write sqlite:///path/to/cairn.db".into());
            }
            if path.is_dir() {
                return Err("it names a folder; name a file in it".into());
            }
            let folder = path.parent().unwrap_or(Path::new(""));
            let will_be_there = folder == data_dir || folder.as_os_str().is_empty() || folder.is_dir();
            if !will_be_there {
                return Err(format!("the folder {} does not exist; make it first", folder.display()).into());
            }
        }
        DatabaseUrl::Postgres(address) => {
            let url = Url::parse(address).map_err(|error| {
                Problem(format!("it is not an address ({error}); write postgres://user:password@host/database and encode special characters of the password as %XX"))
            })?;
            let has_host = url.host().is_some() || url.query_pairs().any(|(key, _)| key == "host");
            if !has_host {
                return Err("it names no host; write postgres://user:password@host/database".into());
            }
        }
    }
    Ok(database)
}

pub(super) fn trusted_proxies(text: &str) -> Result<TrustedProxies, Problem> {
    let mut bad = Vec::new();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        if let Err(problem) = TrustedProxies::parse(word) {
            bad.push(match problem {
                invalid::Problem::CoversEverything => format!("\"{word}\" would trust everybody; name the proxies alone"),
                _ => format!("\"{word}\" is neither an address nor a network; write such as 10.0.0.7 or 10.0.0.0/8"),
            });
        }
    }
    match TrustedProxies::parse(text) {
        Ok(proxies) if bad.is_empty() => Ok(proxies),
        _ => Err(bad.join("; ").into()),
    }
}

pub(super) fn boolean(text: &str) -> Result<bool, Problem> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(format!("\"{text}\" is neither true nor false; write one of the two").into()),
    }
}

/// Mail needs a server and a sender: both or neither. The mistake is told by the name of the variable that it is in.
pub(super) fn smtp(url: Option<&str>, from: Option<&str>) -> Result<Option<Smtp>, (&'static str, Problem)> {
    const URL: &str = "CAIRN_SMTP_URL";
    const FROM: &str = "CAIRN_MAIL_FROM";
    let missing = |other: &str| Problem(format!("{other} is set, and mail needs both; set this one too"));
    match (url, from) {
        (None, None) => Ok(None),
        (Some(_), None) => Err((FROM, missing(URL))),
        (None, Some(_)) => Err((URL, missing(FROM))),
        (Some(url), Some(from)) => Smtp::new(url, from).map(Some).map_err(|error| {
            let name = if error == MailError::From { FROM } else { URL };
            (name, Problem(error.to_string()))
        }),
    }
}

/// Without a mail server nothing could be sent to it.
pub(super) fn support_email(text: Option<&str>, smtp_url: Option<&str>) -> Result<Option<EmailAddress>, Problem> {
    let Some(text) = text else { return Ok(None) };
    if smtp_url.is_none() {
        return Err("it needs a mail server; set CAIRN_SMTP_URL and CAIRN_MAIL_FROM too".into());
    }
    EmailAddress::parse(text).map(Some).map_err(|_| format!("\"{text}\" is not an e-mail address").into())
}

pub(super) fn level(text: &str) -> Result<Level, Problem> {
    match text.to_ascii_lowercase().as_str() {
        "error" => Ok(Level::ERROR),
        "warn" => Ok(Level::WARN),
        "info" => Ok(Level::INFO),
        "debug" => Ok(Level::DEBUG),
        _ => Err(format!("\"{text}\" is no level; write error, warn, info or debug").into()),
    }
}

/// Scheme, host and port by which browsers reach the server, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let wanted = "write such as https://cairn.example.com";
        let url = Url::parse(text).map_err(|error| Problem(format!("\"{text}\" is not a web address ({error}); {wanted}")))?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(format!("\"{text}\" begins with neither http:// nor https://; {wanted}").into());
        }
        let bare =
            url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        if !bare {
            return Err(format!("it has more than scheme, host and port, and Cairn is served at the root only; {wanted}").into());
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// Nobody can type the address of "every interface".
    pub(super) fn of_listener(listening: SocketAddr) -> Self {
        match listening.ip() {
            ip if ip.is_unspecified() => Self(format!("http://localhost:{}", listening.port())),
            IpAddr::V4(_) | IpAddr::V6(_) => Self(format!("http://{listening}")),
        }
    }

    /// Whether browsers reach the server by https, at a proxy in front of it.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
