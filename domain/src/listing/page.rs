//! One page of a list.

/// How many rows a page has at most.
pub const ROWS: usize = 50;

/// How many rows of a list without end are searched and sorted: the newest.
pub const REACH: u32 = 20_000;

/// Some rows of a list, and how much more there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page, at most [`ROWS`].
    pub rows: Vec<T>,
    /// Where they stand among what was found.
    pub window: Window,
    /// How many rows the list has, found or not.
    pub total: usize,
    /// How many of them the search did not look at: the oldest of a list without end.
    pub unsearched: usize,
}

/// Where a page stands among what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The page, from 1. The last one, if a later one was asked for.
    pub page: u32,
    /// How many pages there are; 1 when nothing was found.
    pub pages: u32,
    /// How many rows all pages have.
    pub found: usize,
}

impl Window {
    /// That of `page` among `found` rows.
    pub fn new(page: u32, found: usize) -> Self {
        let pages = u32::try_from(found.div_ceil(ROWS)).unwrap_or(u32::MAX).max(1);
        Self { page: page.clamp(1, pages), pages, found }
    }

    /// How many rows stand before it.
    pub fn before(self) -> usize {
        ROWS * (self.page as usize - 1)
    }
}

impl<T> Page<T> {
    /// Page number `page` of the rows that were found among `total`.
    pub fn cut(rows: Vec<T>, page: u32, total: usize) -> Self {
        let window = Window::new(page, rows.len());
        let rows = rows.into_iter().skip(window.before()).take(ROWS).collect();
        Self { rows, window, total, unsearched: 0 }
    }

    /// The same page of other rows.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(make).collect(), window: self.window, total: self.total, unsearched: self.unsearched }
    }
}
