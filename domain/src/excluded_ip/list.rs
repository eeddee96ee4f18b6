//! The text box: one pattern a line.

use std::{collections::HashMap, fmt};

use super::Pattern;
use crate::invalid::{Field, Invalid, Mistakes, Problem};

/// The most patterns of one list.
pub const MAX_LINES: u32 = 1_000;
const MAX_LINE: u32 = 300;
const MAX_NOTE: u32 = 200;

/// A pattern and what its author says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is excluded.
    pub pattern: Pattern,
    /// What stood after the `#`.
    pub note: Option<String>,
}

impl Line {
    /// Parses a line that holds a pattern.
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
        Ok(Self { pattern, note: (!note.is_empty()).then_some(note) })
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

/// Parses the text box. Blank lines and lines with a comment alone are passed over. A pattern that stands there twice is kept once, in its first place, with
/// the first note that it has: pasted lists repeat themselves, and the rule is the same.
///
/// # Errors
/// Every bad line with its number.
pub fn parse_list(text: &str) -> Result<Vec<Line>, Invalid> {
    let mut mistakes = Mistakes::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut places = HashMap::new();
    for (number, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let content = text.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        match Line::parse(text) {
            Err(problem) => mistakes.add(Field::Patterns, Some(number), problem),
            Ok(line) => {
                let place = *places.entry(line.pattern).or_insert(lines.len());
                match lines.get_mut(place) {
                    None => lines.push(line),
                    Some(first) if first.note.is_none() => first.note = line.note,
                    Some(_) => {}
                }
            }
        }
    }
    if lines.len() > MAX_LINES as usize {
        mistakes.add(Field::Patterns, None, Problem::TooMany { max: MAX_LINES });
    }
    mistakes.finish().map(|()| lines)
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
    fn a_repeated_pattern_is_kept_once_with_its_first_note() {
        let text = "10.0.0.1\n192.0.2.1 # b\n10.0.0.1 # a\n::ffff:192.0.2.1 # c\n10.0.0.1 # d";
        assert_eq!(shown(text).as_deref(), Ok("10.0.0.1 # a\n192.0.2.1 # b\n"));
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
        assert_eq!(parse_list(&list(1_000).repeat(2)).map(|lines| lines.len()), Ok(1_000));
    }
}
