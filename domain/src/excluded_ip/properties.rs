//! What holds for every pattern.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::{Caution, Exclusions, Line, Matcher, Overlap, Pattern, TrustedProxies, client_address, parse_address, parse_file, parse_list};

/// Addresses close to one another, so that patterns and addresses meet. Boxed, because unboxed strategies of these overflow the stack of a test.
fn v4() -> BoxedStrategy<Ipv4Addr> {
    let octet = prop_oneof![Just(0_u8), Just(1), Just(127), Just(255), any::<u8>()];
    (prop_oneof![Just(0_u8), Just(10), Just(255)], octet.clone(), octet.clone(), octet)
        .prop_map(|(a, b, c, d)| Ipv4Addr::new(a, b, c, d))
        .boxed()
}

fn v6() -> BoxedStrategy<Ipv6Addr> {
    let group = prop_oneof![Just(0_u16), Just(1), Just(u16::MAX), any::<u16>()];
    let first = prop_oneof![Just(0_u16), Just(0x2001), Just(u16::MAX)];
    let near = (first, prop::array::uniform7(group)).prop_map(|(a, [b, c, d, e, f, g, h])| Ipv6Addr::new(a, b, c, d, e, f, g, h));
    prop_oneof![3 => near, 1 => v4().prop_map(|v4| v4.to_ipv6_mapped())].boxed()
}

fn address() -> impl Strategy<Value = IpAddr> {
    prop_oneof![v4().prop_map(IpAddr::V4), v6().prop_map(IpAddr::V6)]
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        address().prop_map(|a| a.to_string()),
        (v4(), 1..=32_u8).prop_map(|(a, length)| format!("{a}/{length}")),
        (v6(), 1..=128_u8).prop_map(|(a, length)| format!("{a}/{length}")),
        (v4(), v4()).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b))),
        (v6(), v6()).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b))),
        (v4(), 1..4_usize).prop_map(|(a, kept)| wildcard(a.octets().map(|o| o.to_string()).get(..kept), ".")),
        (v6(), 1..8_usize).prop_map(|(a, kept)| wildcard(a.segments().map(|s| format!("{s:X}")).get(..kept), ":")),
    ]
}

fn wildcard(kept: Option<&[String]>, separator: &str) -> String {
    format!("{}{separator}*", kept.unwrap_or_default().join(separator))
}

