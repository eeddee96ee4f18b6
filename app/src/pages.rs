//! The pages. Each file holds a page, its data, and its server functions.

#[cfg(feature = "ssr")]
mod api_help;
#[cfg(feature = "ssr")]
mod audit_log;
pub mod danger;
pub mod definitions;
pub mod deletion_requests;
pub mod demo;
pub mod environments;
pub mod excluded_ips;
pub mod exports;
pub mod failure;
pub mod first_steps;
pub mod forgotten;
pub mod help;
pub mod home;
pub mod inbox;
pub mod invite;
pub mod mail;
pub mod me;
mod new_account;
pub mod privacy;
pub mod projects;
pub mod reports;
pub mod set_up;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod talk_to_us;
pub mod teammates;
pub mod written;
