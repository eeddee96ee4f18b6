//! The unallocated gap of a b-tree page, between its array of cell pointers and its cells.

use std::ops::Range;

/// The first 100 bytes of page 1 are the file's header.
const FILE_HEADER: usize = 100;
const INTERIOR: [u8; 2] = [2, 5];
const LEAF: [u8; 2] = [10, 13];

/// From this number on, the first byte of an overflow page (its successor's number) can look like the type of a b-tree page.
pub(super) const FIRST_AMBIGUOUS_PAGE: i64 = 0x0200_0000;

/// The gap of a page that holds anything but zeros. `None` also for what is no b-tree page, and for what cannot be one.
///
/// Leftover cell pointers count as dirt, although they are numbers of no meaning: bytes alone cannot prove that they are not text.
pub(super) fn dirty(number: i64, page: &[u8]) -> Option<Range<usize>> {
    let header = if number == 1 { FILE_HEADER } else { 0 };
    let header_size = match page.get(header)? {
        kind if INTERIOR.contains(kind) => 12,
        kind if LEAF.contains(kind) => 8,
        _ => return None,
    };
    let cells = be16(page, header + 3)?;
    let end = match be16(page, header + 5)? {
        0 => 0x1_0000,
        end => end,
    };
    let gap = header + header_size + 2 * cells..end;
    // `get` refuses a gap that ends before it starts or beyond the page.
    page.get(gap.clone())?.iter().any(|byte| *byte != 0).then_some(gap)
}

/// Whether the file's numbers of pages leave no doubt about what a page is. `first` is page 1.
pub(super) fn is_unambiguous(first: &[u8], pages: i64) -> bool {
    // Set where the file is kept short automatically: such files have pages of pointers, which begin like b-tree pages.
    const LARGEST_ROOT: Range<usize> = 52..56;
    pages < FIRST_AMBIGUOUS_PAGE && first.get(LARGEST_ROOT) == Some(&[0; 4])
}

fn be16(page: &[u8], at: usize) -> Option<usize> {
    let bytes = page.get(at..at + 2)?;
    Some(usize::from(u16::from_be_bytes([bytes[0], bytes[1]])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(header: usize, kind: u8, cells: u16, end: u16, size: usize) -> Vec<u8> {
        let mut page = vec![0; size];
        page[header] = kind;
        page[header + 3..header + 5].copy_from_slice(&cells.to_be_bytes());
        page[header + 5..header + 7].copy_from_slice(&end.to_be_bytes());
        page
    }

    #[test]
    fn the_gap_lies_between_the_pointers_and_the_cells() {
        for (kind, start) in [(2, 12 + 6), (5, 12 + 6), (10, 8 + 6), (13, 8 + 6)] {
            let mut leaf = page(0, kind, 3, 4000, 4096);
            assert_eq!(dirty(2, &leaf), None);
            leaf[start] = 1;
            assert_eq!(dirty(2, &leaf), Some(start..4000));
            leaf[start] = 0;
            leaf[3999] = 1;
            assert_eq!(dirty(2, &leaf), Some(start..4000));
        }
    }

    #[test]
    fn pointers_and_cells_are_no_dirt() {
        let mut leaf = page(0, 10, 3, 4000, 4096);
        leaf[8..14].fill(7);
        leaf[4000..].fill(7);
        assert_eq!(dirty(2, &leaf), None);
    }

    #[test]
    fn page_1_begins_with_the_header_of_the_file() {
        let mut first = page(FILE_HEADER, 13, 0, 4096, 4096);
        first[..FILE_HEADER].fill(13);
        assert_eq!(dirty(1, &first), None);
        first[FILE_HEADER + 8] = 1;
        assert_eq!(dirty(1, &first), Some(108..4096));
    }

    #[test]
    fn zero_stands_for_the_end_of_the_largest_page() {
        let mut large = page(0, 10, 0, 0, 0x1_0000);
        large[0xffff] = 1;
        assert_eq!(dirty(2, &large), Some(8..0x1_0000));
        let mut small = page(0, 10, 0, 0, 4096);
        small[100] = 1;
        assert_eq!(dirty(2, &small), None);
    }

    #[test]
    fn other_pages_are_left_alone() {
        for kind in [0, 1, 3, 14, 255] {
            let mut other = page(0, kind, 0, 4096, 4096);
            other[100] = 1;
            assert_eq!(dirty(2, &other), None);
        }
    }

    #[test]
    fn a_file_with_pages_of_pointers_or_too_many_pages_is_refused() {
        let mut first = vec![0; 4096];
        assert!(is_unambiguous(&first, FIRST_AMBIGUOUS_PAGE - 1));
        assert!(!is_unambiguous(&first, FIRST_AMBIGUOUS_PAGE));
        first[55] = 1;
        assert!(!is_unambiguous(&first, 10));
    }

    proptest! {
        #[test]
        fn no_page_makes_it_panic_and_one_filling_suffices(number in 1_i64..4, kind in prop::sample::select(vec![0_u8, 2, 5, 10, 13]), mut page in prop::collection::vec(any::<u8>(), 0..1024)) {
            if let Some(first) = page.first_mut() {
                *first = kind;
            }
            if let Some(gap) = dirty(number, &page) {
                let before = page.clone();
                page[gap.clone()].fill(0);
                prop_assert_eq!(dirty(number, &page), None);
                prop_assert_eq!(&page[..gap.start], &before[..gap.start]);
                prop_assert_eq!(&page[gap.end..], &before[gap.end..]);
            }
        }
    }
}
