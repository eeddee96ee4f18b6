//! Cairn's words and rules as types.
//!
//! No I/O, no clock, no framework. The browser and the server refuse the same input for the same reason because both call
//! this crate, so it also compiles to WASM.
#![warn(missing_docs)]

pub mod access;
pub mod audit;
pub mod collect;
pub mod company;
pub mod definition;
pub mod deletion;
pub mod email;
pub mod excluded_ip;
pub mod export;
pub mod first_steps;
pub mod help;
pub mod id;
pub mod invalid;
pub mod listing;
pub mod mail;
pub mod message;
pub mod name;
pub mod password;
pub mod privacy;
pub mod receipt;
pub mod report;
mod site_name;
pub mod time;
pub mod user;
mod words;
pub mod zone;
