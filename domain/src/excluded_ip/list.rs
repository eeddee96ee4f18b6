//! The text box: one pattern a line.

use std::{collections::HashMap, fmt};

use super::Pattern;
use crate::invalid::{Field, Invalid, Mistakes, Problem};

/// The most lines of the box.
pub const BOX_LINES: u32 = 1_000;
/// The most lines of a list, which come by files.
pub const MAX_LINES: u32 = 100_000;
const MAX_LINE: u32 = 300;
const MAX_NOTE: u32 = 200;

/// A pattern and what its author says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is excluded.
    pub pattern: Pattern,
    /// What stood after the `#`.
    pub note: Option<String>,
    /// Where it stands in what was typed, from 1.
    pub number: u32,
}

impl Line {
    /// Parses a line that holds a pattern, as the first one.
    ///
    /// # Errors
    /// Why it holds none.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.chars().count() > MAX_LINE as usize {
            return Err(Problem::TooLong { max: MAX_LINE });
        }
        let (pattern, note) = text.split_once('#').unwrap_or((text, ""));
        let pattern = Pattern::parse(pattern)?;
        let note = note.trim().replace('\t', " ");
        if note.chars().count() > MAX_NOTE as usize {
            return Err(Problem::NoteTooLong { max: MAX_NOTE });
        }
        if note.chars().any(char::is_control) {
            return Err(Problem::ControlCharacters);
        }
        Ok(Self { pattern, note: (!note.is_empty()).then_some(note), number: 1 })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.note {
            Some(note) => write!(f, "{} # {note}", self.pattern),
            None => self.pattern.fmt(f),
        }
    }
}

/// Parses the text box. Blank lines and lines with a comment alone are passed over.
///
/// # Errors
/// Every bad line with its number, and every line whose pattern stands in an earlier one.
pub fn parse_list(text: &str) -> Result<Vec<Line>, Invalid> {
    let mut read = Read::from(Field::Patterns, text);
    for (number, first) in read.repeated {
        read.mistakes.add(Field::Patterns, Some(number), Problem::Repeated { first });
    }
    if read.lines.len() > BOX_LINES as usize {
        read.mistakes.add(Field::Patterns, None, Problem::TooMany { max: BOX_LINES });
    }
    read.mistakes.finish().map(|()| read.lines)
}

/// What an uploaded file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLines {
    /// Its lines, no pattern twice.
    pub lines: Vec<Line>,
    /// How many further lines had a pattern that was there already.
    pub repeated: u32,
}

/// Parses a file of the syntax of the box. A pattern that stands there twice is kept once, in its first place, with the first note that it has: lists that
/// programs put together repeat themselves, and the rule is the same.
///
/// # Errors
/// Every bad line with its number; a file without a line; more than [`MAX_LINES`].
pub fn parse_file(text: &str) -> Result<FileLines, Invalid> {
    let mut read = Read::from(Field::File, text);
    if read.lines.len() > MAX_LINES as usize {
        read.mistakes.add(Field::File, None, Problem::TooMany { max: MAX_LINES });
    }
    read.mistakes.finish()?;
    if read.lines.is_empty() {
        return Err(Invalid::one(Field::File, Problem::Empty));
    }
    Ok(FileLines { lines: read.lines, repeated: u32::try_from(read.repeated.len()).unwrap_or(u32::MAX) })
}

/// Lines, each pattern once.
#[derive(Default)]
struct Read {
    lines: Vec<Line>,
    /// Lines that repeat a pattern, and the lines in which it stands first.
    repeated: Vec<(u32, u32)>,
    mistakes: Mistakes,
}

impl Read {
    fn from(field: Field, text: &str) -> Self {
        let mut read = Self::default();
        let mut places = HashMap::new();
        for (number, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let content = text.trim_start();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            match Line::parse(text) {
                Err(problem) => read.mistakes.add(field, Some(number), problem),
                Ok(line) => {
                    let place = *places.entry(line.pattern).or_insert(read.lines.len());
                    match read.lines.get_mut(place) {
                        None => read.lines.push(Line { number, ..line }),
                        Some(first) => {
                            first.note = first.note.take().or(line.note);
                            read.repeated.push((number, first.number));
                        }
                    }
                }
            }
        }
        read
    }
}

