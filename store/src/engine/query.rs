//! Statements whose shape depends on what is asked: put together from text of the source and bound values, and of nothing else.

use super::{Arg, Dialect};

/// A statement in the making.
pub(crate) struct Query {
    dialect: Dialect,
    pub(super) text: String,
    pub(super) args: Vec<Arg>,
}

/// A bound value, to be named as often as it is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound(usize);

impl Query {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, text: String::new(), args: Vec::new() }
    }

    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Binds a value without naming it yet.
    pub(crate) fn value(&mut self, arg: impl Into<Arg>) -> Bound {
        self.args.push(arg.into());
        Bound(self.args.len())
    }

    pub(crate) fn name(&mut self, Bound(number): Bound) -> &mut Self {
        self.text.push('$');
        self.number(number)
    }

    /// Binds a value that is named once, here.
    pub(crate) fn bind(&mut self, arg: impl Into<Arg>) -> &mut Self {
        let bound = self.value(arg);
        self.name(bound)
    }

    /// A small number as it is written, where a bound one would be no constant.
    pub(crate) fn number(&mut self, number: usize) -> &mut Self {
        self.text.push_str(&number.to_string());
        self
    }

    /// A list of expressions with commas between them.
    pub(crate) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) -> &mut Self {
        for (place, item) in items.into_iter().enumerate() {
            if place > 0 {
                self.push(", ");
            }
            each(self, item);
        }
        self
    }

    /// What selects a member of a JSON object by name, to be given to [`Query::member`].
    pub(crate) fn selector(&mut self, name: &str) -> Bound {
        self.value(self.dialect.selector(name))
    }

    /// The JSON text of a member of the object in `column`, byte by byte as it was stored; NULL where there is none.
    pub(crate) fn member(&mut self, column: &'static str, selector: Bound) -> &mut Self {
        let [before, between, after] = self.dialect.member();
        self.push(before).push(column).push(between).name(selector).push(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_named_by_its_number_as_often_as_needed() {
        let mut query = Query::new(Dialect::Sqlite);
        let one = query.value(7_i64);
        query.push("SELECT ").name(one).push(", ").bind("x").push(", ").name(one);
        assert_eq!((query.text.as_str(), query.args.len()), ("SELECT $1, $2, $1", 2));
    }

    #[test]
    fn the_text_of_a_member_is_asked_for_in_each_engine_s_way() {
        let text = |dialect| {
            let mut query = Query::new(dialect);
            let selector = query.selector("a\"b");
            query.member("e.properties", selector);
            (query.text, query.args)
        };
        let (text_of_sqlite, args) = text(Dialect::Sqlite);
        assert_eq!(text_of_sqlite, "(e.properties -> $1)");
        assert!(matches!(&args[..], [Arg::Text(Some(path))] if path == "$.\"a\\\"b\""));
        let (text_of_postgres, args) = text(Dialect::Postgres);
        assert_eq!(text_of_postgres, "CAST(CAST(e.properties AS JSON) -> CAST($1 AS TEXT) AS TEXT)");
        assert!(matches!(&args[..], [Arg::Text(Some(name))] if name == "a\"b"));
    }
}
