//! What a save changed, for the audit log.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::{Capture, Lines, Privacy, Retention, Switch};
use crate::audit::LINES_NAMED;

/// One setting before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "setting", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are what the sentence is made of")]
pub enum Change {
    /// Was the other way before.
    Turned {
        switch: Switch,
        on: bool,
    },
    Capture {
        from: Capture,
        to: Capture,
    },
    /// In days; for ever without a number.
    Retention {
        from: Option<Retention>,
        to: Option<Retention>,
    },
    /// The first [`LINES_NAMED`] lines by name, the rest counted.
    Lines {
        list: List,
        added: u32,
        removed: u32,
        added_lines: Vec<String>,
        removed_lines: Vec<String>,
    },
}

/// One of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is a list of the form")]
pub enum List {
    Hosts,
    EventProperties,
    UserProperties,
    Pages,
}

impl Privacy {
    /// What is different in `after`.
    pub fn changes(&self, after: &Self) -> Vec<Change> {
        let turned = Switch::ALL.into_iter().filter(|switch| self.switches.is_on(*switch) != after.switches.is_on(*switch));
        let mut changes: Vec<Change> = turned.map(|switch| Change::Turned { switch, on: after.switches.is_on(switch) }).collect();
        if self.capture != after.capture {
            changes.push(Change::Capture { from: self.capture, to: after.capture });
        }
        if self.retention != after.retention {
            changes.push(Change::Retention { from: self.retention, to: after.retention });
        }
        changes.extend(lines(List::Pages, &self.pages, &after.pages));
        changes.extend(lines(List::Hosts, &self.hosts, &after.hosts));
        changes.extend(lines(List::EventProperties, &self.event_properties, &after.event_properties));
        changes.extend(lines(List::UserProperties, &self.user_properties, &after.user_properties));
        changes
    }
}

/// Nothing where only the order is another one.
fn lines<T: PartialEq + Display>(list: List, before: &Lines<T>, after: &Lines<T>) -> Option<Change> {
    let (added, added_lines) = missing(after, before);
    let (removed, removed_lines) = missing(before, after);
    (added + removed > 0).then_some(Change::Lines { list, added, removed, added_lines, removed_lines })
}

/// How many lines are not among the `others`, and the first of them.
fn missing<T: PartialEq + Display>(lines: &Lines<T>, others: &Lines<T>) -> (u32, Vec<String>) {
    let missing: Vec<String> = lines.iter().filter(|line| others.iter().all(|other| other != *line)).map(ToString::to_string).collect();
    let count = u32::try_from(missing.len()).unwrap_or(u32::MAX);
    (count, missing.into_iter().take(LINES_NAMED).collect())
}
