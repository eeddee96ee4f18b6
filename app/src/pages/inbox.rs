//! `/inbox`: what people wrote by *Talk to us*, and what else is for operators alone.

mod changes;
#[cfg(feature = "ssr")]
mod help;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod one;
#[cfg(feature = "ssr")]
mod words;

pub use changes::{MessageDelete, MessageMark};
#[cfg(feature = "ssr")]
pub(super) use help::answers;
#[cfg(feature = "ssr")]
pub(super) use letters::letters;
#[cfg(feature = "ssr")]
pub(super) use list::list;
#[cfg(feature = "ssr")]
pub(super) use one::{doomed, one};

#[cfg(feature = "ssr")]
pub use words::label;
