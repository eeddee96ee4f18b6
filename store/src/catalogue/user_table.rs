//! The tables that hold users, and what is asked of each.

use domain::{deletion::Counts, export::ExportTable};

use super::environment_table::up_to;
use crate::engine::Sql;

/// A table whose rows belong to a user. All have `environment_id` and `received_at`.
#[derive(Debug, Clone, Copy)]
pub struct UserTable {
    /// Its name.
    pub name: &'static str,
    /// How its rows belong to a user.
    pub how: &'static str,
    /// The columns that hold a user's key. The first is the row's own user.
    pub(crate) references: &'static [Reference],
    /// Rows of environment `$1` up to the cut `$2`, whosever they are.
    pub(crate) everybody: Sql,
    /// Whether the collector reads its rows to decide where data goes. Such rows leave only while no batch is under way.
    pub(crate) is_root: bool,
    /// As what its rows stand in an archive.
    pub(crate) exported: ExportTable,
    /// Where its rows are counted.
    pub(crate) counted: fn(&mut Counts) -> &mut u64,
}

/// A column that holds a user's key. Each text ends where a list of keys follows; `$1` is the environment, `$2` the cut, `$3` where there is one the most rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    /// Rows up to the cut.
    pub(crate) count: &'static str,
    /// All rows, also newer ones, as far as `$2`; to be closed by [`SOME_COUNTED`]. The key alone tells, so PostgreSQL reads no rows where they were vacuumed.
    pub(crate) count_some: &'static str,
    /// All of them.
    pub(crate) erase: &'static str,
    /// Up to `$3` of them; to be closed by [`SOME`]. Each is looked up twice, so it takes longer than erasing all.
    pub(crate) erase_some: &'static str,
    /// Key and time of the first row after the cut; to be closed by `newer_tail`.
    pub(crate) newer: &'static str,
    pub(crate) newer_tail: &'static str,
    /// How many rows, received when; without a cut.
    pub(crate) summary: &'static str,
}

pub(crate) const SOME: &str = "LIMIT $3)";
pub(crate) const SOME_COUNTED: &str = "LIMIT $2) AS some_rows";

macro_rules! reference {
    ($table:literal, $primary:literal, $column:literal) => {
        Reference {
            count: concat!("SELECT COUNT(*) FROM ", $table, " WHERE environment_id = $1 AND received_at <= $2 AND ", $column),
            count_some: concat!("SELECT COUNT(*) FROM (SELECT 1 FROM ", $table, " WHERE environment_id = $1 AND ", $column),
            erase: concat!("DELETE FROM ", $table, " WHERE environment_id = $1 AND received_at <= $2 AND ", $column),
            erase_some: concat!(
                "DELETE FROM ",
                $table,
                // Once more outside: a row that is written anew meanwhile has the same key, and belongs to after the cut.
                " WHERE received_at <= $2 AND (",
                $primary,
                ") IN (SELECT ",
                $primary,
                " FROM ",
                $table,
                " WHERE environment_id = $1 AND received_at <= $2 AND ",
                $column
            ),
            newer: concat!(
                "SELECT ",
                $column,
                ", MIN(received_at) FROM ",
                $table,
                " WHERE environment_id = $1 AND received_at > $2 AND ",
                $column
            ),
            newer_tail: concat!("GROUP BY ", $column),
            summary: concat!(
                "SELECT COUNT(*), MIN(received_at), MAX(received_at) FROM ",
                $table,
                " WHERE environment_id = $1 AND ",
                $column
            ),
        }
    };
}

pub(super) const EVENTS: UserTable = UserTable {
    name: "events",
    everybody: up_to!("events"),
    how: "what the user did",
    references: &[reference!("events", "environment_id, user_key, event_id", "user_key")],
    is_root: false,
    exported: ExportTable::Events,
    counted: |counts| &mut counts.events,
};

pub(super) const USER_PROPERTIES: UserTable = UserTable {
    name: "user_properties",
    everybody: up_to!("user_properties"),
    how: "what is known of the user",
    references: &[reference!("user_properties", "environment_id, user_key, property_key", "user_key")],
    is_root: false,
    exported: ExportTable::Properties,
    counted: |counts| &mut counts.properties,
};

pub(super) const USERS: UserTable = UserTable {
    name: "users",
    everybody: up_to!("users"),
    how: "the user",
    references: &[reference!("users", "environment_id, user_key", "user_key")],
    is_root: true,
    exported: ExportTable::Users,
    counted: |counts| &mut counts.users,
};

pub(super) const ALIASES: UserTable = UserTable {
    name: "aliases",
    everybody: up_to!("aliases"),
    how: "the anonymous user, and who that turned out to be",
    references: &[
        reference!("aliases", "environment_id, user_key", "user_key"),
        reference!("aliases", "environment_id, user_key", "identified_key"),
    ],
    is_root: true,
    exported: ExportTable::Aliases,
    counted: |counts| &mut counts.aliases,
};
