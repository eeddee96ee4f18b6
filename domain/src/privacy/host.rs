//! Hosts of sites.

use std::{fmt, net::Ipv6Addr};

use super::Line;
use crate::invalid::Problem;

/// The longest name in the domain name system.
const MAX: usize = 253;

/// A host in small letters, without a port, without a dot at the end, and without `www.`: with it and without it are one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host(String);

impl Host {
    /// Reads a host, perhaps with a port.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix('[') {
            let (address, port) = rest.split_once(']')?;
            let address: Ipv6Addr = address.parse().ok()?;
            return is_port(port.strip_prefix(':').unwrap_or(port)).then(|| Self(format!("[{address}]")));
        }
        let (name, port) = text.split_once(':').unwrap_or((text, ""));
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let name = name.strip_prefix("www.").unwrap_or(&name);
        let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let is_name = name.len() <= MAX && name.split('.').all(|label| !label.is_empty() && label.bytes().all(good));
        (is_name && is_port(port)).then(|| Self(name.to_owned()))
    }
}

fn is_port(text: &str) -> bool {
    text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `example.com`, or `*.example.com` for everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    host: Host,
    below: bool,
}

impl HostPattern {
    /// Whether it means this host.
    pub fn covers(&self, host: &Host) -> bool {
        if self.below {
            host.0.strip_suffix(&self.host.0).is_some_and(|start| start.len() > 1 && start.ends_with('.'))
        } else {
            host == &self.host
        }
    }
}

impl Line for HostPattern {
    /// Takes an address that somebody copied, of which the host counts.
    fn parse(text: &str) -> Result<Self, Problem> {
        let text = without_scheme(text);
        let text = text.strip_suffix('/').unwrap_or(text);
        let (below, host) = text.strip_prefix("*.").map_or((false, text), |host| (true, host));
        Host::parse(host).map(|host| Self { host, below }).ok_or(Problem::NotAHost)
    }
}

/// An address as people copy it, from its host on.
pub(super) fn without_scheme(text: &str) -> &str {
    let scheme = |scheme: &str| text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(str::len);
    let start = scheme("https://").or_else(|| scheme("http://")).unwrap_or_default();
    text.get(start..).unwrap_or(text)
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.below { "*." } else { "" }, self.host)
    }
}
