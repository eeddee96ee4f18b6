//! Which rows a change of a list takes and writes.

use std::collections::{HashMap, HashSet};

use domain::{
    excluded_ip::Line,
    id::{AccountId, PersonId},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::Edit;
use crate::engine::{Arg, args};

/// A line as it stands in the table.
#[derive(FromRow)]
pub(super) struct Stored {
    pub(super) position: i64,
    pub(super) pattern: String,
    added_by: Uuid,
    added_at: i64,
}

pub(super) struct Plan<'a> {
    /// Every row of the list goes, and all of it is written anew.
    pub(super) clears: bool,
    pub(super) removed: Vec<Stored>,
    /// How many lines the list has afterwards.
    pub(super) len: usize,
    /// The place of the first line that is written.
    first: i64,
    written: Vec<(&'a Line, Option<Stored>)>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(before: Vec<Stored>, edit: Edit<'a>) -> Self {
        match edit {
            Edit::Replace { lines, .. } => Self::replacing(before, lines),
            Edit::Add(lines) => {
                let there: HashSet<&str> = before.iter().map(|line| line.pattern.as_str()).collect();
                let new = |line: &&Line| !there.contains(line.pattern.to_string().as_str());
                let written: Vec<_> = lines.iter().filter(new).map(|line| (line, None)).collect();
                let first = before.last().map_or(0, |line| line.position + 1);
                Self { clears: false, removed: Vec::new(), len: before.len() + written.len(), first, written }
            }
            Edit::Remove(pattern) => {
                let (gone, pattern) = (before.len(), pattern.to_string());
                let removed: Vec<Stored> = before.into_iter().filter(|line| line.pattern == pattern).collect();
                Self { clears: false, len: gone - removed.len(), removed, first: 0, written: Vec::new() }
            }
        }
    }

    fn replacing(before: Vec<Stored>, lines: &'a [Line]) -> Self {
        let mut kept: HashMap<String, Stored> = before.into_iter().map(|line| (line.pattern.clone(), line)).collect();
        let written = lines.iter().map(|line| (line, kept.remove(&line.pattern.to_string()))).collect();
        let mut removed: Vec<Stored> = kept.into_values().collect();
        removed.sort_unstable_by_key(|line| line.position);
        Self { clears: true, removed, len: lines.len(), first: 0, written }
    }

    /// The lines that were not there before.
    pub(super) fn added(&self) -> impl Iterator<Item = &'a Line> {
        self.written.iter().filter(|(_, stored)| stored.is_none()).map(|(line, _)| *line)
    }

    /// What is written. Who keeps a line keeps who added it and when.
    pub(super) fn rows(self, account: AccountId, scope: i64, by: PersonId, now: Millis) -> Vec<Vec<Arg>> {
        let row = |(position, (line, stored)): (i64, (&Line, Option<Stored>))| {
            let (by, at) = stored.map_or((by.0, now.0), |stored| (stored.added_by, stored.added_at));
            args![account, scope, position, line.pattern.to_string(), line.note.clone().unwrap_or_default(), by, at]
        };
        (self.first..).zip(self.written).map(row).collect()
    }
}
