//! All SQL of Cairn, for SQLite and PostgreSQL.
//!
//! [`open`] returns three facades: [`Console`] for the app, [`Collector`] for the collection APIs, [`Maintenance`] for the worker.
//! One method is one deed is one transaction: lock, check, write, audit entry, jobs.
#![warn(missing_docs)]

pub mod access;
pub mod catalogue;
pub mod collector;
pub mod console;
mod engine;
mod error;
pub mod journal;
mod keys;
pub mod maintenance;
mod migrate;
mod open;
pub mod receipts;
pub mod surroundings;
mod traffic;

pub use collector::Collector;
pub use console::Console;
pub use engine::prepare_every_statement;
pub use error::Error;
pub use maintenance::Maintenance;
pub use migrate::migrations;
pub use open::{DatabaseUrl, InstanceKey, OpenError, Options, Store, open};
