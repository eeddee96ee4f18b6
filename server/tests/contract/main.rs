//! The server as its callers see it. Tests of what is stored run on both engines; PostgreSQL is the one of `CAIRN_TEST_POSTGRES`, and
//! `cargo xtask test` starts it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

#[macro_use]
mod support;

mod client_address;
mod collection;
mod command_line;
mod configuration;
mod deletion;
mod durability;
mod exports;
mod health;
mod killed;
mod live;
mod log;
mod mail;
mod manage;
mod openapi;
mod overload;
mod stopping;
mod sweep;
mod worker;
