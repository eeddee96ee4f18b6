//! Long lists: what of them is asked for in the address, and the page that is found.

mod page;
mod search;
mod sort;

pub use page::{Page, REACH, ROWS, Window};
pub use search::Search;
pub use sort::{AuditSort, DefinitionSort, EnvironmentSort, InviteSort, Order, ReportSort, RequestSort, SortBy, TeammateSort};

/// What a page shows of a list: whatever the address says, something can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<S> {
    /// What is searched for.
    pub search: Search,
    /// In what order.
    pub order: Order<S>,
    /// The page, from 1.
    pub page: u32,
}

/// A row of a list that can be searched and sorted.
pub trait Listed {
    /// By what.
    type Sort: SortBy;
    /// What two rows are compared by. Rows with equal keys keep their order.
    type Key: Ord;

    /// Whether a search finds the row.
    fn matches(&self, search: &Search) -> bool;

    /// The key for one sort.
    fn key(&self, by: Self::Sort) -> Self::Key;
}

impl<S: SortBy> Listing<S> {
    /// Reads the address: an unknown order is the usual one, a page that is no number is the first.
    pub fn parse(search: &str, sort: &str, page: &str) -> Self {
        Self { search: Search::parse(search), order: Order::parse(sort), page: page.trim().parse().unwrap_or(1).max(1) }
    }

    /// The page of a whole list, whose rows come in the order that equals keep.
    pub fn pick<T: Listed<Sort = S>>(&self, mut rows: Vec<T>) -> Page<T> {
        let total = rows.len();
        rows.retain(|row| self.finds(row));
        self.order.sort(&mut rows);
        Page::cut(rows, self.page, total)
    }

    /// Whether a row is on one of the pages.
    pub fn finds<T: Listed>(&self, row: &T) -> bool {
        self.search.is_empty() || row.matches(&self.search)
    }
}

impl<S: SortBy> Default for Listing<S> {
    fn default() -> Self {
        Self { search: Search::default(), order: Order::default(), page: 1 }
    }
}

#[cfg(test)]
mod tests;
