//! What is asked once more before it is saved.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{Line, Pattern, TrustedProxies};
use crate::invalid::{Field, Invalid, Mistakes, Problem};

/// Why a line may not be meant as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It covers more than a /8 of IPv4 or a /32 of IPv6.
    Wide,
    /// It covers the address of whoever saves it.
    OwnAddress,
    /// It covers the address of a trusted proxy.
    TrustedProxy,
    /// It covers private addresses, which everybody has who comes through a proxy that is not trusted.
    Private,
}

/// By what new lines are judged before they are saved.
#[derive(Debug, Clone, Copy)]
pub struct Caution<'a> {
    /// The field that they came by.
    pub field: Field,
    /// The address of whoever saves them.
    pub own: Option<IpAddr>,
    /// The own address, as a line of its own, was added by a button that names it, so it is meant. A private one is doubtful all the same: it may be a proxy's.
    pub own_is_meant: bool,
    /// The proxies that are believed.
    pub proxies: Option<&'a TrustedProxies>,
    /// What was confirmed, as the refusal named it.
    pub confirmed: Option<u64>,
}

impl Default for Caution<'_> {
    /// Judges how wide the lines of the box are.
    fn default() -> Self {
        Self { field: Field::Patterns, own: None, own_is_meant: false, proxies: None, confirmed: None }
    }
}

impl Caution<'_> {
    /// Judges lines that are new to their list.
    ///
    /// # Errors
    /// [`Problem::Doubtful`] for every line that is not beyond doubt, unless exactly these lines were confirmed.
    pub fn judge<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Result<(), Invalid> {
        let doubtful: Vec<(&Line, Doubt)> = lines.into_iter().filter_map(|line| Some((line, self.doubt(&line.pattern)?))).collect();
        let lines = token(doubtful.iter().map(|(line, _)| line.pattern));
        if doubtful.is_empty() || self.confirmed == Some(lines) {
            return Ok(());
        }
        let mut mistakes = Mistakes::new();
        for (line, why) in doubtful {
            mistakes.add(self.field, Some(line.number), Problem::Doubtful { why, lines });
        }
        mistakes.finish()
    }

    fn doubt(&self, pattern: &Pattern) -> Option<Doubt> {
        let is_meant = |own: IpAddr| self.own_is_meant && *pattern == Pattern::from(own);
        if pattern.is_wide() {
            Some(Doubt::Wide)
        } else if self.proxies.is_some_and(|proxies| proxies.meet(pattern)) {
            Some(Doubt::TrustedProxy)
        } else if pattern.covers_private() {
            Some(Doubt::Private)
        } else {
            self.own.is_some_and(|own| pattern.covers(own) && !is_meant(own)).then_some(Doubt::OwnAddress)
        }
    }
}

/// Stands for a set of lines: FNV-1a over their texts in order. It guards against mistakes, not against anybody.
fn token(patterns: impl Iterator<Item = Pattern>) -> u64 {
    let mut texts: Vec<String> = patterns.map(|pattern| pattern.to_string()).collect();
    texts.sort_unstable();
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([b'\n']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excluded_ip::parse_list;

    fn judged(caution: &Caution<'_>, text: &str) -> Vec<(Option<u32>, Problem)> {
        let lines = parse_list(text).unwrap_or_default();
        let invalid = caution.judge(&lines).err();
        invalid.into_iter().flat_map(|invalid| invalid.mistakes).map(|mistake| (mistake.line, mistake.problem)).collect()
    }

    fn doubts(caution: &Caution<'_>, text: &str) -> Vec<(Option<u32>, Doubt)> {
        let doubt = |(line, problem)| match problem {
            Problem::Doubtful { why, .. } => Some((line, why)),
            _ => None,
        };
        judged(caution, text).into_iter().filter_map(doubt).collect()
    }

    fn told(caution: &Caution<'_>, text: &str) -> Option<u64> {
        match judged(caution, text).first()?.1 {
            Problem::Doubtful { lines, .. } => Some(lines),
            _ => None,
        }
    }

    #[test]
    fn what_is_wider_than_a_provider_is_doubtful() {
        let caution = Caution::default();
        let text = "11.0.0.0/8\n10.0.0.0/7\n2001:db8::/32\n2001::/31\n1.0.0.0-2.0.0.0\n1.0.0.0-1.255.255.255\n2001:*";
        let wide = [2, 4, 5, 7].map(|line| (Some(line), Doubt::Wide));
        assert_eq!(doubts(&caution, text), wide);
    }

    #[test]
    fn what_covers_the_own_address_or_a_proxy_is_doubtful() {
        let proxies = TrustedProxies::parse("198.51.100.7, 2001:db8:1::/48").unwrap_or_default();
        let caution = Caution { own: "192.0.2.9".parse().ok(), proxies: Some(&proxies), ..Caution::default() };
        let text = "192.0.2.8\n192.0.2.*\n192.0.2.9\n198.51.100.*\n198.51.100.8\n2001:db8::/40\n2001:db8:1:2::3";
        let expected =
            [(2, Doubt::OwnAddress), (3, Doubt::OwnAddress), (4, Doubt::TrustedProxy), (6, Doubt::TrustedProxy), (7, Doubt::TrustedProxy)];
        assert_eq!(doubts(&caution, text), expected.map(|(line, doubt)| (Some(line), doubt)));
        let pressed = Caution { own_is_meant: true, ..caution };
        assert_eq!(doubts(&pressed, "192.0.2.9"), []);
        assert_eq!(doubts(&pressed, "192.0.2.*"), [(Some(1), Doubt::OwnAddress)]);
    }

    #[test]
    fn private_addresses_are_doubtful_wherever_they_come_from() {
        let text = "192.168.1.9\n10.0.0.0/8\n192.0.2.9\nfd00::/48\n198.51.100.7";
        let private = [1, 2, 4].map(|line| (Some(line), Doubt::Private));
        assert_eq!(doubts(&Caution::default(), text), private);
        let pressed = Caution { own: "192.168.1.9".parse().ok(), own_is_meant: true, ..Caution::default() };
        assert_eq!(doubts(&pressed, text), private, "the own address may be that of a proxy");
        let proxies = TrustedProxies::parse("10.0.0.7").unwrap_or_default();
        let caution = Caution { proxies: Some(&proxies), ..Caution::default() };
        assert_eq!(doubts(&caution, "10.0.0.*\n10.0.1.*"), [(Some(1), Doubt::TrustedProxy), (Some(2), Doubt::Private)]);
    }

    #[test]
    fn a_confirmation_holds_for_exactly_its_lines() {
        let caution = Caution::default();
        let confirmed = told(&caution, "10.0.0.0/7 # a\n192.0.2.1\n2001:*");
        assert!(confirmed.is_some());
        let caution = Caution { confirmed, ..caution };
        assert_eq!(doubts(&caution, "2001:*\n10.0.0.0/7 # another note\n192.0.2.2"), []);
        assert_eq!(doubts(&caution, "10.0.0.0/7\n2001:*\n64.0.0.0/7").len(), 3);
        assert_eq!(doubts(&caution, "64.0.0.0/7\n2001:*").len(), 2);
        assert_eq!(doubts(&caution, "10.0.0.0/7").len(), 1);
    }
}
