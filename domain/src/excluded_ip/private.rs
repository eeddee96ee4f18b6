//! Addresses that no visitor comes from over the internet.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::Pattern;

const NETWORKS: [IpNet; 9] = [
    v4(Ipv4Addr::new(10, 0, 0, 0), 8),
    v4(Ipv4Addr::new(100, 64, 0, 0), 10),
    v4(Ipv4Addr::new(127, 0, 0, 0), 8),
    v4(Ipv4Addr::new(169, 254, 0, 0), 16),
    v4(Ipv4Addr::new(172, 16, 0, 0), 12),
    v4(Ipv4Addr::new(192, 168, 0, 0), 16),
    v6(Ipv6Addr::LOCALHOST, 128),
    v6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    v6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
];

const fn v4(network: Ipv4Addr, length: u8) -> IpNet {
    IpNet::V4(Ipv4Net::new_assert(network, length))
}

const fn v6(network: Ipv6Addr, length: u8) -> IpNet {
    IpNet::V6(Ipv6Net::new_assert(network, length))
}

impl Pattern {
    /// Whether it covers an address of a private network, of a provider's own (100.64.0.0/10), of a link or of the machine itself.
    pub fn covers_private(&self) -> bool {
        let (first, last) = self.bounds();
        // Every IPv4 address is below every IPv6 address, so families do not meet.
        NETWORKS.iter().any(|network| first <= network.broadcast() && network.network() <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn private(text: &str) -> Option<bool> {
        Some(Pattern::parse(text).ok()?.covers_private())
    }

    #[test]
    fn addresses_of_private_networks_links_and_the_machine_itself_are_private() {
        for text in [
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.0.0",
            "169.254.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.0.0",
            "192.168.255.255",
            "::1",
            "fc00::",
            "fdff:ffff::1",
            "fe80::",
            "febf:ffff::1",
            "::ffff:192.168.1.1",
        ] {
            assert_eq!(private(text), Some(true), "{text}");
        }
    }

    #[test]
    fn their_neighbours_are_not() {
        for text in [
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "::",
            "::2",
            "fbff:ffff::",
            "fe00::",
            "fe7f:ffff::",
            "fec0::",
            "2001:db8::1",
        ] {
            assert_eq!(private(text), Some(false), "{text}");
        }
    }

    #[test]
    fn a_pattern_is_private_where_it_covers_one_of_them() {
        for (text, expected) in [("172.*", true), ("192.167.255.255-192.168.0.0", true), ("fe80::/64", true), ("198.51.100.*", false)] {
            assert_eq!(private(text), Some(expected), "{text}");
        }
    }
}
