//! `cairn config`: the effective values, without the secret ones.

use std::net::SocketAddr;

use store::DatabaseUrl;
use url::Url;

use super::{Config, Raw, given};
use crate::mail::Smtp;

const HIDDEN: &str = "***";

/// What is printed as it was typed, because its parsed form is made for other ends.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    trusted_proxies: String,
    smtp_url: String,
}

impl Shown {
    pub(super) fn of(raw: &Raw) -> Self {
        Self {
            trusted_proxies: given(raw.trusted_proxies.as_ref()).unwrap_or_default().to_owned(),
            smtp_url: given(raw.smtp_url.as_ref()).map(without_password).unwrap_or_default(),
        }
    }
}

impl Config {
    /// Name and effective value of every setting; no secret among them.
    pub fn effective(&self) -> Vec<(&'static str, String)> {
        let listening: SocketAddr = self.listen;
        vec![
            ("CAIRN_LISTEN", listening.to_string()),
            ("CAIRN_DATA_DIR", self.data_dir.display().to_string()),
            ("CAIRN_DATABASE_URL", redacted(&self.database)),
            ("CAIRN_PUBLIC_URL", self.public_url_at(listening).to_string()),
            ("CAIRN_TRUSTED_PROXIES", self.shown.trusted_proxies.clone()),
            ("CAIRN_IPV4_HOST", self.ipv4_host.clone().unwrap_or_default()),
            ("CAIRN_IPV6_HOST", self.ipv6_host.clone().unwrap_or_default()),
            ("CAIRN_GEOIP_PATH", self.geoip_path.as_ref().map(|file| file.display().to_string()).unwrap_or_default()),
            ("CAIRN_SECRET_FILE", self.secret_file.display().to_string()),
            ("CAIRN_OPEN_SIGN_UP", self.open_sign_up.to_string()),
            ("CAIRN_SMTP_URL", self.shown.smtp_url.clone()),
            ("CAIRN_MAIL_FROM", self.smtp.as_ref().map(Smtp::from).unwrap_or_default()),
            ("CAIRN_SUPPORT_EMAIL", self.support_email.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("CAIRN_LOG", self.log.to_string().to_ascii_lowercase()),
        ]
    }
}

/// What cannot be read is not shown at all.
fn without_password(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return HIDDEN.to_owned() };
    if url.password().is_some() {
        let _ = url.set_password(Some(HIDDEN));
    }
    url.to_string()
}

fn redacted(database: &DatabaseUrl) -> String {
    match database {
        DatabaseUrl::Sqlite(file) => format!("sqlite://{}", file.display()),
        DatabaseUrl::Postgres(address) => {
            let Ok(mut url) = Url::parse(address) else { return format!("postgres://{HIDDEN}") };
            if url.password().is_some() {
                let _ = url.set_password(Some(HIDDEN));
            }
            let pairs: Vec<(String, String)> = url
                .query_pairs()
                .map(|(key, value)| {
                    let value = if key.to_ascii_lowercase().contains("password") { HIDDEN.into() } else { value };
                    (key.into_owned(), value.into_owned())
                })
                .collect();
            if !pairs.is_empty() {
                url.query_pairs_mut().clear().extend_pairs(pairs);
            }
            url.to_string()
        }
    }
}