proptest! {
    #[test]
    fn the_matcher_agrees_with_asking_each_pattern(typed in prop::collection::vec(typed(), 0..12), asked in prop::collection::vec(address(), 1..40)) {
        let patterns: Vec<Pattern> = typed.iter().filter_map(|text| Pattern::parse(text).ok()).collect();
        let matcher = Matcher::new(&patterns);
        for address in asked {
            match matcher.covers(address) {
                Some(index) => prop_assert!(patterns.get(index).is_some_and(|p| p.covers(address)), "{address}"),
                None => prop_assert!(!patterns.iter().any(|p| p.covers(address)), "{address}"),
            }
        }
    }

    #[test]
    fn the_ends_of_a_pattern_are_covered_and_their_neighbours_are_not(first in v4(), last in v4()) {
        let (first, last) = (first.min(last), first.max(last));
        if let Ok(pattern) = Pattern::parse(&format!("{first}-{last}")) {
            let matcher = Matcher::new([&pattern]);
            let covers = |number: Option<u32>| number.is_some_and(|n| matcher.covers(Ipv4Addr::from(n).into()).is_some());
            let (low, high) = (u32::from(first), u32::from(last));
            prop_assert!(covers(Some(low)) && covers(Some(high)));
            prop_assert!(!covers(low.checked_sub(1)) && !covers(high.checked_add(1)));
        }
    }

    #[test]
    fn a_pattern_is_shown_as_text_that_parses_to_it(text in typed()) {
        if let Ok(pattern) = Pattern::parse(&text) {
            prop_assert_eq!(Pattern::parse(&pattern.to_string()), Ok(pattern), "{}", text);
        }
    }

    #[test]
    fn a_line_is_shown_as_text_that_parses_to_it(text in typed(), note in "[ -~ü]{0,80}") {
        if let Ok(line) = Line::parse(&format!("{text} # {note}")) {
            prop_assert_eq!(Line::parse(&line.to_string()), Ok(line));
        }
    }

    #[test]
    fn a_wildcard_covers_what_its_network_covers(a in v4(), b in v6(), kept4 in 1..4_u8, kept6 in 1..8_u8, asked in address()) {
        let octets = a.octets().map(|o| o.to_string());
        let groups = b.segments().map(|s| format!("{s:x}"));
        for (wild, network) in [
            (wildcard(octets.get(..kept4.into()), "."), format!("{a}/{}", kept4 * 8)),
            (wildcard(groups.get(..kept6.into()), ":"), format!("{b}/{}", kept6 * 16)),
        ] {
            if let (Ok(wild), Ok(network)) = (Pattern::parse(&wild), Pattern::parse(&network)) {
                prop_assert_eq!(wild.covers(asked), network.covers(asked));
                prop_assert!(wild.networks().eq(network.networks()));
            }
        }
    }

    #[test]
    fn a_mapped_address_is_its_ipv4_address(text in typed(), asked in v4()) {
        if let Ok(pattern) = Pattern::parse(&text) {
            let matcher = Matcher::new([&pattern]);
            prop_assert_eq!(matcher.covers(asked.into()), matcher.covers(asked.to_ipv6_mapped().into()));
        }
        prop_assert_eq!(Pattern::parse(&asked.to_ipv6_mapped().to_string()), Pattern::parse(&asked.to_string()));
    }

    #[test]
    fn no_text_makes_parsing_panic(text in "[0-9a-fA-F.:*/#%\\[\\] \r\n-]{0,60}", any in ".{0,60}") {
        for text in [text, any] {
            let _ = Pattern::parse(&text);
            let _ = Line::parse(&text);
            let _ = parse_list(&text);
            let _ = parse_file(&text);
            let _ = parse_address(&text);
        }
    }

    #[test]
    fn a_line_is_covered_just_when_it_lies_within_another(typed in prop::collection::vec(typed(), 0..12), asked in prop::collection::vec(address(), 20)) {
        let file = parse_file(&typed.join("\n")).map(|file| file.lines).unwrap_or_default();
        let patterns: Vec<Pattern> = file.into_iter().map(|line| line.pattern).collect();
        let list = Exclusions::new(patterns.clone());
        let within = |inner: &Pattern, outer: &Pattern| outer.bounds().0 <= inner.bounds().0 && inner.bounds().1 <= outer.bounds().1;
        let mut covered = 0;
        for (place, pattern) in patterns.iter().enumerate() {
            let covers = |(other, outer): (usize, &Pattern)| other != place && within(pattern, outer) && (other < place || !within(outer, pattern));
            let expected = patterns.iter().enumerate().any(covers);
            covered += usize::from(expected);
            match list.overlap(pattern) {
                Some(Overlap::Covered(by)) => {
                    prop_assert!(expected && by != *pattern && within(pattern, &by), "{pattern} by {by}");
                    prop_assert!(asked.iter().all(|address| !pattern.covers(*address) || by.covers(*address)), "{pattern} by {by}");
                }
                Some(Overlap::Partial(with)) => prop_assert!(!expected && with.meets(pattern) && !within(pattern, &with), "{pattern} with {with}"),
                None => prop_assert!(!expected, "{pattern}"),
            }
        }
        prop_assert_eq!(list.covered(), covered);
    }

    #[test]
    fn lines_that_meet_are_told_once_for_each_pair_at_least(a in typed(), b in typed()) {
        if let (Ok(a), Ok(b)) = (Pattern::parse(&a), Pattern::parse(&b)) && a != b {
            let list = Exclusions::new(vec![a, b]);
            prop_assert_eq!(a.meets(&b), list.overlap(&a).is_some() || list.overlap(&b).is_some(), "{} {}", a, b);
        }
    }

    #[test]
    fn a_doubtful_list_is_saved_once_it_is_confirmed_and_not_with_one_more(typed in prop::collection::vec(typed(), 1..12), own in address(), more in 1..=7_u8) {
        let lines = parse_file(&typed.join("\n")).map(|file| file.lines).unwrap_or_default();
        let caution = Caution { own: Some(own), ..Caution::default() };
        let doubtful = lines.iter().any(|line| line.pattern.is_wide() || line.pattern.covers_private() || line.pattern.covers(own));
        let judged = caution.judge(&lines);
        prop_assert_eq!(judged.is_err(), doubtful);
        let problem = judged.err().and_then(|invalid| invalid.mistakes.first().map(|mistake| mistake.problem));
        if let Some(crate::invalid::Problem::Doubtful { lines: token, .. }) = problem {
            let confirmed = Caution { confirmed: Some(token), ..caution };
            prop_assert_eq!(confirmed.judge(&lines), Ok(()));
            let further = Line::parse(&format!("96.0.0.0/{more}")).ok().filter(|line| lines.iter().all(|there| there.pattern != line.pattern));
            if let Some(further) = further {
                prop_assert!(confirmed.judge(lines.iter().chain([&further])).is_err());
            }
        }
    }

    #[test]
    fn nothing_left_of_an_untrusted_hop_matters(forged in ".{0,40}", client in v4()) {
        let client = IpAddr::V4(client);
        let proxy = IpAddr::from([192, 0, 2, 1]);
        let trusted = TrustedProxies::parse("192.0.2.1").unwrap_or_default();
        prop_assert_eq!(client_address(proxy, [format!("{forged},{client}")], &trusted), client);
        prop_assert_eq!(client_address(proxy, [forged, client.to_string()], &trusted), client);
    }
}
