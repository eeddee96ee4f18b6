//! Which lines of a list say what another says already.

use std::{cmp::Reverse, net::IpAddr};

use super::Pattern;

/// How a line meets another one of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// All that it covers is covered by this one too.
    Covered(Pattern),
    /// This one, which begins no later, covers a part of it.
    Partial(Pattern),
}

/// A list in the order of where its lines begin; of those that begin together the longest comes first, of equal ones the first of the list.
#[derive(Debug, Default)]
pub(super) struct Spans {
    places: Vec<Place>,
    covered: usize,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    line: usize,
    /// The line that reaches furthest, of this one and those before it.
    furthest: usize,
}

fn key(pattern: &Pattern) -> (IpAddr, Reverse<IpAddr>) {
    let (first, last) = pattern.bounds();
    (first, Reverse(last))
}

impl Spans {
    pub(super) fn new(patterns: &[Pattern]) -> Self {
        let mut order: Vec<usize> = (0..patterns.len()).collect();
        // Stable, so that equal ones stay in the order of the list.
        order.sort_by_key(|line| key(&patterns[*line]));
        let reach = |line: usize| patterns[line].bounds().1;
        let mut spans = Self { places: Vec::with_capacity(order.len()), covered: 0 };
        let mut furthest = None;
        for line in order {
            spans.covered += usize::from(furthest.is_some_and(|before| reach(before) >= reach(line)));
            let now = furthest.filter(|before| reach(*before) >= reach(line)).unwrap_or(line);
            furthest = Some(now);
            spans.places.push(Place { line, furthest: now });
        }
        spans
    }

    /// How many lines are covered by another one.
    pub(super) fn covered(&self) -> usize {
        self.covered
    }

    /// How a pattern, of this list or of another, meets a line of this list that begins no later. Of two that cover the same, the later one is covered.
    pub(super) fn overlap(&self, patterns: &[Pattern], asked: &Pattern) -> Option<Overlap> {
        let before = self.places.partition_point(|place| key(&patterns[place.line]) < key(asked));
        let equal =
            self.places[before..].iter().take_while(|place| key(&patterns[place.line]) == key(asked) && patterns[place.line] != *asked);
        let end = before + equal.count();
        let other = patterns[self.places[..end].last()?.furthest];
        let ((first, last), (_, reach)) = (asked.bounds(), other.bounds());
        // Every IPv4 address is below every IPv6 address, so families do not meet.
        if reach >= last { Some(Overlap::Covered(other)) } else { (reach >= first).then_some(Overlap::Partial(other)) }
    }
}

#[cfg(test)]
mod tests {
    use crate::excluded_ip::{Exclusions, Pattern};

    fn covering(patterns: &[&str], asked: &str) -> Option<String> {
        let list = Exclusions::new(patterns.iter().filter_map(|text| Pattern::parse(text).ok()).collect());
        match list.overlap(&Pattern::parse(asked).ok()?)? {
            super::Overlap::Covered(by) => Some(format!("covered by {by}")),
            super::Overlap::Partial(with) => Some(format!("overlaps {with}")),
        }
    }

    #[test]
    fn a_line_within_another_is_covered_by_it() {
        let list = ["10.0.0.1", "10.0.*", "2001:db8::1", "2001:db8::/32", "192.0.2.1"];
        assert_eq!(covering(&list, "10.0.0.1").as_deref(), Some("covered by 10.0.*"));
        assert_eq!(covering(&list, "2001:db8::1").as_deref(), Some("covered by 2001:db8::/32"));
        for free in ["10.0.*", "2001:db8::/32", "192.0.2.1"] {
            assert_eq!(covering(&list, free), None, "{free}");
        }
    }

    #[test]
    fn of_two_that_cover_the_same_the_later_one_is_covered() {
        let list = ["10.0.0.0/16", "10.0.*"];
        assert_eq!(covering(&list, "10.0.0.0/16"), None);
        assert_eq!(covering(&list, "10.0.*").as_deref(), Some("covered by 10.0.0.0/16"));
    }

    #[test]
    fn ranges_that_cross_overlap_in_part() {
        let list = ["10.0.0.1-10.0.0.9", "10.0.0.5-10.0.0.20"];
        assert_eq!(covering(&list, "10.0.0.5-10.0.0.20").as_deref(), Some("overlaps 10.0.0.1-10.0.0.9"));
        assert_eq!(covering(&list, "10.0.0.1-10.0.0.9"), None);
    }

    #[test]
    fn a_line_of_another_list_is_compared_just_as_well() {
        assert_eq!(covering(&["10.0.*"], "10.0.0.0/16").as_deref(), Some("covered by 10.0.*"));
        assert_eq!(covering(&["10.0.*"], "10.0.3.0/24").as_deref(), Some("covered by 10.0.*"));
        assert_eq!(covering(&["10.0.*"], "10.1.3.0/24"), None);
        assert_eq!(covering(&[], "10.1.3.0/24"), None);
    }
}
