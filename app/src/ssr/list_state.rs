//! How a page of a list is told to the browser: sentences and addresses, so that it has nothing to work out.

use domain::listing::{Listing, Page, REACH, SortBy, Window};

use crate::{components::ListState, links, words};

/// Lists of so few rows need neither search nor order.
const FEW: usize = 10;

/// The list of a page; `parameter` is what its address names the page of the list by.
pub fn list_state<S: SortBy, T>(listing: &Listing<S>, page: &Page<T>, parameter: &str) -> ListState {
    let Window { page: number, pages, .. } = page.window;
    let (search, sort) = (listing.search.as_str(), listing.order.name());
    let to = |number: u32| address(&[("q", search), ("sort", &sort), (parameter, &number.to_string())]);
    let mut state = ListState::default();
    state.set("shown", shown(page, !search.is_empty()));
    if !search.is_empty() {
        state.set("search", search);
        state.set("clear", address(&[("sort", &sort)]));
    }
    if !sort.is_empty() {
        state.set("sort", sort.as_str());
    }
    if page.total > FEW || !search.is_empty() {
        state.set("controls", "");
        for column in S::ALL {
            head(&mut state, listing, *column);
        }
    }
    if number > 1 {
        state.set("previous", to(number - 1));
    }
    if number < pages {
        state.set("next", to(number + 1));
    }
    state
}

/// Of two lists of one page with one search above both: it is there where either is long.
pub fn searched_with(mut first: ListState, second: &ListState) -> ListState {
    if first.get("controls").is_none() && second.get("controls").is_some() {
        first.set("controls", "");
    }
    first
}

fn head<S: SortBy>(state: &mut ListState, listing: &Listing<S>, (name, by): (&str, S)) {
    let sorted = (listing.order.by == by).then_some(listing.order.descending);
    let sort = if sorted == Some(false) { ["-", name].concat() } else { name.to_owned() };
    state.set(["by ", name].concat(), address(&[("q", listing.search.as_str()), ("sort", &sort)]));
    if let Some(descending) = sorted {
        state.set(["sorted ", name].concat(), if descending { "descending" } else { "ascending" });
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
        let told = ["shown", "search", "sort", "clear", "previous", "next"].map(|name| state.get(name));
        let expected = ["51–100 of 120 matching", "a&b", "-name", "sort=-name", "q=a%26b&sort=-name", "q=a%26b&sort=-name&page=3"];
        assert_eq!(told, expected.map(Some));
    }

    #[test]
    fn a_head_sorts_by_its_column_and_then_the_other_way_round() {
        let head = |sort: &str| {
            let state = state("1", sort, "", 120);
            ["sorted name", "by name"].map(|name| state.get(name).unwrap_or_default().to_owned())
        };
        assert_eq!(head(""), ["", "q=1&sort=name"]);
        assert_eq!(head("name"), ["ascending", "q=1&sort=-name"]);
        assert_eq!(head("-name"), ["descending", "q=1&sort=name"]);
    }

    #[test]
    fn a_short_list_has_no_controls_but_beside_a_long_one() {
        let listing = Listing::<TeammateSort>::default();
        let list = |rows| list_state(&listing, &Page::cut(vec![(); rows], 1, rows), "page");
        let controls = |state: &ListState| ["controls", "by name", "next"].map(|name| state.get(name).is_some());
        assert_eq!(controls(&list(FEW)), [false; 3]);
        assert_eq!(controls(&list(FEW + 1)), [true, true, false]);
        assert_eq!(controls(&searched_with(list(FEW), &list(60))), [true, false, false]);
    }

    #[test]
    fn a_search_that_did_not_reach_everything_says_so() {
        let listing = Listing::<RequestSort>::parse("ada", "", "");
        let page = Page { unsearched: 5, ..Page::cut(vec![(); 3], 1, 20_005) };
        assert_eq!(list_state(&listing, &page, "page").get("shown"), Some("3 matching among the newest 20,000"));
    }
}
