use std::net::IpAddr;

use super::*;
use crate::{
    collect::{Properties, PropertyValue},
    invalid::{Field, Problem},
};

const FORM: Typed<'_> = Typed {
    stored_address: "off",
    location: "off",
    user_agent: "off",
    privacy_control: "off",
    target_text: "on",
    hosts: "",
    event_properties: "",
    user_properties: "",
    capture: "all",
    pages: "",
    retention: "",
};

fn parsed(typed: &Typed<'_>) -> Privacy {
    Privacy::parse(typed).unwrap_or_else(|invalid| panic!("{invalid:?}"))
}

fn mistakes(typed: &Typed<'_>) -> Vec<(Field, Option<u32>, Problem)> {
    let invalid = Privacy::parse(typed).err();
    invalid.into_iter().flat_map(|invalid| invalid.mistakes).map(|mistake| (mistake.field, mistake.line, mistake.problem)).collect()
}

fn named(values: &[(&str, &str)]) -> Properties {
    values.iter().map(|(name, value)| ((*name).to_owned(), PropertyValue::Text((*value).to_owned()))).collect()
}

fn shown(properties: &Properties) -> Vec<String> {
    let text = |value: &PropertyValue| serde_json::to_string(value).unwrap_or_default();
    properties.iter().map(|(name, value)| format!("{name}={}", text(value).trim_matches('"'))).collect()
}

/// What is kept of an event of a Frenchman who browses from `192.0.2.7`.
fn kept(typed: &Typed<'_>, values: &[(&str, &str)]) -> Vec<String> {
    let location = Location { country: Some("France".to_owned()), region: None, city: Some("Lyon".to_owned()) };
    let sender = Sender { location, ..Sender::of_headers(None, Some("Lynx/2.9"), None, None) };
    shown(&parsed(typed).of_event(&named(values), &sender, IpAddr::from([192, 0, 2, 7])))
}

fn site(origin: Option<&str>, referer: Option<&str>) -> Sender {
    Sender::of_headers(None, None, origin, referer)
}

#[test]
fn at_first_no_more_is_kept_than_clients_send() {
    let typed = Typed { location: "on", ..FORM };
    assert_eq!(Privacy::default(), parsed(&typed));
    assert_eq!(kept(&FORM, &[("plan", "pro")]), ["plan=pro"]);
}

#[test]
fn what_is_off_is_not_kept_whatever_a_client_calls_it() {
    let sent = [("IP", "192.0.2.9"), ("ip_address", "1"), ("User-Agent", "x"), ("userAgent", "y"), ("ipsum", "z"), ("Target Text", "Buy")];
    assert_eq!(kept(&FORM, &sent), ["Target Text=Buy", "ipsum=z"]);
    assert_eq!(kept(&Typed { target_text: "off", ..FORM }, &sent), ["ipsum=z"]);
    let user = parsed(&FORM).of_user(&named(&sent)).into_owned();
    assert_eq!(shown(&user), ["Target Text=Buy", "ipsum=z"]);
}

#[test]
fn what_is_on_stands_on_the_event_unless_its_client_says_it() {
    let all = Typed { stored_address: "on", location: "on", user_agent: "on", ..FORM };
    assert_eq!(kept(&all, &[]), ["city=Lyon", "country=France", "ip=192.0.2.7", "user_agent=Lynx/2.9"]);
    let sent = [("IP", "198.51.100.1"), ("City", "Rome"), ("User Agent", "relay")];
    assert_eq!(kept(&all, &sent), ["City=Rome", "IP=198.51.100.1", "User Agent=relay", "country=France"]);
}

#[test]
fn the_stricter_of_two_settings_counts() {
    let all = Typed { stored_address: "on", location: "on", user_agent: "on", event_properties: "IP\nci*", ..FORM };
    assert_eq!(kept(&all, &[("ip", "198.51.100.1")]), ["country=France", "user_agent=Lynx/2.9"]);
}

#[test]
fn names_are_blocked_whole_or_by_their_start_or_end_in_any_letters() {
    let typed = Typed { event_properties: "Email\ncard_*\n*_token\n*secret*", user_properties: "phone", ..FORM };
    let sent = ["EMAIL", "email2", "card_number", "my_card_", "csrf_token", "a Secret b", "phone"].map(|name| (name, "x"));
    assert_eq!(kept(&typed, &sent), ["email2=x", "my_card_=x", "phone=x"]);
    assert_eq!(shown(&parsed(&typed).of_user(&named(&[("email", "a"), ("PHONE", "b")]))), ["email=a"]);
    assert_eq!(kept(&Typed { event_properties: "*", ..FORM }, &sent), [""; 0]);
}

