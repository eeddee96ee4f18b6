//! `/inbox`: what people wrote by *Talk to us*, for operators.

mod changes;
mod data;
mod list;
mod one;
#[cfg(feature = "ssr")]
mod words;

pub use changes::{MessageDelete, MessageMark};
pub use data::{Inbox, LoadInbox, LoadMessage, Message, MessageRow};
pub use list::InboxPage;
pub use one::{DeleteMessagePage, MessagePage};

#[cfg(feature = "ssr")]
pub use words::label;
