//! A text box with one pattern a line.

use std::fmt;

use crate::invalid::{Field, Mistakes, Problem};

/// The most lines of a list (Heap's limit for capture controls).
pub const MAX_LINES: u32 = 100;
/// The longest line in characters.
pub const MAX_LINE: u32 = 300;

/// What a line holds.
pub trait Line: Sized + PartialEq + fmt::Display {
    /// Parses a line that is not blank.
    ///
    /// # Errors
    /// Why it holds none.
    fn parse(text: &str) -> Result<Self, Problem>;
}

/// A list of patterns, none twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines<T>(Vec<T>);

impl<T> Default for Lines<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Line> Lines<T> {
    /// Parses what was typed. Blank lines are passed over; every bad line is noted with its number.
    pub fn parse(field: Field, text: &str, mistakes: &mut Mistakes) -> Self {
        let mut read: Vec<(u32, T)> = Vec::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            match parse_line::<T>(line.trim()) {
                Err(problem) => mistakes.add(field, Some(number), problem),
                Ok(pattern) => match read.iter().find(|(_, known)| *known == pattern) {
                    Some((first, _)) => mistakes.add(field, Some(number), Problem::Repeated { first: *first }),
                    None => read.push((number, pattern)),
                },
            }
        }
        if read.len() > MAX_LINES as usize {
            mistakes.add(field, None, Problem::TooMany { max: MAX_LINES });
        }
        Self(read.into_iter().map(|(_, pattern)| pattern).collect())
    }

    /// Reads what [`Lines`] displays.
    pub fn read(text: &str) -> Option<Self> {
        text.lines().map(|line| T::parse(line).ok()).collect::<Option<_>>().map(Self)
    }
}

fn parse_line<T: Line>(line: &str) -> Result<T, Problem> {
    if line.chars().count() > MAX_LINE as usize {
        Err(Problem::TooLong { max: MAX_LINE })
    } else if line.chars().any(char::is_control) {
        Err(Problem::ControlCharacters)
    } else {
        T::parse(line)
    }
}

impl<T> Lines<T> {
    /// The patterns in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// As the text box shows them.
impl<T: fmt::Display> fmt::Display for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
