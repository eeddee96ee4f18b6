//! What holds for whatever is typed and sent.

use std::net::IpAddr;

use proptest::prelude::*;

use super::{HostPattern, Line, Lines, NamePattern, Page, PagePattern, Privacy, Sender, Site, Typed};
use crate::{
    collect::{Properties, PropertyValue},
    invalid::{Field, Invalid, Mistakes},
};

/// Text in which the signs that mean something are frequent.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-bA-B.*/:@?#\\[\\] \n0-9w-]{0,24}",
        "(https?://)?(\\*\\.|www\\.)?[a-b]{1,3}\\.[a-b]{1,2}(:[0-9]{1,5})?(/[a-b]{0,3}){0,3}",
        any::<String>()
    ]
}

fn reads_back<T: Line + std::fmt::Debug + Clone>(text: &str) -> Result<(), TestCaseError> {
    let mut mistakes = Mistakes::new();
    let lines = Lines::<T>::parse(Field::Pages, text, &mut mistakes);
    let shown = lines.to_string();
    prop_assert_eq!(Lines::<T>::read(&shown), Some(lines.clone()), "{:?}", shown);
    let again = Lines::<T>::parse(Field::Pages, &shown, &mut mistakes);
    prop_assert_eq!(again, lines);
    Ok(())
}

fn switch() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("on"), Just("off")]
}

proptest! {
    #[test]
    fn what_is_shown_is_what_was_parsed(text in typed()) {
        reads_back::<HostPattern>(&text)?;
        reads_back::<NamePattern>(&text)?;
        reads_back::<PagePattern>(&text)?;
    }

    #[test]
    fn no_head_of_a_request_is_too_odd(gpc in typed(), agent in typed(), origin in proptest::option::of(typed()), referer in proptest::option::of(typed())) {
        let sender = Sender::of_headers(Some(&gpc), Some(&agent), origin.as_deref(), referer.as_deref());
        prop_assert_eq!(sender.site == Site::NoPage, origin.is_none() && referer.is_none());
    }

    #[test]
    fn a_page_is_below_its_own_address(host in "[a-z]{1,5}\\.[a-z]{2,3}", path in "(/[a-zA-Z0-9]{1,4}){0,3}", below in "(/[a-z]{1,3}){0,2}") {
        let pattern = PagePattern::parse(&format!("{host}{path}"));
        let page = Page::of_address(&format!("https://www.{host}:8443{path}{below}?q#h"));
        prop_assert!(pattern.ok().zip(page).is_some_and(|(pattern, page)| pattern.covers(&page)));
    }

    #[test]
    fn a_longer_block_list_keeps_no_more(names in prop::collection::vec("[abAB]{1,3}", 0..6), few in prop::collection::vec("\\*?[ab]{1,2}\\*?", 0..3), more in "\\*?[ab]{1,2}\\*?", address in switch(), agent in switch()) {
        let form = |lines: &[String]| {
            let text = lines.join("\n");
            let typed = Typed {
                stored_address: address,
                location: "on",
                user_agent: agent,
                privacy_control: "off",
                target_text: "off",
                event_properties: &text,
                capture: "all",
                ..Typed::default()
            };
            Privacy::parse(&typed)
        };
        let with_more: Vec<String> = few.iter().cloned().chain([more]).collect();
        let (Ok(few), Ok(more)): (Result<_, Invalid>, Result<_, Invalid>) = (form(&few), form(&with_more)) else { return Ok(()) };
        let sent: Properties = names.into_iter().map(|name| (name, PropertyValue::Bool(true))).collect();
        let sender = Sender::of_headers(None, Some("Lynx"), None, None);
        let names = |privacy: &Privacy| {
            let kept = privacy.of_event(&sent, &sender, IpAddr::from([192, 0, 2, 7])).into_owned();
            kept.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        let (many, fewer) = (names(&few), names(&more));
        prop_assert!(fewer.iter().all(|name| many.contains(name)), "{:?} {:?}", many, fewer);
        prop_assert!(more.event_properties.iter().all(|pattern| fewer.iter().all(|name| !pattern.covers(name))));
    }
}
