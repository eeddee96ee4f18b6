//! A server without a socket, on either engine, and the real binary.

pub(crate) mod answer;
pub(crate) mod binary;
pub(crate) mod database;
pub(crate) mod house;
pub(crate) mod mail_server;

pub(crate) use answer::Answer;
pub(crate) use binary::Binary;
pub(crate) use database::Database;
pub(crate) use house::{Founded, House};
pub(crate) use mail_server::MailServer;

/// Makes each test twice. The body gets a fresh [`Database`].
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a body need not use its module's imports")]
            use super::*;

            async fn body($database: $crate::support::Database) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                body($crate::support::Database::sqlite()).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgresql() {
                body($crate::support::Database::postgres().await).await;
            }
        }
    )*};
}
