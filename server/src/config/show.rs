//! `cairn config`: the effective values, without the secret ones.

use std::net::SocketAddr;

use store::DatabaseUrl;
use url::Url;

use super::{Config, Raw, given};

/// What is printed as it was typed, because its parsed form is made for other ends.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    trusted_proxies: String,
}

impl Shown {
    pub(super) fn of(raw: &Raw) -> Self {
        Self { trusted_proxies: given(raw.trusted_proxies.as_ref()).unwrap_or_default().to_owned() }
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
            ("CAIRN_SECRET_FILE", self.secret_file.display().to_string()),
            ("CAIRN_OPEN_SIGN_UP", self.open_sign_up.to_string()),
            ("CAIRN_LOG", self.log.to_string().to_ascii_lowercase()),
        ]
    }
}

fn redacted(database: &DatabaseUrl) -> String {
    const HIDDEN: &str = "***";
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
