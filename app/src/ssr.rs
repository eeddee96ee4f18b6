//! What server functions stand on. Nothing of it reaches the browser.

mod app_id;
mod caller;
mod client_address;
mod cookie;
mod device_name;
mod done;
mod excluded_ips;
mod failure;
mod hasher;
mod host;
mod limits;
mod list_state;
pub mod manual;
mod moment;
mod state;
mod theme;

pub use app_id::app_id;
pub use caller::{caller, grant, grant_by_cookie, may, operator};
pub use client_address::{ClientAddress, client};
pub use cookie::{clear_cookie, device, keep_receipt_key, receipt_key_in, renew_cookie, set_cookie, token};
pub use device_name::device_name;
pub use done::{done, done_in_list, done_with, leave};
pub use excluded_ips::excluded_ips_text;
pub use failure::{Failure, cause, unavailable};
pub use hasher::Hasher;
pub use host::at_this_machine;
pub use limits::{Limits, Pace, Paces};
pub use list_state::{list_state, searched_with};
pub use moment::{moment, now};
pub use state::{Network, Settings, State, StateParts, state};
pub use theme::{set_theme, theme};

/// The store's words for capabilities, so that a server function needs one import.
pub use store::access::{
    DeleteUsers, EditDefinitions, EditReports, ManageAccount, ManageExcludedIps, ManagePrivacy, ManageProjects, ManageTeammates,
    RunQueries, View,
};