#[test]
fn a_page_of_a_site_that_is_not_allowed_is_ignored_and_a_server_is_not() {
    let privacy = parsed(&Typed { hosts: "example.com\n*.shop.example\nhttps://www.Localhost/", ..FORM });
    let verdict = |origin: Option<&str>, referer: Option<&str>| privacy.ignores(&site(origin, referer));
    for good in
        ["https://example.com", "https://www.example.com:8443", "http://EXAMPLE.com.", "http://a.b.shop.example", "http://localhost:3000"]
    {
        assert_eq!(verdict(Some(good), None), None, "{good}");
        assert_eq!(verdict(None, Some(&format!("{good}/a?b#c"))), None, "{good}");
    }
    for bad in [
        "https://evil.example",
        "https://shop.example",
        "https://xshop.example",
        "https://example.com.evil.example",
        "null",
        "",
        "nonsense of a/",
    ] {
        assert_eq!(verdict(Some(bad), Some("https://example.com/")), Some(Ignored::Host), "{bad}");
    }
    assert_eq!(verdict(None, Some("about:blank page")), Some(Ignored::Host));
    assert_eq!(verdict(None, None), None);
    assert_eq!(Privacy::default().ignores(&site(Some("null"), None)), None);
}

#[test]
fn who_objects_is_ignored_where_that_is_honoured() {
    let objecting = |value| Sender::of_headers(Some(value), None, None, None);
    let privacy = parsed(&Typed { privacy_control: "on", ..FORM });
    assert_eq!(privacy.ignores(&objecting("1")), Some(Ignored::PrivacyControl));
    assert_eq!(privacy.ignores(&objecting("0")), None);
    assert_eq!(parsed(&FORM).ignores(&objecting("1")), None);
}

#[test]
fn pages_are_meant_by_host_by_path_or_by_both() {
    let covers = |pattern: &str, page: &str| {
        let (pattern, page) = (PagePattern::parse(pattern).ok(), Page::of_address(page));
        pattern.zip(page).is_some_and(|(pattern, page)| pattern.covers(&page))
    };
    for (pattern, page) in [
        ("example.com", "https://www.example.com/a"),
        ("https://www.example.com/", "http://ada:pw@example.com"),
        ("*.example.com", "https://shop.example.com/a"),
        ("example.com/account", "https://example.com/account?x=1"),
        ("example.com/account/*", "example.com/account/cards#y"),
        ("/account/", "https://any.example/account"),
        ("/account", "/account/cards"),
        ("[2001:DB8::1]/a", "http://[2001:db8:0::1]:8080/a"),
    ] {
        assert!(covers(pattern, page), "{pattern} {page}");
    }
    for (pattern, page) in [
        ("example.com", "https://shop.example.com/a"),
        ("*.example.com", "https://example.com/a"),
        ("example.com/account", "https://example.com/accounts"),
        ("example.com/account", "https://example.com/Account"),
        ("example.com/account", "/account"),
        ("/account", "https://example.com/x/account"),
    ] {
        assert!(!covers(pattern, page), "{pattern} {page}");
    }
}

#[test]
fn events_are_kept_by_the_page_that_they_tell_else_by_that_of_the_request() {
    let block = parsed(&Typed { capture: "block", pages: "/account\nadmin.example.com", ..FORM });
    let allow = parsed(&Typed { capture: "allow", pages: "example.com/shop", ..FORM });
    let shop = site(None, Some("https://example.com/shop/1"));
    let account = site(None, Some("https://example.com/account"));
    let verdicts = |values: &[(&str, &str)], sender: &Sender| {
        let event = named(values);
        (block.captures(&event, sender), allow.captures(&event, sender))
    };
    assert_eq!(verdicts(&[], &Sender::default()), (true, true), "a server tells no page");
    assert_eq!(verdicts(&[], &shop), (true, true));
    assert_eq!(verdicts(&[], &account), (false, false));
    assert_eq!(verdicts(&[("url", "https://example.com/shop")], &account), (true, true));
    assert_eq!(verdicts(&[("Domain", "example.com"), ("Path", "/account/7")], &shop), (false, false));
    assert_eq!(verdicts(&[("page_url", "https://example.com/shop"), ("path", "/account")], &shop), (false, false), "both count");
    assert_eq!(verdicts(&[("path", "/shop")], &Sender::default()), (true, false), "of no known host");
    assert_eq!(verdicts(&[("hostname", "admin.example.com:443")], &shop), (false, false));
}

