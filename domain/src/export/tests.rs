#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    deletion::Counts,
    id::{AccountId, EnvironmentId, ExportId},
    time::Millis,
};

const AT: Millis = Millis(1_767_225_600_000);

/// What somebody may be called, and what they may have written.
#[derive(Debug, Clone)]
struct Texts {
    account: String,
    project: String,
    identity: String,
    name: String,
    value: String,
}

fn texts() -> impl Strategy<Value = Texts> {
    let text = || {
        prop_oneof![
            any::<String>(),
            "[=+@,;\"'<>&\\-\t\r\n{}]{0,6}[a-z]{0,3}",
            Just("</script><script>alert(1)</script>".to_owned()),
            Just("=HYPERLINK(\"https://evil.example\")".to_owned())
        ]
    };
    (text(), text(), text(), text(), text()).prop_map(|(account, project, identity, name, value)| Texts {
        account,
        project,
        identity,
        name,
        value,
    })
}

fn written(texts: &Texts, events: u64) -> Pieces {
    let environment = EnvironmentId::new(1_234_567_890).unwrap();
    let place = Place { environment, project: &texts.project, name: &texts.name };
    let head =
        Head { export: ExportId(Uuid::nil()), account: AccountId(Uuid::nil()), account_name: &texts.account, asked_at: AT, cairn: "0.1.0" };
    let properties = json!({&texts.name: texts.value}).to_string();
    let value = json!(texts.value).to_string();
    let event = EventRow {
        user: 1,
        name: &texts.name,
        occurred_at: AT,
        received_at: AT,
        session: Some(&texts.value),
        company: Some(&texts.project),
        properties: &properties,
    };
    let mut pieces = Pieces::default();
    pieces.begin(&head);
    for is_first in [true, false] {
        pieces.environment(&place, is_first);
        pieces.open(ExportTable::Users);
        pieces.row(&place, &Row::User { user: 1, identity: Some(&texts.identity), user_id: None, received_at: AT }, true);
        pieces.row(&place, &Row::User { user: 2, identity: None, user_id: Some(7), received_at: AT }, false);
        pieces.close(ExportTable::Users, 2);
        pieces.open(ExportTable::Properties);
        pieces.row(&place, &Row::Property { user: 1, name: &texts.name, value: &value, received_at: AT }, true);
        pieces.close(ExportTable::Properties, 1);
        pieces.open(ExportTable::Aliases);
        pieces.row(&place, &Row::Alias { user: 2, identified_as: Some(1), received_at: AT }, true);
        pieces.close(ExportTable::Aliases, 1);
        pieces.open(ExportTable::Events);
        let newest: Vec<EventRow> = (0..events).map(|_| event).collect();
        pieces.newest(&newest, events);
        for number in 0..events {
            pieces.row(&place, &Row::Event(event), number == 0);
        }
        pieces.close(ExportTable::Events, events);
        pieces.environment_ends();
    }
    pieces.end(Counts { users: 4, events: 2 * events, properties: 2, aliases: 2 });
    pieces
}

proptest! {
    #[test]
    fn the_pieces_are_one_document_that_says_what_was_put_in(texts in texts(), events in 0_u64..4) {
        let pieces = written(&texts, events);
        let document: Value = serde_json::from_str(pieces.of(ExportFile::Data)).unwrap();
        prop_assert_eq!(&document["format"], FORMAT);
        prop_assert_eq!(&document["account"]["name"], &texts.account);
        prop_assert_eq!(document["environments"].as_array().unwrap().len(), 2);
        for environment in document["environments"].as_array().unwrap() {
            prop_assert_eq!(&environment["project"], &texts.project);
            prop_assert_eq!(&environment["users"][0]["identity"], &texts.identity);
            prop_assert_eq!(&environment["users"][1]["user_id"], 7);
            prop_assert_eq!(&environment["user_properties"][0]["value"], &texts.value);
            prop_assert_eq!(&environment["aliases"][0]["identified_as"], 1);
            let listed = environment["events"].as_array().unwrap();
            prop_assert_eq!(listed.len() as u64, events);
            for event in listed {
                prop_assert_eq!(&event["properties"][&texts.name], &texts.value);
            }
        }
        prop_assert_eq!(&document["rows"]["events"], 2 * events);
    }

    #[test]
    fn nothing_that_was_sent_becomes_an_element_of_the_page(texts in texts(), events in 0_u64..4) {
        const OWN: [&str; 26] = [
            "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "strong", "time", "code", "section", "div", "table", "thead",
            "tbody", "tr", "th", "td", "b", "br", "/",
        ];
        let pieces = written(&texts, events);
        for element in pieces.of(ExportFile::Page).split('<').skip(1) {
            let name: String = element.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '!').collect();
            prop_assert!(OWN.contains(&name.as_str()), "{name}");
            prop_assert_eq!(element.matches('>').count(), 1, "{}", element);
            let tag = element.split('>').next().unwrap();
            prop_assert_eq!(tag.matches('"').count() % 2, 0, "{}", tag);
        }
    }

    #[test]
    fn the_table_of_events_is_read_as_it_was_written_and_no_cell_is_a_formula(texts in texts(), events in 1_u64..4) {
        let pieces = written(&texts, events);
        let mut reader = ::csv::Reader::from_reader(pieces.of(ExportFile::Events).as_bytes());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len() as u64, 2 * events);
        for row in rows {
            prop_assert_eq!(row.len(), 9);
            prop_assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])));
            prop_assert_eq!(row[3].trim_start_matches('\''), texts.name.trim_start_matches('\''));
            prop_assert_eq!(serde_json::from_str::<Value>(&row[8]).unwrap(), json!({&texts.name: texts.value}));
        }
    }
}

#[test]
fn what_is_no_json_is_told_as_a_text() {
    let place = Place { environment: EnvironmentId::new(1).unwrap(), project: "Main", name: "Production" };
    let mut pieces = Pieces::default();
    pieces.row(&place, &Row::Property { user: 1, name: "plan", value: "{oh", received_at: AT }, true);
    let row: Value = serde_json::from_str(pieces.of(ExportFile::Data)).unwrap();
    assert_eq!(row["value"], "{oh");
}

#[test]
fn the_page_says_how_many_older_events_it_leaves_to_the_other_files() {
    let event =
        EventRow { user: 1, name: "Order", occurred_at: AT, received_at: AT, session: None, company: None, properties: r#"{"a":1.50}"# };
    let mut pieces = Pieces::default();
    pieces.newest(&[event], 12);
    let page = pieces.of(ExportFile::Page);
    assert!(page.contains("The newest 1 of 12.") && page.contains("2026-01-01 00:00:00"), "{page}");
    assert_eq!((pieces.of(ExportFile::Data), pieces.of(ExportFile::Events)), ("", ""));
}

#[test]
fn every_state_is_told_by_a_word_of_its_own() {
    for state in ExportState::ALL {
        assert_eq!(ExportState::parse(state.as_str()), Some(state));
    }
    assert_eq!(ExportState::parse("gone"), None);
}
