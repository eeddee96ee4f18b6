//! Where the engines differ.

use std::fmt::Write;

use super::Arg;

/// Which engine a transaction talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// Values bound in one statement: SQLite's limit is 32,766 and PostgreSQL's 65,535, but short statements are prepared faster and stay in the cache.
const MOST_VALUES: usize = 2_048;
const MOST_IN_LIST: usize = 500;

impl Dialect {
    /// Fills the placeholders of the schema.
    pub(crate) fn schema(self, text: &str) -> String {
        let (bytes, string, clustered) = match self {
            Self::Sqlite => ("BLOB", "TEXT", "WITHOUT ROWID"),
            // Bytewise comparison, as SQLite does by default.
            Self::Postgres => ("BYTEA", "TEXT COLLATE \"C\"", ""),
        };
        text.replace("{bytes}", bytes).replace("{text}", string).replace("{clustered}", clustered)
    }

    /// `{head} VALUES ($1, $2), ($3, $4) {tail}` in pieces whose lengths are powers of two, so that few texts are prepared.
    pub(super) fn values(self, head: &str, rows: Vec<Vec<Arg>>, tail: &str) -> Vec<(String, Vec<Arg>)> {
        let width = rows.first().map_or(1, Vec::len).max(1);
        let mut pieces = Vec::new();
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        while left > 0 {
            let size = piece(left, MOST_VALUES / width);
            let mut text = String::with_capacity(head.len() + tail.len() + size * width * 6);
            text.push_str(head);
            text.push_str(" VALUES ");
            let mut args = Vec::with_capacity(size * width);
            for row in rows.by_ref().take(size) {
                text.push_str(if args.is_empty() { "(" } else { ", (" });
                for (column, arg) in row.into_iter().enumerate() {
                    args.push(arg);
                    let _ = write!(text, "{}${}", if column == 0 { "" } else { ", " }, args.len());
                }
                text.push(')');
            }
            text.push(' ');
            text.push_str(tail);
            pieces.push((text, args));
            left -= size;
        }
        pieces
    }

    /// `{head} IN ($3, $4) {tail}` likewise.
    pub(super) fn in_list(self, head: &str, first: &[Arg], list: &[i64], tail: &str) -> Vec<(String, Vec<Arg>)> {
        let mut pieces = Vec::new();
        let mut rest = list;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(piece(rest.len(), MOST_IN_LIST));
            rest = later;
            let mut args = first.to_vec();
            let mut text = format!("{head} IN (");
            for (place, number) in now.iter().enumerate() {
                args.push(Arg::from(*number));
                let _ = write!(text, "{}${}", if place == 0 { "" } else { ", " }, args.len());
            }
            text.push_str(") ");
            text.push_str(tail);
            pieces.push((text, args));
        }
        pieces
    }
}

fn piece(left: usize, most: usize) -> usize {
    let size = left.min(most).max(1);
    1 << size.ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_split_into_powers_of_two_below_the_limit() {
        let rows: Vec<Vec<Arg>> = (0..2_500_i64).map(|n| vec![Arg::from(n), Arg::from(n)]).collect();
        let pieces = Dialect::Sqlite.values("INSERT INTO t (a, b)", rows, "");
        let sizes: Vec<usize> = pieces.iter().map(|(_, args)| args.len() / 2).collect();
        assert_eq!(sizes, [1024, 1024, 256, 128, 64, 4]);
        assert_eq!(pieces.last().map(|(text, _)| text.as_str()), Some("INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4), ($5, $6), ($7, $8) "));
    }

    #[test]
    fn a_list_follows_the_first_values() {
        let pieces = Dialect::Postgres.in_list("SELECT a FROM t WHERE b = $1 AND c", &[Arg::from(7_i64)], &[1, 2, 3], "ORDER BY a");
        let texts: Vec<&str> = pieces.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["SELECT a FROM t WHERE b = $1 AND c IN ($2, $3) ORDER BY a", "SELECT a FROM t WHERE b = $1 AND c IN ($2) ORDER BY a"]);
    }
}
