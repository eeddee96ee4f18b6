//! One pattern: an address, a wildcard, a network or a range.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use ipnet::{IpNet, IpSubnets, Ipv4Net, Ipv4Subnets, Ipv6Subnets};
use serde::{Deserialize, Serialize};

use super::wildcard;
use crate::invalid::Problem;

/// What a line covers. Printed in one canonical form, which parses to the same pattern.
///
/// IPv4 addresses that are mapped into IPv6 (`::ffff:10.0.0.1`) are IPv4 here, in patterns and in what they are asked for. The host bits of a CIDR are cleared,
/// because whoever writes `10.1.2.3/8` means the network of that address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Address(IpAddr),
    /// A network whose length is whole octets or groups, written with a `*`.
    Wildcard(IpNet),
    Network(IpNet),
    Range(IpAddr, IpAddr),
}

impl Pattern {
    /// Parses a pattern in any notation.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let kind = if text.is_empty() {
            return Err(Problem::Empty);
        } else if text.contains('*') {
            wildcard::parse(text).map(unmapped).map(Kind::Wildcard)?
        } else if let Some((address, length)) = text.split_once('/') {
            network(address, length)?
        } else if let Some((first, last)) = text.split_once('-') {
            range(address(first.trim())?, address(last.trim())?)?
        } else {
            Kind::Address(address(text)?)
        };
        let pattern = Self(kind);
        if pattern.covers_a_whole_family() { Err(Problem::CoversEverything) } else { Ok(pattern) }
    }

    /// Whether data from this address is refused.
    pub fn covers(&self, address: IpAddr) -> bool {
        let (first, last) = self.bounds();
        let address = address.to_canonical();
        address.is_ipv4() == first.is_ipv4() && first <= address && address <= last
    }

    /// The fewest networks that make up the pattern.
    pub fn networks(&self) -> impl Iterator<Item = IpNet> + use<> {
        match self.bounds() {
            (IpAddr::V4(first), IpAddr::V4(last)) => IpSubnets::V4(Ipv4Subnets::new(first, last, 0)),
            (IpAddr::V6(first), IpAddr::V6(last)) => IpSubnets::V6(Ipv6Subnets::new(first, last, 0)),
            // Parsing makes no pattern of two families; this is an iterator of none.
            _ => IpSubnets::V4(Ipv4Subnets::new(Ipv4Addr::BROADCAST, Ipv4Addr::UNSPECIFIED, 0)),
        }
    }

    /// Whether both cover an address.
    pub fn meets(&self, other: &Self) -> bool {
        let ((first, last), (other_first, other_last)) = (self.bounds(), other.bounds());
        // Every IPv4 address is below every IPv6 address, so families do not meet.
        first <= other_last && other_first <= last
    }

    /// Whether it covers more addresses than a /8 of IPv4 or a /32 of IPv6.
    pub fn is_wide(&self) -> bool {
        match self.bounds() {
            (IpAddr::V4(first), IpAddr::V4(last)) => u32::from(last) - u32::from(first) >= 1 << 24,
            (IpAddr::V6(first), IpAddr::V6(last)) => u128::from(last) - u128::from(first) >= 1 << 96,
            _ => false,
        }
    }

    /// The first address and the last.
    pub(super) fn bounds(&self) -> (IpAddr, IpAddr) {
        match self.0 {
            Kind::Address(address) => (address, address),
            Kind::Wildcard(net) | Kind::Network(net) => (net.network(), net.broadcast()),
            Kind::Range(first, last) => (first, last),
        }
    }

    fn covers_a_whole_family(self) -> bool {
        let everything = [
            (IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V4(Ipv4Addr::BROADCAST)),
            (IpAddr::V6(Ipv6Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::from(u128::MAX))),
        ];
        everything.contains(&self.bounds())
    }
}

impl From<IpAddr> for Pattern {
    fn from(address: IpAddr) -> Self {
        Self(Kind::Address(address.to_canonical()))
    }
}

