//! The three files of an archive, written side by side.

use super::{ExportFile, ExportTable, csv, html, json};
use crate::{
    deletion::Counts,
    id::{AccountId, EnvironmentId, ExportId},
    time::Millis,
};

/// What an archive says of itself.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called")]
pub struct Head<'a> {
    pub export: ExportId,
    pub account: AccountId,
    pub account_name: &'a str,
    /// Events that were received later are not in it.
    pub asked_at: Millis,
    /// The version that made it.
    pub cairn: &'a str,
}

/// An environment.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called")]
pub struct Place<'a> {
    pub environment: EnvironmentId,
    pub project: &'a str,
    pub name: &'a str,
}

/// A row of a table. `user` is the number of its user among those of the environment, from 1. Values and properties are JSON as it is stored.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Row<'a> {
    User {
        user: u64,
        identity: Option<&'a str>,
        user_id: Option<i64>,
        received_at: Millis,
    },
    Property {
        user: u64,
        name: &'a str,
        value: &'a str,
        received_at: Millis,
    },
    Alias {
        user: u64,
        /// Nothing where that is somebody else.
        identified_as: Option<u64>,
        received_at: Millis,
    },
    Event(EventRow<'a>),
}

/// One event.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called")]
pub struct EventRow<'a> {
    pub user: u64,
    pub name: &'a str,
    pub occurred_at: Millis,
    pub received_at: Millis,
    pub session: Option<&'a str>,
    pub company: Option<&'a str>,
    pub properties: &'a str,
}

/// What comes next in each file. The calls follow the document: a head; for each environment its place, for each table of it an opening, rows and a close, and the
/// environment's end; an end.
#[derive(Default)]
pub struct Pieces {
    data: String,
    page: String,
    events: String,
}

impl Pieces {
    /// The beginning of the files.
    pub fn begin(&mut self, head: &Head<'_>) {
        json::begin(&mut self.data, head);
        html::begin(&mut self.page, head);
        csv::begin(&mut self.events);
    }

    /// An environment begins.
    pub fn environment(&mut self, place: &Place<'_>, is_first: bool) {
        json::environment(&mut self.data, place, is_first);
        html::environment(&mut self.page, place);
    }

    /// A table of it begins.
    pub fn open(&mut self, table: ExportTable) {
        json::open(&mut self.data, table);
        html::open(&mut self.page, table);
    }

    /// A row of it.
    pub fn row(&mut self, place: &Place<'_>, row: &Row<'_>, is_first: bool) {
        json::row(&mut self.data, row, is_first);
        match row {
            Row::Event(event) => csv::row(&mut self.events, place, event),
            other => html::row(&mut self.page, other, is_first),
        }
    }

    /// The newest events of an environment, of which there are `total`: the page shows these alone.
    pub fn newest(&mut self, events: &[EventRow<'_>], total: u64) {
        html::newest(&mut self.page, events, total);
    }

    /// The table ends, with so many rows.
    pub fn close(&mut self, table: ExportTable, rows: u64) {
        json::close(&mut self.data);
        html::close(&mut self.page, table, rows);
    }

    /// The environment ends.
    pub fn environment_ends(&mut self) {
        json::environment_ends(&mut self.data);
        html::environment_ends(&mut self.page);
    }

    /// The end of the files, with how many rows of each table they hold.
    pub fn end(&mut self, rows: Counts) {
        json::end(&mut self.data, rows);
        html::end(&mut self.page);
    }

    /// How much there is, in bytes.
    pub fn len(&self) -> usize {
        self.data.len() + self.page.len() + self.events.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What comes next in a file.
    pub fn of(&self, file: ExportFile) -> &str {
        match file {
            ExportFile::Data => &self.data,
            ExportFile::Page => &self.page,
            ExportFile::Events => &self.events,
        }
    }
}