#[test]
fn every_bad_line_and_choice_is_told() {
    let typed = Typed {
        location: "perhaps",
        hosts: "example.com\n\nwhat is this\nEXAMPLE.com\nexample..com\n*",
        event_properties: "a*b\nok\n\u{7}",
        user_properties: "*",
        capture: "allow",
        pages: " \n",
        ..FORM
    };
    let expected = [
        (Field::Location, None, Problem::NotAChoice),
        (Field::Pages, None, Problem::Empty),
        (Field::Hosts, Some(3), Problem::NotAHost),
        (Field::Hosts, Some(4), Problem::Repeated { first: 1 }),
        (Field::Hosts, Some(5), Problem::NotAHost),
        (Field::Hosts, Some(6), Problem::NotAHost),
        (Field::EventProperties, Some(1), Problem::WildcardInside),
        (Field::EventProperties, Some(3), Problem::ControlCharacters),
    ];
    assert_eq!(mistakes(&typed), expected);
    let typed = Typed { capture: "some", pages: "/\na b/c\n/a?b\n/a/*/b\n/ok\nhttp://", ..FORM };
    let bad = [1, 2, 3, 4, 6].map(|line| (Field::Pages, Some(line), Problem::NotAPage));
    assert_eq!(mistakes(&typed), [vec![(Field::Capture, None, Problem::NotAChoice)], bad.to_vec()].concat());
}

#[test]
fn lists_and_lines_have_a_limit() {
    let lines = |count: u32| (0..count).map(|n| format!("/{n}")).collect::<Vec<_>>().join("\n");
    assert_eq!(mistakes(&Typed { pages: &lines(100), ..FORM }), []);
    assert_eq!(mistakes(&Typed { pages: &lines(101), ..FORM }), [(Field::Pages, None, Problem::TooMany { max: 100 })]);
    let name = |length| "ü".repeat(length);
    assert_eq!(mistakes(&Typed { event_properties: &name(300), ..FORM }), []);
    let too_long = (Field::EventProperties, Some(1), Problem::TooLong { max: 300 });
    assert_eq!(mistakes(&Typed { event_properties: &name(301), ..FORM }), [too_long]);
}

#[test]
fn a_change_tells_what_was_and_what_is() {
    let before = parsed(&Typed { hosts: "a.example\nb.example", ..FORM });
    let after =
        parsed(&Typed { hosts: "b.example\nc.example", stored_address: "on", capture: "block", pages: "/a", retention: "90", ..FORM });
    let lines = |list, added: &[&str], removed: &[&str]| {
        let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let count = |lines: &[&str]| u32::try_from(lines.len()).unwrap_or_default();
        Change::Lines { list, added: count(added), removed: count(removed), added_lines: owned(added), removed_lines: owned(removed) }
    };
    let expected = [
        Change::Turned { switch: Switch::Address, on: true },
        Change::Capture { from: Capture::All, to: Capture::Block },
        Change::Retention { from: None, to: Retention::from_days(90) },
        lines(List::Pages, &["/a"], &[]),
        lines(List::Hosts, &["c.example"], &["a.example"]),
    ];
    assert_eq!(before.changes(&after), expected);
    assert_eq!(after.changes(&after), []);
    let json = serde_json::to_string(&expected).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Vec<Change>>(&json).ok(), Some(expected.to_vec()));
}

#[test]
fn settings_reach_what_is_stored_by_its_own_words_alone() {
    let privacy = parsed(&Typed { event_properties: "email\n*_token", target_text: "off", capture: "allow", pages: "a.example", ..FORM });
    let rules = privacy.scrub_rules();
    let read = serde_json::to_string(&rules).ok().and_then(|json| serde_json::from_str::<ScrubRules>(&json).ok());
    let again = read.and_then(|rules| rules.privacy()).unwrap_or_default();
    assert_eq!(again.scrub_rules(), rules);
    let full =
        named(&[("Email", "x"), ("ip", "y"), ("User Agent", "z"), ("a_token", "t"), ("targetText", "t"), ("country", "c"), ("plan", "p")]);
    assert_eq!(again.left_of_event(&full), Some(named(&[("country", "c"), ("plan", "p")])));
    assert_eq!(again.left_of_event(&named(&[("country", "c")])), None);
    let pages = [(true, "https://a.example/x"), (false, "https://b.example/x")];
    for (is_kept, url) in pages {
        assert_eq!(again.captures_stored(&named(&[("url", url)])), is_kept, "{url}");
    }
    assert!(again.captures_stored(&named(&[("plan", "p")])), "it tells no page");
}
