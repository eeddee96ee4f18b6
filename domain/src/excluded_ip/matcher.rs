//! Many patterns at once.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use prefix_trie::PrefixMap;

use super::Pattern;

/// Answers whether an address is covered, at a cost that does not grow with the number of patterns.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    v4: PrefixMap<Ipv4Net, usize>,
    v6: PrefixMap<Ipv6Net, usize>,
}

impl Matcher {
    /// Takes the patterns in the order in which [`Matcher::covers`] counts them.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a Pattern>) -> Self {
        let mut matcher = Self::default();
        for (index, pattern) in patterns.into_iter().enumerate() {
            for network in pattern.networks() {
                match network {
                    IpNet::V4(net) => matcher.v4.entry(net).or_insert(index),
                    IpNet::V6(net) => matcher.v6.entry(net).or_insert(index),
                };
            }
        }
        matcher
    }

    /// The index of a pattern that covers the address: of several the narrowest, of equal ones the first. `None` when the address is free.
    pub fn covers(&self, address: IpAddr) -> Option<usize> {
        match address.to_canonical() {
            IpAddr::V4(v4) => self.v4.get_lpm(&v4.into()).map(|(_, index)| *index),
            IpAddr::V6(v6) => self.v6.get_lpm(&v6.into()).map(|(_, index)| *index),
        }
    }

    /// Whether there is nothing to match.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covering(patterns: &[&str], address: &str) -> Option<usize> {
        let patterns: Vec<_> = patterns.iter().filter_map(|text| Pattern::parse(text).ok()).collect();
        Matcher::new(&patterns).covers(address.parse().ok()?)
    }

    #[test]
    fn the_narrowest_pattern_answers() {
        let patterns = ["10.*", "10.0.0.0/16", "10.0.0.1", "10.*.*.*", "10.0.0.250-10.0.1.5"];
        assert_eq!(covering(&patterns, "10.9.9.9"), Some(0));
        assert_eq!(covering(&patterns, "10.0.9.9"), Some(1));
        assert_eq!(covering(&patterns, "10.0.0.1"), Some(2));
        assert_eq!(covering(&patterns, "10.0.1.5"), Some(4));
        assert_eq!(covering(&patterns, "11.0.0.1"), None);
    }

    #[test]
    fn an_ipv6_pattern_covers_no_ipv4_address() {
        let patterns = ["2001:db8:*", "::1"];
        assert_eq!(covering(&patterns, "32.1.13.184"), None);
        assert_eq!(covering(&patterns, "2001:db8:ffff::1"), Some(0));
        assert_eq!(covering(&patterns, "2001:db9::1"), None);
        assert_eq!(covering(&["10.0.*"], "::ffff:10.0.3.4"), Some(0));
    }

    #[test]
    fn a_hundred_thousand_lines_are_held_and_shared_between_threads() {
        fn shared<T: Send + Sync>(value: T) -> T {
            value
        }
        let address = |n: u32| IpAddr::from((n * 7).to_be_bytes());
        let patterns: Vec<_> = (1..=100_000).map(address).map(Pattern::from).collect();
        let matcher = shared(Matcher::new(&patterns));
        assert_eq!(matcher.covers(address(99_999)), Some(99_998));
        assert_eq!(matcher.covers(IpAddr::from([200, 0, 0, 1])), None);
    }
}
