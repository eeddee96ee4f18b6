//! Which address counts.

use std::net::{IpAddr, SocketAddr};

use super::{Matcher, Pattern};
use crate::invalid::Problem;

/// Addresses of the proxies whose `X-Forwarded-For` is believed. By default none is.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies {
    matcher: Matcher,
    patterns: Vec<Pattern>,
}

impl TrustedProxies {
    /// Parses patterns separated by commas or white space. Everybody cannot be trusted.
    ///
    /// # Errors
    /// The problem of the first bad pattern.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
        let patterns = words.map(Pattern::parse).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { matcher: Matcher::new(&patterns), patterns })
    }

    /// Whether this address is such a proxy.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.matcher.covers(address).is_some()
    }

    /// Whether a pattern covers the address of such a proxy.
    pub fn meet(&self, pattern: &Pattern) -> bool {
        self.patterns.iter().any(|proxies| proxies.meets(pattern))
    }
}

/// The address of a request: the socket's, unless that is a trusted proxy; then the rightmost hop of `X-Forwarded-For` that is not one.
///
/// Header lines are read in order as if joined. Reading goes from the right and stops at what is not an address: everything to its left is hearsay, so that the last
/// good hop counts, or the peer. When all hops are trusted, the leftmost one counts. `Forwarded` and the like are not read, because a proxy that does not
/// know them passes on what a client wrote.
pub fn client_address<I>(peer: IpAddr, forwarded_for: I, trusted: &TrustedProxies) -> IpAddr
where
    I: IntoIterator<Item: AsRef<[u8]>, IntoIter: DoubleEndedIterator>,
{
    let mut client = peer.to_canonical();
    for line in forwarded_for.into_iter().rev() {
        for hop in line.as_ref().rsplit(|byte| *byte == b',') {
            let hop = hop.trim_ascii();
            if hop.is_empty() {
                continue;
            }
            if !trusted.contains(client) {
                return client;
            }
            match parse_hop(hop) {
                Some(address) => client = address,
                None => return client,
            }
        }
    }
    client
}

/// An address with or without a port.
fn parse_hop(hop: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(hop).ok()?;
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = match bare {
        Some(v6) => IpAddr::V6(v6.parse().ok()?),
        None => text.parse().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip())).ok()?,
    };
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded_for: &[&str]) -> String {
        let trusted = TrustedProxies::parse("10.0.0.0/8, 2001:db8:*").unwrap_or_default();
        let peer = peer.parse().unwrap_or(IpAddr::from([0; 4]));
        client_address(peer, forwarded_for, &trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_its_address() {
        assert_eq!(client("198.51.100.9", &["203.0.113.1"]), "198.51.100.9");
        assert_eq!(client("198.51.100.9", &["203.0.113.1", "10.0.0.1"]), "198.51.100.9");
        assert_eq!(client("::ffff:198.51.100.9", &["10.0.0.1"]), "198.51.100.9");
        let nobody = client_address(IpAddr::from([10, 0, 0, 1]), ["203.0.113.1"], &TrustedProxies::default());
        assert_eq!(nobody.to_string(), "10.0.0.1");
    }

    #[test]
    fn behind_a_proxy_the_rightmost_hop_that_is_no_proxy_counts() {
        assert_eq!(client("10.0.0.1", &["203.0.113.1"]), "203.0.113.1");
        assert_eq!(client("10.0.0.1", &["1.1.1.1, 203.0.113.1, 10.0.0.2"]), "203.0.113.1");
        assert_eq!(client("10.0.0.1", &["1.1.1.1", "203.0.113.1", "10.0.0.2"]), "203.0.113.1");
        assert_eq!(client("10.0.0.1", &["1.1.1.1, 203.0.113.1", "10.0.0.2"]), "203.0.113.1");
        assert_eq!(client("2001:db8::1", &["203.0.113.1"]), "203.0.113.1");
    }

    #[test]
    fn a_forged_hop_in_front_changes_nothing() {
        for forged in ["10.0.0.9", "127.0.0.1", "::1", "nonsense", "' OR 1", ",,,", "for=1.1.1.1", "unknown"] {
            assert_eq!(client("10.0.0.1", &[forged, "203.0.113.1"]), "203.0.113.1", "{forged}");
            assert_eq!(client("10.0.0.1", &[&format!("{forged}, 203.0.113.1")]), "203.0.113.1", "{forged}");
        }
    }

    #[test]
    fn reading_stops_at_what_is_not_an_address() {
        assert_eq!(client("10.0.0.1", &["203.0.113.1, unknown"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.1, 1.2.3.4.5, 10.0.0.2"]), "10.0.0.2");
        let bytes: [&[u8]; 2] = [b"203.0.113.1", b"\xff\xfe"];
        let trusted = TrustedProxies::parse("10.0.0.1").unwrap_or_default();
        assert_eq!(client_address(IpAddr::from([10, 0, 0, 1]), bytes, &trusted), IpAddr::from([10, 0, 0, 1]));
    }

    #[test]
    fn hops_come_with_ports_brackets_and_as_mapped_addresses() {
        assert_eq!(client("10.0.0.1", &["203.0.113.1:4711"]), "203.0.113.1");
        assert_eq!(client("10.0.0.1", &["[2001:db9::1]:4711"]), "2001:db9::1");
        assert_eq!(client("10.0.0.1", &["[2001:db9::1]"]), "2001:db9::1");
        assert_eq!(client("10.0.0.1", &["2001:DB9::1"]), "2001:db9::1");
        assert_eq!(client("::ffff:10.0.0.1", &["::ffff:203.0.113.1, ::ffff:10.0.0.3"]), "203.0.113.1");
    }

    #[test]
    fn without_a_hop_the_proxy_itself_is_the_client() {
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["", " , "]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["10.0.0.7, 10.0.0.2"]), "10.0.0.7");
    }

    #[test]
    fn everybody_cannot_be_trusted() {
        assert_eq!(TrustedProxies::parse("10.0.0.1 0.0.0.0/0").err(), Some(Problem::CoversEverything));
        assert_eq!(TrustedProxies::parse("proxy").err(), Some(Problem::NotAnAddress));
        assert!(TrustedProxies::parse("").is_ok());
    }
}
