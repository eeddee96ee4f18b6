use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone, PartialEq)]
struct Row(&'static str, i64);

impl Listed for Row {
    type Sort = TeammateSort;
    type Key = String;

    fn matches(&self, search: &Search) -> bool {
        search.is_in(self.0)
    }

    fn key(&self, by: TeammateSort) -> String {
        match by {
            TeammateSort::Name => self.0.to_lowercase(),
            _ => format!("{:03}", self.1),
        }
    }
}

fn names(search: &str, sort: &str) -> Vec<&'static str> {
    let rows = vec![Row("Émile 100%", 3), Row("ada_x", 1), Row("Bob", 2), Row("adam", 1)];
    Listing::parse(search, sort, "").pick(rows).rows.into_iter().map(|row| row.0).collect()
}

#[test]
fn a_search_finds_text_anywhere_whatever_its_capitals() {
    assert_eq!(names(" ADA ", ""), ["ada_x", "adam"]);
    assert_eq!(names("éMILE", ""), ["Émile 100%"]);
    assert_eq!(names("nobody", ""), [""; 0]);
}

#[test]
fn no_sign_in_a_search_means_anything_else() {
    assert_eq!(names("%", ""), ["Émile 100%"]);
    assert_eq!(names("_", ""), ["ada_x"]);
    assert_eq!(names("*", ""), [""; 0]);
}

#[test]
fn a_list_goes_up_and_down_and_keeps_the_order_of_equals() {
    assert_eq!(names("", "name"), ["ada_x", "adam", "Bob", "Émile 100%"]);
    assert_eq!(names("", "-name"), ["Émile 100%", "Bob", "adam", "ada_x"]);
    assert_eq!(names("", "-seen"), ["Émile 100%", "Bob", "ada_x", "adam"]);
}

#[test]
fn an_order_that_no_list_has_is_the_usual_one() {
    for odd in ["", "-", "age", "--name", "name "] {
        assert_eq!(Order::<TeammateSort>::parse(odd), Order::default(), "{odd}");
    }
    assert_eq!(Order::<AuditSort>::parse("-at").name(), "");
    assert_eq!(Order::<AuditSort>::parse("at").name(), "at");
    assert_eq!(Order::<TeammateSort>::parse("-joined").name(), "-joined");
}

#[test]
fn a_page_has_fifty_rows_and_one_beyond_the_end_is_the_last() {
    let rows: Vec<Row> = (0..120).map(|n| Row("x", n)).collect();
    let page = |text: &str| Listing::parse("", "", text).pick(rows.clone());
    assert_eq!((page("").rows.len(), page("").window), (50, Window { page: 1, pages: 3, found: 120 }));
    assert_eq!((page("3").rows.len(), page("3").rows[0].1), (20, 100));
    for late in ["4", "99999"] {
        assert_eq!(page(late), page("3"));
    }
    for odd in ["0", "-1", "x", "99999999999999999999"] {
        assert_eq!(page(odd).window.page, 1, "{odd}");
    }
}

#[test]
fn spaces_beside_what_no_name_holds_are_around_the_search_too() {
    assert_eq!(Search::parse("\u{7f} a \u{7f}"), Search::parse("a"));
}

proptest! {
    #[test]
    fn whatever_the_address_says_something_is_shown(search in ".*", sort in ".*", page in ".*", found in 0_usize..200) {
        let listing = Listing::<TeammateSort>::parse(&search, &sort, &page);
        prop_assert!(listing.search.as_str().chars().count() <= Search::MAX);
        prop_assert_eq!(&Search::parse(listing.search.as_str()), &listing.search);
        prop_assert_eq!(Order::<TeammateSort>::parse(&listing.order.name()), listing.order);
        let page = listing.pick((0..found).map(|n| Row("x", i64::try_from(n).unwrap_or(0))).collect());
        prop_assert!(page.rows.len() <= ROWS && page.window.page <= page.window.pages);
        prop_assert_eq!(page.total, found);
    }

    #[test]
    fn the_pages_of_a_list_hold_every_row_once(found in 0_usize..200) {
        let rows: Vec<usize> = (0..found).collect();
        let pages = Page::cut(rows.clone(), 1, found).window.pages;
        let all: Vec<usize> = (1..=pages).flat_map(|page| Page::cut(rows.clone(), page, found).rows).collect();
        prop_assert_eq!(all, rows);
    }
}
