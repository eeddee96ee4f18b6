//! Values as they are typed. They stay texts here, so that all mistakes can be told together.

use clap::Args;

/// Flags, each with its variable.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Configuration")]
pub struct Raw {
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "CAIRN_LISTEN", global = true, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Folder of the database and the secret, made if missing [default: ./data]
    #[arg(long, env = "CAIRN_DATA_DIR", global = true, value_name = "FOLDER")]
    pub data_dir: Option<String>,
    #[arg(
        long,
        env = "CAIRN_DATABASE_URL",
        global = true,
        value_name = "URL",
        help = "sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE [default: cairn.db in the data directory]",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Address by which browsers reach the server [default: http://ADDRESS:PORT]
    #[arg(long, env = "CAIRN_PUBLIC_URL", global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// Addresses and networks of proxies whose X-Forwarded-For is believed, separated by commas [default: none]
    #[arg(long, env = "CAIRN_TRUSTED_PROXIES", global = true, value_name = "LIST")]
    pub trusted_proxies: Option<String>,
    /// Name of this server that is reached over IPv4 alone, with a port if need be, so that Excluded IPs shows an admin's IPv4 address [default: none]
    #[arg(long, env = "CAIRN_IPV4_HOST", global = true, value_name = "HOST")]
    pub ipv4_host: Option<String>,
    /// The same for IPv6 [default: none]
    #[arg(long, env = "CAIRN_IPV6_HOST", global = true, value_name = "HOST")]
    pub ipv6_host: Option<String>,
    /// Database of where addresses are, such as GeoLite2-City.mmdb [default: none]
    #[arg(long, env = "CAIRN_GEOIP_PATH", global = true, value_name = "FILE")]
    pub geoip_path: Option<String>,
    /// File of the instance key, made if missing [default: secret in the data directory]
    #[arg(long, env = "CAIRN_SECRET_FILE", global = true, value_name = "FILE")]
    pub secret_file: Option<String>,
    /// Whether anybody may make an account at /sign-up [default: false]
    #[arg(
        long,
        env = "CAIRN_OPEN_SIGN_UP",
        global = true,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub open_sign_up: Option<String>,
    #[arg(
        long,
        env = "CAIRN_SMTP_URL",
        global = true,
        value_name = "URL",
        help = "smtp://USER:PASSWORD@HOST:PORT or smtps://...: the server that mail is sent by [default: none is sent]",
        hide_env_values = true
    )]
    pub smtp_url: Option<String>,
    /// Address that mail comes from, such as "Cairn <cairn@example.com>"
    #[arg(long, env = "CAIRN_MAIL_FROM", global = true, value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Address that messages to the operator are mailed to [default: they stand in the inbox alone]
    #[arg(long, env = "CAIRN_SUPPORT_EMAIL", global = true, value_name = "ADDRESS")]
    pub support_email: Option<String>,
    /// How much is logged: error, warn, info or debug [default: info]
    #[arg(long, env = "CAIRN_LOG", global = true, value_name = "LEVEL")]
    pub log: Option<String>,
}
