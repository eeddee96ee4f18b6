//! One suite for both engines. PostgreSQL is the one of `CAIRN_TEST_POSTGRES`; `cargo xtask test` starts it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

#[macro_use]
mod support;

mod accounts;
mod api_keys;
mod catalogue;
mod collector;
mod definitions;
mod deletion;
mod demo;
mod excluded_ips;
mod exports;
mod first_steps;
mod help;
mod listing;
mod messages;
mod outbox;
mod privacy;
mod projects;
mod purge;
mod reports;
mod scrub;
mod sign_ins;
mod statements;
mod teammates;
