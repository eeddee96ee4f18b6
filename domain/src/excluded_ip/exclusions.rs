//! A list as it judges.

use std::{net::IpAddr, sync::OnceLock};

use super::{Matcher, Overlap, Pattern, overlap::Spans};

/// The patterns of one list, ready to judge addresses, and to tell which lines say what others say already.
#[derive(Debug, Default)]
pub struct Exclusions {
    patterns: Vec<Pattern>,
    matcher: Matcher,
    /// Made when somebody looks: judging needs none of it.
    spans: OnceLock<Spans>,
}

impl Exclusions {
    /// Takes the patterns in the order of the list.
    pub fn new(patterns: Vec<Pattern>) -> Self {
        Self { matcher: Matcher::new(&patterns), patterns, spans: OnceLock::new() }
    }

    /// The line that excludes the address: of several the narrowest, of equal ones the first. `None` when the address is free.
    pub fn deciding(&self, address: IpAddr) -> Option<&Pattern> {
        self.patterns.get(self.matcher.covers(address)?)
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// How a pattern, of this list or of another, meets a line of this list that begins no later. Of two that cover the same, the later one is covered.
    pub fn overlap(&self, pattern: &Pattern) -> Option<Overlap> {
        self.spans().overlap(&self.patterns, pattern)
    }

    /// How many lines are covered by another line of the list.
    pub fn covered(&self) -> usize {
        self.spans().covered()
    }

    fn spans(&self) -> &Spans {
        self.spans.get_or_init(|| Spans::new(&self.patterns))
    }
}
