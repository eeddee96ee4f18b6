//! Wildcards for trailing octets or groups: `10.0.*`, `192.168.*.*`, `2001:db8:*`.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::invalid::Problem;

/// The network that a text with a `*` in it covers.
pub(super) fn parse(text: &str) -> Result<IpNet, Problem> {
    let text = unmapped(text);
    let v6 = text.contains(':');
    let (separator, most) = if v6 { (':', 8) } else { ('.', 4) };
    let parts: Vec<&str> = text.split(separator).collect();
    let fits = |c: char| c == '*' || c == separator || c.is_digit(if v6 { 16 } else { 10 });
    if parts.len() > most || !text.chars().all(fits) {
        return Err(Problem::NotAnAddress);
    }
    let stem = parts.iter().take_while(|part| !part.is_empty() && !part.contains('*'));
    let groups = stem.map(|part| if v6 { group(part) } else { octet(part) }).collect::<Result<Vec<_>, _>>()?;
    let rest = parts.get(groups.len()..).unwrap_or_default();
    let starts_with_star = rest.first() == Some(&"*");

    if groups.is_empty() {
        // What comes nearest to a wildcard in front would be everything.
        return Err(if starts_with_star { Problem::CoversEverything } else { Problem::NotAnAddress });
    }
    let network = if v6 { v6_network(&groups)? } else { v4_network(&groups)? };
    if rest.iter().all(|part| *part == "*") {
        Ok(network)
    } else if starts_with_star {
        Err(Problem::WildcardInTheMiddle { nearest: network })
    } else {
        Err(Problem::WildcardUnclear { nearest: network })
    }
}

/// `::ffff:10.0.*` is a line about IPv4.
fn unmapped(text: &str) -> &str {
    match (text.get(..7), text.get(7..)) {
        (Some(start), Some(rest)) if start.eq_ignore_ascii_case("::ffff:") && rest.contains('.') => rest,
        _ => text,
    }
}

fn octet(part: &str) -> Result<u16, Problem> {
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotAnAddress);
    }
    if part.len() > 1 && part.starts_with('0') {
        return Err(Problem::LeadingZero);
    }
    part.parse::<u8>().map(u16::from).map_err(|_| Problem::NotAnAddress)
}

fn group(part: &str) -> Result<u16, Problem> {
    if part.len() > 4 || !part.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Problem::NotAnAddress);
    }
    u16::from_str_radix(part, 16).map_err(|_| Problem::NotAnAddress)
}

fn v4_network(octets: &[u16]) -> Result<IpNet, Problem> {
    let mut address = [0; 4];
    let mut length = 0;
    for (slot, octet) in address.iter_mut().zip(octets) {
        *slot = u8::try_from(*octet).map_err(|_| Problem::NotAnAddress)?;
        length += 8;
    }
    Ipv4Net::new(Ipv4Addr::from(address), length).map(IpNet::V4).map_err(|_| Problem::NotAnAddress)
}

fn v6_network(groups: &[u16]) -> Result<IpNet, Problem> {
    let mut address = [0; 8];
    let mut length = 0;
    for (slot, group) in address.iter_mut().zip(groups) {
        *slot = *group;
        length += 16;
    }
    Ipv6Net::new(Ipv6Addr::from(address), length).map(IpNet::V6).map_err(|_| Problem::NotAnAddress)
}
