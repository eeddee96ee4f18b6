//! The orders that lists have. In an address an order is its column, after a `-` where it goes down.

use std::cmp::Reverse;

use super::Listed;

/// The columns of one list that it can be sorted by.
pub trait SortBy: Copy + PartialEq + 'static {
    /// Each with its name in the address, the usual order first.
    const ALL: &'static [(&'static str, Self)];
    /// Whether the usual order goes down.
    const DESCENDING: bool;
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order<S> {
    /// The column.
    pub by: S,
    /// From the greatest to the least.
    pub descending: bool,
}

impl<S: SortBy> Order<S> {
    /// The order of that name, else the usual one.
    pub fn parse(text: &str) -> Self {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let known = S::ALL.iter().find(|(known, _)| *known == name);
        known.map_or_else(Self::default, |(_, by)| Self { by: *by, descending })
    }

    /// The name in the address; empty for the usual order.
    pub fn name(self) -> String {
        if self == Self::default() {
            return String::new();
        }
        let name = S::ALL.iter().find(|(_, by)| *by == self.by).map_or("", |(name, _)| *name);
        [if self.descending { "-" } else { "" }, name].concat()
    }

    /// Sorts; rows with equal keys keep their order.
    pub fn sort<T: Listed<Sort = S>>(self, rows: &mut [T]) {
        if self.descending {
            rows.sort_by_cached_key(|row| Reverse(row.key(self.by)));
        } else {
            rows.sort_by_cached_key(|row| row.key(self.by));
        }
    }
}

impl<S: SortBy> Default for Order<S> {
    fn default() -> Self {
        Self { by: S::ALL[0].1, descending: S::DESCENDING }
    }
}

macro_rules! sorts {
    ($($(#[$doc:meta])* $name:ident, $descending:literal: $($by:ident $word:literal),+;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is the name of a column")]
        pub enum $name { $($by),+ }

        impl SortBy for $name {
            const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$by)),+];
            const DESCENDING: bool = $descending;
        }
    )*};
}

sorts! {
    /// Teammates, the oldest first.
    TeammateSort, false: Joined "joined", Name "name", Access "access", Seen "seen";
    /// Pending invites, the oldest first.
    InviteSort, false: Made "made";
    /// Environments within their project, the oldest first.
    EnvironmentSort, false: Created "created", Name "name", Id "id", TimeZone "time_zone";
    /// Definitions of one kind, by name.
    DefinitionSort, false: Name "name", Changed "changed";
    /// Reports, by name.
    ReportSort, false: Name "name", Changed "changed";
    /// Deletion requests, the newest first.
    RequestSort, true: Requested "requested", RequestedBy "by", State "state", Found "found", Users "users", Events "events";
    /// The audit log, the newest change first.
    AuditSort, true: Number "at";
}
