//! Users in a file: one a line, or a CSV file whose header says which column names them.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord};

use super::{MAX_FOUND, Target, TargetKind};
use crate::{
    invalid::{Field, Invalid, Mistakes, Problem},
    user::{Identity, UserId},
};

/// Whom a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetFile {
    /// Each once, in no particular order.
    pub targets: Vec<Target>,
    /// How many lines named somebody who had been named before.
    pub repeated: u32,
}

/// The columns of a CSV file that name users.
struct Columns {
    separator: u8,
    identity: Option<usize>,
    user_id: Option<usize>,
}

impl TargetFile {
    /// Reads a file of up to [`MAX_FOUND`] users. Where its first line has a cell `identity` or `user_id` (or both) between commas, semicolons or tabs, it is CSV (RFC 4180) and each line names its
    /// user in one of them; every other file names one user a line, of the given kind.
    ///
    /// # Errors
    /// Everything wrong at once, bad lines with their numbers; `NoColumn` where every line has as many cells and none of the first says which one counts.
    pub fn parse(text: &str, kind: TargetKind) -> Result<Self, Invalid> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut found = Reader::default();
        match Columns::of(text.lines().next().unwrap_or_default()) {
            None if is_a_table(text) => return Err(Invalid::one(Field::File, Problem::NoColumn)),
            Some(columns) => found.records(text, &columns),
            None => {
                for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
                    found.take(number, if kind == TargetKind::UserId { user_id(line) } else { identity(line) });
                }
            }
        }
        found.finish()
    }
}

impl Columns {
    fn of(first: &str) -> Option<Self> {
        [b',', b';', b'\t'].into_iter().find_map(|separator| {
            let cells: Vec<String> =
                first.split(char::from(separator)).map(|cell| cell.trim().trim_matches('"').to_ascii_lowercase()).collect();
            let place = |name| cells.iter().position(|cell| cell == name);
            let (identity, user_id) = (place("identity"), place("user_id"));
            (identity.is_some() || user_id.is_some()).then_some(Self { separator, identity, user_id })
        })
    }

    fn target(&self, record: &StringRecord) -> Result<Target, Problem> {
        let cell = |place: Option<usize>| place.and_then(|place| record.get(place)).filter(|cell| !cell.trim().is_empty());
        match (cell(self.identity), cell(self.user_id)) {
            (Some(name), None) => identity(name),
            (None, Some(number)) => user_id(number),
            _ => Err(Problem::NotATarget),
        }
    }
}

/// Several lines, each in as many cells: whoever wrote that has columns in mind.
fn is_a_table(text: &str) -> bool {
    [',', ';', '\t'].into_iter().any(|separator| {
        let mut cells = text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.matches(separator).count());
        let first = cells.next().unwrap_or(0);
        let mut others = cells.peekable();
        first > 0 && others.peek().is_some() && others.all(|count| count == first)
    })
}

fn identity(text: &str) -> Result<Target, Problem> {
    Identity::parse(text).map(Target::Identity)
}

fn user_id(text: &str) -> Result<Target, Problem> {
    UserId::parse(text).map(Target::UserId)
}

#[derive(Default)]
struct Reader {
    targets: BTreeSet<Target>,
    repeated: u32,
    mistakes: Mistakes,
}

impl Reader {
    fn records(&mut self, text: &str, columns: &Columns) {
        let mut reader = ReaderBuilder::new().delimiter(columns.separator).flexible(true).from_reader(text.as_bytes());
        for record in reader.records() {
            // It is text already, and lines of any length are taken, so nothing is left to go wrong.
            let Ok(record) = record else { continue };
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                self.take(u32::try_from(line).unwrap_or(u32::MAX), columns.target(&record));
            }
        }
    }

    fn take(&mut self, line: u32, parsed: Result<Target, Problem>) {
        match parsed {
            Ok(target) => self.repeated += u32::from(!self.targets.insert(target)),
            Err(problem) => self.mistakes.add(Field::File, Some(line), problem),
        }
    }

    fn finish(mut self) -> Result<TargetFile, Invalid> {
        if self.targets.len() > MAX_FOUND as usize {
            self.mistakes.add(Field::File, None, Problem::TooMany { max: MAX_FOUND });
        }
        self.mistakes.finish()?;
        if self.targets.is_empty() {
            return Err(Invalid::one(Field::File, Problem::NamesNobody));
        }
        Ok(TargetFile { targets: self.targets.into_iter().collect(), repeated: self.repeated })
    }
}

#[cfg(test)]
mod tests;