/// The lines as the text box shows them.
pub fn to_text<'a>(lines: impl IntoIterator<Item = &'a Line>) -> String {
    lines.into_iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, Vec<(Option<u32>, Problem)>> {
        let lines = parse_list(text).map(|lines| to_text(&lines));
        lines.map_err(|invalid| invalid.mistakes.iter().map(|m| (m.line, m.problem)).collect())
    }

    #[test]
    fn a_list_has_blank_lines_comments_notes_and_any_line_ends() {
        let text = "\u{feff}10.0.* # Office\tBerlin\r\n\r\n# ours\r\n  2001:DB8::1#VPN \n192.0.2.1 #\n";
        assert_eq!(shown(text).as_deref(), Ok("10.0.* # Office Berlin\n2001:db8::1 # VPN\n192.0.2.1\n"));
        assert_eq!(shown("").as_deref(), Ok(""));
    }

    #[test]
    fn every_bad_line_is_told_with_its_number() {
        let told = shown("10.0.0.1\n\nnonsense\n10.0.0.2\n010.0.0.1 # x\n");
        assert_eq!(told, Err(vec![(Some(3), Problem::NotAnAddress), (Some(5), Problem::LeadingZero)]));
    }

    #[test]
    fn a_repeated_pattern_is_told_with_the_line_of_its_first() {
        let told = shown("10.0.0.1\n192.0.2.1 # b\n\n10.0.0.1 # a\n::ffff:192.0.2.1");
        assert_eq!(told, Err(vec![(Some(4), Problem::Repeated { first: 1 }), (Some(5), Problem::Repeated { first: 2 })]));
    }

    #[test]
    fn a_file_keeps_a_repeated_pattern_once_with_its_first_note() {
        let text = "10.0.0.1\n192.0.2.1 # b\n10.0.0.1 # a\n::ffff:192.0.2.1 # c\n10.0.0.1 # d";
        let file = parse_file(text).map(|file| (to_text(&file.lines), file.repeated));
        assert_eq!(file, Ok(("10.0.0.1 # a\n192.0.2.1 # b\n".to_owned(), 3)));
    }

    #[test]
    fn a_file_tells_its_bad_lines_and_is_not_empty() {
        let told = |text: &str| parse_file(text).map_err(|invalid| invalid.mistakes.iter().map(|m| (m.field, m.line, m.problem)).collect());
        assert_eq!(told("10.0.0.1\nnonsense"), Err(vec![(Field::File, Some(2), Problem::NotAnAddress)]));
        assert_eq!(told("\n# nothing\n"), Err(vec![(Field::File, None, Problem::Empty)]));
        let list = |count: u32| (0..count).map(|n| format!("10.{}.{}.{}", n >> 16, (n >> 8) & 255, n & 255)).collect::<Vec<_>>().join("\n");
        assert_eq!(told(&list(100_000)).map(|file| file.lines.len()), Ok(100_000));
        assert_eq!(told(&list(100_001)), Err(vec![(Field::File, None, Problem::TooMany { max: 100_000 })]));
    }

    #[test]
    fn lines_notes_and_lists_have_a_limit() {
        let note = |length| format!("10.0.0.1 # {}", "ü".repeat(length));
        assert!(shown(&note(200)).is_ok());
        assert_eq!(shown(&note(201)), Err(vec![(Some(1), Problem::NoteTooLong { max: 200 })]));
        assert_eq!(shown(&note(300)), Err(vec![(Some(1), Problem::TooLong { max: 300 })]));
        assert_eq!(shown("10.0.0.1 # a\u{7}b"), Err(vec![(Some(1), Problem::ControlCharacters)]));

        let list = |count: u32| (0..count).map(|n| format!("10.0.{}.{}", n / 256, n % 256)).collect::<Vec<_>>().join("\n") + "\n";
        assert_eq!(parse_list(&list(1_000)).map(|lines| lines.len()), Ok(1_000));
        assert_eq!(shown(&list(1_001)), Err(vec![(None, Problem::TooMany { max: 1_000 })]));
    }
}
