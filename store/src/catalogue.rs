//! Every table, and whether it can hold a tracked user.
//!
//! Erasing, its verifying count, previews and the purge of deleted environments go by this list, so a table that is added here is reached by all of them. A test fails for
//! a table of the database that is missing.

mod environment_table;
mod user_table;

pub(crate) use environment_table::{COMPANIES, PURGES};

use crate::engine::Sql;
pub use user_table::UserTable;
pub(crate) use user_table::{SOME, SOME_COUNTED};

use user_table::{ALIASES, EVENTS, USER_PROPERTIES, USERS};

/// A table of the database.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it can hold of a tracked user.
    pub holds: Holds,
}

/// What a table can hold of tracked users.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Rows of users. A deletion request erases them, and is complete when it counts none.
    Users(&'static UserTable),
    /// The keys of users that a deletion request erases. They leave with its completion.
    Orders,
    /// Names of users whom a deletion request may be about. They leave when it is made, or within the hour.
    Drafts,
    /// Copies of what users' tables hold, for somebody who asked what is known of them, and whose they are. They leave within a day of being ready, and before the first row
    /// that a deletion request about any of the same users erases.
    Archives,
    /// Nothing that names a user, and why.
    None {
        /// The reason.
        why: &'static str,
    },
}

const fn users(table: &'static UserTable) -> Table {
    Table { name: table.name, holds: Holds::Users(table) }
}

const fn none(name: &'static str, why: &'static str) -> Table {
    Table { name, holds: Holds::None { why } }
}

/// Every table of the database. Those of users stand in the order in which they are erased.
pub const TABLES: &[Table] = &[
    users(&EVENTS),
    users(&USER_PROPERTIES),
    users(&USERS),
    users(&ALIASES),
    Table { name: "deletion_subjects", holds: Holds::Orders },
    Table { name: "deletion_uploads", holds: Holds::Drafts },
    Table { name: "export_parts", holds: Holds::Archives },
    Table { name: "export_subjects", holds: Holds::Archives },
    none("deletion_requests", "who asked, when, and counts"),
    none("deletion_counts", "counts"),
    none("exports", "who asked, when, and counts"),
    none("receipts", "hashes of who was erased, by a random key that is kept nowhere; else as deletion_requests"),
    none("suppressions", "keyed hashes of names whose data is not to be collected again, where that was asked for"),
    none("jobs", "an alias or a place in a request by user keys, which are keyed hashes, or in an export by numbers; gone when it is done"),
    none("audit_log", "deeds of teammates; tracked users as counts alone"),
    none("installation", "the fingerprint of the instance key"),
    none("accounts", "customers"),
    none("people", "logins, never tracked users"),
    none("sign_ins", "of people"),
    none("teammates", "of people"),
    none("invites", "addresses of people to be"),
    none("outbox", "addresses of people and of people to be, and what is written to them about"),
    none("password_resets", "of people"),
    none("messages", "what people wrote to the operator; one that names a tracked user is deleted by hand"),
    none("help_answers", "how often a page helped, by day"),
    none("projects", "names given by teammates"),
    none("environments", "names given by teammates"),
    none("event_definitions", "names of events"),
    none("property_definitions", "names of properties"),
    none("segments", "a value that a teammate typed to compare with; who has it is asked anew each time"),
    none("reports", "names of events, and a value to compare with as in segments"),
    none("excluded_ip_lists", "versions"),
    none("excluded_ips", "patterns typed by teammates; nothing is collected from them"),
    none("privacy_settings", "names of properties, hosts and paths typed by teammates"),
    none("api_keys", "hashes of keys"),
    none("companies", "ids of the tracked product's customers; which of its users belongs to one stands in events alone"),
    none("company_properties", "what is known of those customers"),
    none("_sqlx_migrations", "versions of this schema"),
    none("sqlite_stat1", "SQLite's statistics: how many rows share the beginning of a key"),
    none("sqlite_stat4", "SQLite's statistics: samples of keys, in which no text of a user stands"),
];

/// What is asked of tables by environment, whosever their rows are.
pub(crate) const BY_ENVIRONMENT: &[Sql] = &[
    EVENTS.everybody,
    USER_PROPERTIES.everybody,
    USERS.everybody,
    ALIASES.everybody,
    COMPANIES[0].everybody,
    COMPANIES[0].erase,
    COMPANIES[1].everybody,
    COMPANIES[1].erase,
];

/// The tables that hold users, in the order in which they are erased.
pub(crate) fn user_tables() -> impl Iterator<Item = &'static UserTable> {
    TABLES.iter().filter_map(|table| match table.holds {
        Holds::Users(table) => Some(table),
        Holds::Orders | Holds::Drafts | Holds::Archives | Holds::None { .. } => None,
    })
}

/// The same in the order in which they stand in an archive. What a deletion request erases of somebody is what an export tells.
pub(crate) fn exported_tables() -> Vec<&'static UserTable> {
    let mut tables: Vec<_> = user_tables().collect();
    tables.sort_by_key(|table| table.exported);
    tables
}
