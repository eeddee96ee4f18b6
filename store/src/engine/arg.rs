//! Bound values.

use domain::{id, time::Millis};
use sqlx::{Arguments, postgres::PgArguments, sqlite::SqliteArguments};
use uuid::Uuid;

/// A value of a type that both engines have. `None` is NULL, typed for PostgreSQL's sake.
#[derive(Debug, Clone)]
pub(crate) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Bool(bool),
    Uuid(Option<Uuid>),
    /// The list of [`super::Tx::all_in`].
    Ints(Vec<i64>),
}

/// A list of bound values, from anything that converts.
macro_rules! args {
    ($($value:expr),* $(,)?) => { Vec::<$crate::engine::Arg>::from([$($crate::engine::Arg::from($value)),*]) };
}
pub(crate) use args;

macro_rules! from {
    ($($source:ty => |$value:ident| $arg:expr;)*) => {$(
        impl From<$source> for Arg {
            fn from($value: $source) -> Self {
                $arg
            }
        }
    )*};
}

from! {
    i64 => |value| Self::Int(Some(value));
    Option<i64> => |value| Self::Int(value);
    u32 => |value| Self::Int(Some(value.into()));
    Millis => |value| Self::Int(Some(value.0));
    Option<Millis> => |value| Self::Int(value.map(|at| at.0));
    id::EnvironmentId => |value| Self::Int(Some(value.get()));
    &str => |value| Self::Text(Some(value.to_owned()));
    String => |value| Self::Text(Some(value));
    Option<String> => |value| Self::Text(value);
    Vec<u8> => |value| Self::Bytes(Some(value));
    bool => |value| Self::Bool(value);
    Uuid => |value| Self::Uuid(Some(value));
    Option<Uuid> => |value| Self::Uuid(value);
    id::AccountId => |value| Self::Uuid(Some(value.0));
    id::PersonId => |value| Self::Uuid(Some(value.0));
    id::ProjectId => |value| Self::Uuid(Some(value.0));
    id::InviteId => |value| Self::Uuid(Some(value.0));
    id::SignInId => |value| Self::Uuid(Some(value.0));
    id::RequestId => |value| Self::Uuid(Some(value.0));
    id::ExportId => |value| Self::Uuid(Some(value.0));
    id::ApiKeyId => |value| Self::Uuid(Some(value.0));
    id::DefinitionKey => |value| Self::Uuid(Some(value.0));
    id::LetterId => |value| Self::Uuid(Some(value.0));
    id::ResetId => |value| Self::Uuid(Some(value.0));
    id::ReportKey => |value| Self::Uuid(Some(value.0));
    id::MessageId => |value| Self::Uuid(Some(value.0));
}

macro_rules! bind {
    ($arguments:ident, $args:ident, $list:expr) => {{
        for arg in $args {
            let added = match arg {
                Arg::Int(value) => $arguments.add(value),
                Arg::Text(value) => $arguments.add(value),
                Arg::Bytes(value) => $arguments.add(value),
                Arg::Bool(value) => $arguments.add(value),
                Arg::Uuid(value) => $arguments.add(value),
                Arg::Ints(list) => $arguments.add($list(list)),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok($arguments)
    }};
}

pub(super) fn sqlite(args: Vec<Arg>) -> Result<SqliteArguments, sqlx::Error> {
    let mut arguments = SqliteArguments::default();
    bind!(arguments, args, json)
}

pub(super) fn postgres(args: Vec<Arg>) -> Result<PgArguments, sqlx::Error> {
    let mut arguments = PgArguments::default();
    bind!(arguments, args, std::convert::identity::<Vec<i64>>)
}

fn json(list: Vec<i64>) -> String {
    serde_json::Value::from(list).to_string()
}