/// Parses one address, with or without brackets.
///
/// # Errors
/// Why it is none.
pub fn parse_address(text: &str) -> Result<IpAddr, Problem> {
    match text.trim() {
        "" => Err(Problem::Empty),
        text => address(text),
    }
}

fn address(text: &str) -> Result<IpAddr, Problem> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|bare| bare.contains(':'));
    let text = bare.unwrap_or(text);
    if let Ok(address) = text.parse::<IpAddr>() {
        return Ok(address.to_canonical());
    }
    let zoned = text.split_once('%').is_some_and(|(address, _)| address.trim_start_matches('[').parse::<Ipv6Addr>().is_ok());
    if zoned || text.parse::<SocketAddr>().is_ok() {
        return Err(Problem::PortOrZone);
    }
    let dotted = text.rsplit(':').next().unwrap_or(text);
    Err(if has_leading_zero(dotted) { Problem::LeadingZero } else { Problem::NotAnAddress })
}

/// `010.0.0.1` is 8.0.0.1 to some programs and 10.0.0.1 to others.
fn has_leading_zero(dotted: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    dotted.split('.').count() == 4 && dotted.split('.').all(digits) && dotted.split('.').any(|part| part.len() > 1 && part.starts_with('0'))
}

fn network(typed: &str, length: &str) -> Result<Kind, Problem> {
    let canonical = address(typed.trim())?;
    let length = length.trim();
    if length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotAnAddress);
    }
    if length.len() > 1 && length.starts_with('0') {
        return Err(Problem::LeadingZero);
    }
    let length = length.parse::<u8>().map_err(|_| Problem::PrefixTooLong)?;
    // The length counts the bits of the address as it was typed.
    let written = match canonical {
        IpAddr::V4(v4) if typed.contains(':') => IpAddr::V6(v4.to_ipv6_mapped()),
        _ => canonical,
    };
    let net = unmapped(IpNet::new(written, length).map_err(|_| Problem::PrefixTooLong)?.trunc());
    if written != canonical && matches!(net, IpNet::V6(_)) {
        // `::ffff:10.0.0.1/24`: an IPv4 address with a length that is none of its own.
        return Err(Problem::NotAnAddress);
    }
    Ok(if net.prefix_len() == net.max_prefix_len() { Kind::Address(net.addr()) } else { Kind::Network(net) })
}

fn range(first: IpAddr, last: IpAddr) -> Result<Kind, Problem> {
    if first.is_ipv4() != last.is_ipv4() {
        Err(Problem::MixedFamilies)
    } else if first > last {
        Err(Problem::RangeBackwards)
    } else if first == last {
        Ok(Kind::Address(first))
    } else {
        Ok(Kind::Range(first, last))
    }
}

/// The IPv4 network of an IPv6 network that lies in `::ffff:0:0/96`.
fn unmapped(net: IpNet) -> IpNet {
    let IpNet::V6(v6) = net else { return net };
    match (v6.network().to_ipv4_mapped(), v6.prefix_len().checked_sub(96)) {
        (Some(v4), Some(length)) => Ipv4Net::new(v4, length).map_or(net, IpNet::V4),
        _ => net,
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Address(address) => address.fmt(f),
            Kind::Network(net) => net.fmt(f),
            Kind::Range(first, last) => write!(f, "{first}-{last}"),
            Kind::Wildcard(IpNet::V4(net)) => {
                for octet in net.addr().octets().iter().take(usize::from(net.prefix_len() / 8)) {
                    write!(f, "{octet}.")?;
                }
                f.write_str("*")
            }
            Kind::Wildcard(IpNet::V6(net)) => {
                for group in net.addr().segments().iter().take(usize::from(net.prefix_len() / 16)) {
                    write!(f, "{group:x}:")?;
                }
                f.write_str("*")
            }
        }
    }
}

impl TryFrom<String> for Pattern {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a pattern of addresses")
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.to_string()
    }
}

#[cfg(test)]
mod tests;
