//! `data.json`: written in pieces that together are one document.

use serde::{Serialize, de::IgnoredAny};

use super::{ExportTable, FORMAT, Head, Place, Row};
use crate::{deletion::Counts, time::Millis};

/// Numbers and texts always can be written.
fn value(value: impl Serialize) -> String {
    serde_json::to_string(&value).unwrap_or_else(|_| "null".to_owned())
}

/// What is stored as JSON goes in as it stands; what is not, for whatever reason, as a text, so that the document is valid all the same.
fn stored(text: &str) -> String {
    if serde_json::from_str::<IgnoredAny>(text).is_ok() { text.to_owned() } else { value(text) }
}

fn time(at: Millis) -> String {
    value(at.rfc3339())
}

pub(super) fn begin(to: &mut String, head: &Head<'_>) {
    let account = object(&[("id", value(head.account)), ("name", value(head.account_name))]);
    let head = [
        ("format", value(FORMAT)),
        ("cairn", value(head.cairn)),
        ("export", value(head.export)),
        ("account", account),
        ("asked_at", time(head.asked_at)),
    ];
    to.push_str(&opened(&head));
    to.push_str(",\n\"environments\":[");
}

pub(super) fn environment(to: &mut String, place: &Place<'_>, is_first: bool) {
    to.push_str(if is_first { "\n" } else { ",\n" });
    let place = [("id", value(place.environment)), ("project", value(place.project)), ("name", value(place.name))];
    to.push_str(&opened(&place));
}

pub(super) fn open(to: &mut String, table: ExportTable) {
    to.push_str(",\n\"");
    to.push_str(table.as_str());
    to.push_str("\":[");
}

pub(super) fn row(to: &mut String, row: &Row<'_>, is_first: bool) {
    to.push_str(if is_first { "\n" } else { ",\n" });
    to.push_str(&match *row {
        Row::User { user, identity, user_id, received_at } => {
            object(&[("user", value(user)), ("identity", value(identity)), ("user_id", value(user_id)), ("received_at", time(received_at))])
        }
        Row::Property { user, name, value: text, received_at } => {
            object(&[("user", value(user)), ("name", value(name)), ("value", stored(text)), ("received_at", time(received_at))])
        }
        Row::Alias { user, identified_as, received_at } => {
            object(&[("user", value(user)), ("identified_as", value(identified_as)), ("received_at", time(received_at))])
        }
        Row::Event(event) => object(&[
            ("user", value(event.user)),
            ("name", value(event.name)),
            ("occurred_at", time(event.occurred_at)),
            ("received_at", time(event.received_at)),
            ("session", value(event.session)),
            ("company", value(event.company)),
            ("properties", stored(event.properties)),
        ]),
    });
}

pub(super) fn close(to: &mut String) {
    to.push(']');
}

pub(super) fn environment_ends(to: &mut String) {
    to.push('}');
}

pub(super) fn end(to: &mut String, rows: Counts) {
    let counts = [
        (ExportTable::Users, rows.users),
        (ExportTable::Properties, rows.properties),
        (ExportTable::Aliases, rows.aliases),
        (ExportTable::Events, rows.events),
    ];
    to.push_str("],\n\"rows\":");
    to.push_str(&object(&counts.map(|(table, rows)| (table.as_str(), value(rows)))));
    to.push_str("}\n");
}

/// The same, to be gone on with.
fn opened(members: &[(&str, String)]) -> String {
    let mut object = object(members);
    object.pop();
    object
}

/// Of members whose values are JSON.
fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, json)| [&value(name), ":", json].concat()).collect();
    ["{", &members.join(","), "}"].concat()
}
