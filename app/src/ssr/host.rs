//! By which name a browser came here.

use std::net::IpAddr;

use http::{header, request::Parts, uri::Authority};
use leptos::prelude::use_context;

/// Whether the browser asked for this machine by one of the names that always mean the machine it runs on. Any other name may be a stranger's, pointed here
/// to make his pages look like ours (DNS rebinding). A request without a host is no browser's.
pub fn at_this_machine() -> bool {
    let Some(parts) = use_context::<Parts>() else { return false };
    parts.headers.get(header::HOST).is_none_or(|host| host.to_str().is_ok_and(is_this_machine))
}

fn is_this_machine(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_this_machine() {
        for own in ["localhost", "LOCALHOST:3000", "127.0.0.1:3000", "127.8.0.1", "[::1]:3000"] {
            assert!(is_this_machine(own), "{own}");
        }
        for other in ["", "evil.example:3000", "localhost.evil.example", "10.0.0.1", "[2001:db8::1]:3000", "127.0.0.1.evil.example"] {
            assert!(!is_this_machine(other), "{other}");
        }
    }
}
