//! Names of properties that are not kept.

use std::fmt;

use super::{Line, Lines};
use crate::invalid::Problem;

/// A name, or a part of one with a `*` for what may stand before or behind it. Capital and small letters are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    text: String,
    starts_anyhow: bool,
    ends_anyhow: bool,
}

impl NamePattern {
    /// Whether it means a property of this name.
    pub fn covers(&self, name: &str) -> bool {
        self.covers_small(&name.to_lowercase())
    }

    /// The same for a name in small letters, so that a list is asked without making them for each of its lines.
    fn covers_small(&self, name: &str) -> bool {
        match (self.starts_anyhow, self.ends_anyhow) {
            (false, false) => name == self.text,
            (false, true) => name.starts_with(&self.text),
            (true, false) => name.ends_with(&self.text),
            (true, true) => name.contains(&self.text),
        }
    }
}

impl Lines<NamePattern> {
    /// Whether one of them means a property of this name.
    pub fn cover(&self, name: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let name = name.to_lowercase();
        self.iter().any(|pattern| pattern.covers_small(&name))
    }
}

impl Line for NamePattern {
    fn parse(text: &str) -> Result<Self, Problem> {
        let (rest, starts_anyhow) = text.strip_prefix('*').map_or((text, false), |rest| (rest, true));
        let (rest, ends_anyhow) = rest.strip_suffix('*').map_or((rest, false), |rest| (rest, true));
        if rest.contains('*') {
            return Err(Problem::WildcardInside);
        }
        // One star alone stands for both.
        let everything = rest.is_empty();
        Ok(Self { text: rest.to_lowercase(), starts_anyhow: starts_anyhow || everything, ends_anyhow: ends_anyhow || everything })
    }
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            return f.write_str("*");
        }
        let star = |is_there| if is_there { "*" } else { "" };
        write!(f, "{}{}{}", star(self.starts_anyhow), self.text, star(self.ends_anyhow))
    }
}
