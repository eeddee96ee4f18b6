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
                    text.push_str(if column == 0 { "" } else { ", " });
                    self.placeholder(&mut text, args.len());
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

    /// `{head} IN (..) {tail}`: one text for lists of any length, which binds the list as one value.
    pub(super) fn in_list(self, head: &str, first: &[Arg], list: &[i64], tail: &str) -> (String, Vec<Arg>) {
        let place = first.len() + 1;
        let text = match self {
            Self::Sqlite => format!("{head} IN (SELECT value FROM json_each(${place})) {tail}"),
            Self::Postgres => format!("{head} = ANY(${place}) {tail}"),
        };
        let mut args = first.to_vec();
        args.push(Arg::Ints(list.to_vec()));
        (text, args)
    }

    /// Before, between and after a column of JSON text and a [`Dialect::selector`]: the JSON text of that member, NULL where there is none. PostgreSQL's `JSON`, unlike
    /// `JSONB`, keeps the bytes.
    pub(super) fn member(self) -> [&'static str; 3] {
        match self {
            Self::Sqlite => ["(", " -> ", ")"],
            Self::Postgres => ["CAST(CAST(", " AS JSON) -> CAST(", " AS TEXT) AS TEXT)"],
        }
    }

    /// What selects a member by name: a path on SQLite, whose labels are quoted and escaped as JSON's are.
    pub(super) fn selector(self, name: &str) -> String {
        match self {
            Self::Sqlite => format!("$.{}", serde_json::Value::from(name)),
            Self::Postgres => name.to_owned(),
        }
    }

    /// SQLite finds the name of a numbered placeholder by looking through all of them, so in long statements it gets nameless ones.
    fn placeholder(self, text: &mut String, number: usize) {
        match self {
            Self::Sqlite => text.push('?'),
            Self::Postgres => {
                let _ = write!(text, "${number}");
            }
        }
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
        let last = pieces.last().map(|(text, _)| text.as_str());
        assert_eq!(last, Some("INSERT INTO t (a, b) VALUES (?, ?), (?, ?), (?, ?), (?, ?) "));
    }

    #[test]
    fn a_list_follows_the_first_values() {
        let text =
            |dialect: Dialect| dialect.in_list("SELECT a FROM t WHERE b = $1 AND c", &[Arg::from(7_i64)], &[1, 2, 3], "ORDER BY a").0;
        assert_eq!(text(Dialect::Postgres), "SELECT a FROM t WHERE b = $1 AND c = ANY($2) ORDER BY a");
        assert_eq!(text(Dialect::Sqlite), "SELECT a FROM t WHERE b = $1 AND c IN (SELECT value FROM json_each($2)) ORDER BY a");
    }
}
