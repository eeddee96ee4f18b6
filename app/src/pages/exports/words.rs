//! An export in words.

use domain::export::ExportState;

use crate::prelude::*;

/// The state in a word.
pub(super) fn badge(state: ExportState) -> AnyView {
    let (class, word) = match state {
        ExportState::Running => ("badge warning", "Being made"),
        ExportState::Ready => ("badge done", "Ready"),
        ExportState::Failed => ("badge danger", "Failed"),
        ExportState::Expired => ("badge", "Expired"),
        ExportState::Deleted => ("badge", "Deleted"),
        ExportState::Withdrawn => ("badge", "Withdrawn"),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

/// What has become of it, and the way on.
pub(super) const fn sentence(state: ExportState) -> &'static str {
    match state {
        ExportState::Running => "The archive is being made. This page keeps itself up to date, and you can leave it.",
        ExportState::Ready => "The archive can be downloaded. Every download stands in the audit log.",
        ExportState::Failed => "The archive could not be made, and what there was of it is erased. Ask for the export once more.",
        ExportState::Expired => "Its time is over, and the archive is erased. Ask for the export once more if you need it.",
        ExportState::Deleted => "Somebody deleted the archive.",
        ExportState::Withdrawn => {
            "The archive is erased, because a deletion request about the same users began, or an environment that it told of was deleted."
        }
    }
}

/// A size for people.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => crate::words::count(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_the_unit_that_it_fills() {
        assert_eq!(
            [1, 999, 1_001, 999_999, 1_000_000, 12_345_678].map(size),
            ["1 byte", "999 bytes", "2 kB", "1000 kB", "1.0 MB", "12.3 MB"]
        );
    }
}
