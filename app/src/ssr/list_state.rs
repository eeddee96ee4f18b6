//! How a page of a list is told to the browser: sentences and addresses, so that it has nothing to work out.

use domain::listing::{Listing, Page, REACH, SortBy, Window};

use crate::{
    components::{Column, ListState},
    links, words,
};

/// Lists of so few rows need neither search nor order.
const FEW: usize = 10;

/// The list of a page; `parameter` is what its address names the page of the list by.
pub fn list_state<S: SortBy, T>(listing: &Listing<S>, page: &Page<T>, parameter: &str) -> ListState {
    let Window { page: number, pages, .. } = page.window;
    let search = listing.search.as_str();
    let controls = page.total > FEW || !listing.search.is_empty();
    let sort = listing.order.name();
    let to = |number: u32| address(&[("q", search), ("sort", &sort), (parameter, &number.to_string())]);
    ListState {
        controls,
        search: search.to_owned(),
        shown: shown(page, !listing.search.is_empty()),
        columns: if controls { S::ALL.iter().map(|column| self::column(listing, *column)).collect() } else { Vec::new() },
        clear: address(&[("sort", &sort)]),
        previous: (number > 1).then(|| to(number - 1)),
        next: (number < pages).then(|| to(number + 1)),
        sort,
    }
}

fn column<S: SortBy>(listing: &Listing<S>, (name, by): (&str, S)) -> Column {
    let sorted = (listing.order.by == by).then_some(listing.order.descending);
    let sort = if sorted == Some(false) { ["-", name].concat() } else { name.to_owned() };
    Column {
        name: name.to_owned(),
        sorted: sorted.map(|descending| if descending { "descending" } else { "ascending" }.to_owned()),
        to: address(&[("q", listing.search.as_str()), ("sort", &sort)]),
    }
}

/// A query of the parameters that say something.
fn address(parameters: &[(&str, &str)]) -> String {
    let said = parameters.iter().filter(|(name, value)| !value.is_empty() && (*value != "1" || *name == "q"));
    said.map(|(name, value)| [name, "=", &links::escaped(value)].concat()).collect::<Vec<_>>().join("&")
}

fn shown<T>(page: &Page<T>, searched: bool) -> String {
    let number = |count: usize| words::number(u64::try_from(count).unwrap_or(u64::MAX));
    let Window { pages, found, .. } = page.window;
    let all = number(found);
    let rows = if pages == 1 {
        all
    } else {
        let before = page.window.before();
        format!("{}–{} of {all}", number(before + 1), number(before + page.rows.len()))
    };
    let matching = if searched { " matching" } else { "" };
    let reach = if page.unsearched > 0 { format!(" among the newest {}", words::number(REACH.into())) } else { String::new() };
    format!("{rows}{matching}{reach}")
}

#[cfg(test)]
mod tests {
    use domain::listing::{RequestSort, TeammateSort};

    use super::*;

    fn state(search: &str, sort: &str, page: &str, found: usize) -> ListState {
        let listing = Listing::<TeammateSort>::parse(search, sort, page);
        list_state(&listing, &Page::cut(vec![(); found], listing.page, 1_234), "page")
    }

    #[test]
    fn the_ways_from_a_page_keep_search_and_order() {
        let state = state("a&b", "-name", "2", 120);
        assert_eq!(state.shown, "51–100 of 120 matching");
        assert_eq!(state.previous.as_deref(), Some("q=a%26b&sort=-name"));
        assert_eq!(state.next.as_deref(), Some("q=a%26b&sort=-name&page=3"));
        assert_eq!(state.clear, "sort=-name");
    }

    #[test]
    fn a_head_sorts_by_its_column_and_then_the_other_way_round() {
        let heads = |sort: &str| {
            let columns = state("1", sort, "", 120).columns;
            columns.into_iter().find(|column| column.name == "name").map(|column| (column.sorted, column.to))
        };
        assert_eq!(heads(""), Some((None, "q=1&sort=name".to_owned())));
        assert_eq!(heads("name"), Some((Some("ascending".to_owned()), "q=1&sort=-name".to_owned())));
        assert_eq!(heads("-name"), Some((Some("descending".to_owned()), "q=1&sort=name".to_owned())));
    }

    #[test]
    fn a_short_list_has_no_controls() {
        let listing = Listing::<TeammateSort>::default();
        let state = list_state(&listing, &Page::cut(vec![(); FEW], 1, FEW), "page");
        assert!(!state.controls && state.columns.is_empty() && state.next.is_none());
    }

    #[test]
    fn a_search_that_did_not_reach_everything_says_so() {
        let listing = Listing::<RequestSort>::parse("ada", "", "");
        let page = Page { unsearched: 5, ..Page::cut(vec![(); 3], 1, 20_005) };
        assert_eq!(list_state(&listing, &page, "page").shown, "3 matching among the newest 20,000");
    }
}
