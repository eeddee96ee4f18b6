//! Account > Settings > Exports: what is known of a user, as an archive for who asks.

mod changes;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod one;
#[cfg(feature = "ssr")]
mod words;

pub use changes::{ExportAsk, ExportDelete};
#[cfg(feature = "ssr")]
pub(super) use list::list;
#[cfg(feature = "ssr")]
pub(super) use one::one;
