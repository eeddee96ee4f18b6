//! A name of the server, which goes into links and into the content policy of pages.

use std::net::Ipv6Addr;

use super::Problem;

/// Checks a host with an optional port.
pub(super) fn parse(text: &str) -> Result<String, Problem> {
    let host = text.to_ascii_lowercase();
    let (name, port) = match host.rsplit_once(':') {
        // The last colon of a bare address in brackets is within them.
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host.as_str(), None),
    };
    let port_is_good =
        port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0));
    if is_name(name) && port_is_good {
        Ok(host)
    } else {
        Err(format!("\"{text}\" is not a host name; write one such as v4.example.com or v4.example.com:8443, without https://").into())
    }
}

fn is_name(name: &str) -> bool {
    if let Some(address) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        let fits = (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
        fits && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_a_name_and_perhaps_a_port() {
        for good in ["v4.example.com", "localhost:3000", "127.0.0.1:3000", "[::1]", "[::1]:3000", "a-b.example"] {
            assert_eq!(parse(good).as_deref(), Ok(good));
        }
        assert_eq!(parse("V4.Example.com").as_deref(), Ok("v4.example.com"));
    }

    #[test]
    fn what_is_no_host_is_refused_and_nothing_else_reaches_the_content_policy() {
        let bad = [
            "",
            "https://v4.example.com",
            "v4.example.com/",
            "v4.example.com:",
            "v4:0",
            "v4:65536",
            "v4:+1",
            "a b",
            "*",
            "a;b",
            "'self'",
            "-a",
            "::1",
            "[::1",
            "a..b",
            "é.example",
        ];
        for bad in bad {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
