//! Everything of the binary `cairn`, as a library, so that tests reach its router.

pub mod api;
mod archive;
pub mod assets;
pub mod cli;
pub mod client_address;
pub mod collect_queue;
pub mod config;
pub mod connections;
pub mod console;
mod health;
pub mod locator;
mod logging;
pub mod mail;
mod request_log;
pub mod router;
pub mod serve;
pub mod shutdown;
pub mod worker;
