//! What pages are made of.

mod archive_table;
#[cfg(feature = "ssr")]
mod chart;
mod copy;
mod empty_state;
mod listing;
mod outcome;
mod page_head;
mod read_only_note;
mod section;
mod skeleton;
mod when;

pub use archive_table::{action_cell, archive_table, archive_table_under};
#[cfg(feature = "ssr")]
pub use chart::{Chart, Point, Unit, most};
pub use copy::{CopyCode, CopyField};
pub use empty_state::EmptyState;
pub use listing::ListState;
pub use outcome::Outcome;
pub use page_head::{PageHead, page_header};
pub use read_only_note::ReadOnlyNote;
pub use section::Section;
pub use skeleton::Skeleton;
pub use when::{Moment, When};
