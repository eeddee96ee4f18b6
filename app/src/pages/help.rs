//! `/help/...`: what is explained at length, for everybody.

mod answer;
#[cfg(feature = "ssr")]
mod changelog;
#[cfg(feature = "ssr")]
mod delete_data;
#[cfg(feature = "ssr")]
mod markdown;

pub use answer::HelpAnswer;
#[cfg(feature = "ssr")]
pub(super) use changelog::changelog;
#[cfg(feature = "ssr")]
pub(super) use delete_data::delete_data;

/// What a help page is called.
#[cfg(feature = "ssr")]
pub(super) const fn title(page: domain::help::HelpPage) -> &'static str {
    match page {
        domain::help::HelpPage::DeleteData => "What do you want to delete?",
    }
}
