//! What stands around a page.

mod account;
mod gate;
mod keys;
mod notices;
mod sidebar;
mod switcher;
mod talk;

pub use account::{AccountLayout, Place};
pub use gate::GateLayout;
pub use notices::Notices;
pub use talk::TalkTab;
