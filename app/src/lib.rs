//! What an admin sees: pages, components, and server functions beside their page.
//!
//! Compiled twice: with `ssr` into the server, which renders every page whole, and with `hydrate` into the browser, which brings them to life.
// The views of pages are deep types.
#![recursion_limit = "256"]
#![expect(unreachable_pub, reason = "the macros of Leptos make public what they generate")]

mod app;
pub mod assets;
mod browser;
pub mod components;
mod error;
pub mod forms;
pub mod layout;
pub mod links;
pub mod load;
mod notice;
pub mod pages;
pub mod prelude;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod ssr;
pub mod words;

pub use app::App;
pub use error::Error;
pub use forms::{Answered, FailedPost};
pub use notice::Notice;
#[cfg(feature = "ssr")]
pub use {
    shell::shell,
    ssr::{ClientAddress, Hasher, Limits, Network, Settings, State, manual},
};
