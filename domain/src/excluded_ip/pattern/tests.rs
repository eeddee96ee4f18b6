use super::*;

fn shown(text: &str) -> Result<String, Problem> {
    Pattern::parse(text).map(|pattern| pattern.to_string())
}

fn net(text: &str) -> IpNet {
    text.parse().unwrap_or_default()
}

#[test]
fn an_address_is_recognised_in_any_notation_and_shown_in_one() {
    for (typed, canonical) in [
        (" 203.0.113.7 ", "203.0.113.7"),
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
        ("2001:0db8::0001", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("::FFFF:102:304", "1.2.3.4"),
        ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
        ("203.0.113.7/32", "203.0.113.7"),
        ("2001:db8::1/128", "2001:db8::1"),
        ("10.0.0.1-10.0.0.1", "10.0.0.1"),
    ] {
        assert_eq!(shown(typed).as_deref(), Ok(canonical), "{typed}");
    }
}

#[test]
fn trailing_wildcards_are_networks() {
    for (typed, canonical, network) in [
        ("10.*", "10.*", "10.0.0.0/8"),
        ("10.0.*", "10.0.*", "10.0.0.0/16"),
        ("192.168.*.*", "192.168.*", "192.168.0.0/16"),
        ("192.168.1.*", "192.168.1.*", "192.168.1.0/24"),
        ("2001:DB8:*", "2001:db8:*", "2001:db8::/32"),
        ("2001:db8:*:*", "2001:db8:*", "2001:db8::/32"),
        ("2001:db8:0:1:*", "2001:db8:0:1:*", "2001:db8:0:1::/64"),
        ("fe80:0:0:0:0:0:0:*", "fe80:0:0:0:0:0:0:*", "fe80::/112"),
        ("::ffff:10.0.*", "10.0.*", "10.0.0.0/16"),
        ("0:0:0:0:0:ffff:a00:*", "10.0.*", "10.0.0.0/16"),
    ] {
        assert_eq!(shown(typed).as_deref(), Ok(canonical), "{typed}");
        assert_eq!(Pattern::parse(typed).map(|p| p.networks().collect()), Ok(vec![net(network)]), "{typed}");
    }
}

#[test]
fn a_wildcard_in_the_middle_is_refused_with_the_network_that_comes_nearest() {
    for (typed, nearest) in [
        ("10.*.3.4", "10.0.0.0/8"),
        ("192.168.*.1", "192.168.0.0/16"),
        ("2001:db8:*:1", "2001:db8::/32"),
        ("2001:db8:*::1", "2001:db8::/32"),
    ] {
        assert_eq!(shown(typed), Err(Problem::WildcardInTheMiddle { nearest: net(nearest) }), "{typed}");
    }
}

#[test]
fn a_wildcard_of_unknown_reach_is_refused_with_the_network_that_comes_nearest() {
    for (typed, nearest) in [("2001:db8::*", "2001:db8::/32"), ("192.168.1.1*", "192.168.1.0/24"), ("2001:db8:a*", "2001:db8::/32")] {
        assert_eq!(shown(typed), Err(Problem::WildcardUnclear { nearest: net(nearest) }), "{typed}");
    }
}

#[test]
fn a_network_is_shown_without_host_bits() {
    for (typed, canonical) in [
        ("10.1.2.3/8", "10.0.0.0/8"),
        ("10.0.0.0 / 8", "10.0.0.0/8"),
        ("2001:db8::1/32", "2001:db8::/32"),
        ("::ffff:10.1.2.3/104", "10.0.0.0/8"),
        ("::ffff:10.1.2.3/128", "10.1.2.3"),
    ] {
        assert_eq!(shown(typed).as_deref(), Ok(canonical), "{typed}");
    }
}

#[test]
fn a_range_has_two_ends_of_one_family_in_order() {
    assert_eq!(shown("10.0.0.5 - 10.0.0.9").as_deref(), Ok("10.0.0.5-10.0.0.9"));
    assert_eq!(shown("::ffff:10.0.0.5-10.0.0.9").as_deref(), Ok("10.0.0.5-10.0.0.9"));
    assert_eq!(shown("2001:db8::1-2001:DB8::ff").as_deref(), Ok("2001:db8::1-2001:db8::ff"));
    assert_eq!(shown("10.0.0.5-2001:db8::1"), Err(Problem::MixedFamilies));
    assert_eq!(shown("10.0.0.9-10.0.0.5"), Err(Problem::RangeBackwards));
}

#[test]
fn what_would_exclude_everybody_is_refused() {
    for typed in ["*", "*.*.*.*", "*:*", "*.0.0.1", "*::1", "0.0.0.0/0", "1.2.3.4/0", "::/0", "0.0.0.0-255.255.255.255", "::ffff:0:0/96"] {
        assert_eq!(shown(typed), Err(Problem::CoversEverything), "{typed}");
    }
}

#[test]
fn what_is_not_a_pattern_is_refused_with_its_reason() {
    for (typed, problem) in [
        ("", Problem::Empty),
        ("office", Problem::NotAnAddress),
        ("10.0", Problem::NotAnAddress),
        ("256.0.0.1", Problem::NotAnAddress),
        ("10.0.0.1.*", Problem::NotAnAddress),
        ("1:2:3:4:5:6:7:8:*", Problem::NotAnAddress),
        ("300.*", Problem::NotAnAddress),
        ("12345:*", Problem::NotAnAddress),
        ("10.*/8", Problem::NotAnAddress),
        ("10.*, 11.*", Problem::NotAnAddress),
        ("::*", Problem::NotAnAddress),
        ("f*", Problem::NotAnAddress),
        ("[10.0.0.1]", Problem::NotAnAddress),
        ("10.0.0.1, 10.0.0.2", Problem::NotAnAddress),
        ("10.0.0.0/255.0.0.0", Problem::NotAnAddress),
        ("10.0.0.0/", Problem::NotAnAddress),
        ("10.0.0.0/-1", Problem::NotAnAddress),
        ("::ffff:10.0.0.1/24", Problem::NotAnAddress),
        ("50%", Problem::NotAnAddress),
        ("10.0.0.0/33", Problem::PrefixTooLong),
        ("10.0.0.0/999", Problem::PrefixTooLong),
        ("2001:db8::/129", Problem::PrefixTooLong),
        ("010.0.0.1", Problem::LeadingZero),
        ("10.00.*", Problem::LeadingZero),
        ("10.0.0.0/08", Problem::LeadingZero),
        ("::ffff:010.0.0.1", Problem::LeadingZero),
        ("10.0.0.1:443", Problem::PortOrZone),
        ("[2001:db8::1]:443", Problem::PortOrZone),
        ("fe80::1%eth0", Problem::PortOrZone),
        ("[fe80::1%eth0]", Problem::PortOrZone),
    ] {
        assert_eq!(shown(typed), Err(problem), "{typed}");
    }
}

#[test]
fn a_pattern_is_stored_as_its_canonical_text() {
    let pattern = Pattern::parse("192.168.*.*");
    assert_eq!(pattern.ok().and_then(|p| serde_json::to_string(&p).ok()).as_deref(), Some("\"192.168.*\""));
    assert!(serde_json::from_str::<Pattern>("\"*\"").is_err());
}

#[test]
fn an_address_itself_is_a_pattern() {
    assert_eq!(Pattern::from("::ffff:1.2.3.4".parse().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))).to_string(), "1.2.3.4");
}
