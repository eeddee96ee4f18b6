//! `index.html`: for people. It holds no script, asks for nothing from anywhere, and says so to the browser.

use serde_json::Value;

use super::{EventRow, ExportTable, Head, Place, Row};
use crate::time::Millis;

const STYLE: &str = include_str!("page.css");

/// Text within elements and attributes. Characters that no page may hold are shown as missing.
pub(super) fn escaped(text: &str) -> String {
    let mut to = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            '\'' => to.push_str("&#39;"),
            '\n' | '\t' => to.push(character),
            control if control.is_control() => to.push('\u{FFFD}'),
            other => to.push(other),
        }
    }
    to
}

fn time(at: Millis) -> String {
    let text = at.rfc3339();
    let shown = text.replace('T', " ").replace('Z', "");
    let shown = shown.split('.').next().unwrap_or_default();
    ["<time datetime=\"", &text, "\">", shown, "</time>"].concat()
}

pub(super) fn begin(to: &mut String, head: &Head<'_>) {
    let account = escaped(head.account_name);
    let (asked, export) = (time(head.asked_at), head.export.to_string());
    for text in [
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
        "<title>What is known of a user · ",
        &account,
        "</title>\n<style>\n",
        STYLE,
        "</style>\n</head>\n<body>\n<main>\n<h1>What is known of a user</h1>\n<p>Everything that <strong>",
        &account,
        "</strong> collected of one user with Cairn, as it was asked for on ",
        &asked,
        " (UTC, as all times here). Events that were received later are not in it.</p>\n",
        "<p>Within an environment, each name and each device is a user with a number of its own. The file <code>data.json</code> beside this page holds all of it for programs, and <code>events.csv</code> the events for a spreadsheet.</p>\n",
        "<p class=\"aside\">Export ",
        &export,
        ", made by Cairn ",
        &escaped(head.cairn),
        ".</p>\n",
    ] {
        to.push_str(text);
    }
}

pub(super) fn environment(to: &mut String, place: &Place<'_>) {
    let id = place.environment.to_string();
    for text in ["<section>\n<h2 dir=\"auto\">", &escaped(place.project), " / ", &escaped(place.name)] {
        to.push_str(text);
    }
    for text in ["</h2>\n<p class=\"aside\">Environment ", &id, "</p>\n"] {
        to.push_str(text);
    }
}

pub(super) fn open(to: &mut String, table: ExportTable) {
    to.push_str(match table {
        ExportTable::Users => "<h3>Names and devices</h3>\n",
        ExportTable::Properties => "<h3>What is known</h3>\n",
        ExportTable::Aliases => "<h3>Who turned out to be whom</h3>\n",
        ExportTable::Events => "<h3>Events</h3>\n",
    });
}

pub(super) fn row(to: &mut String, row: &Row<'_>, is_first: bool) {
    let number = |user: u64| user.to_string();
    match *row {
        Row::User { user, identity, user_id, received_at } => {
            let name = match (identity, user_id) {
                (Some(identity), _) => ("Identity", identity.to_owned()),
                (None, Some(id)) => ("User ID", id.to_string()),
                (None, None) => ("Nameless", String::new()),
            };
            line(to, is_first, ["User", "Kind", "Name", "Since"], [number(user), name.0.to_owned(), escaped(&name.1), time(received_at)]);
        }
        Row::Property { user, name, value, received_at } => {
            let cells = [number(user), escaped(name), escaped(&plain(value)), time(received_at)];
            line(to, is_first, ["User", "Property", "Value", "Since"], cells);
        }
        Row::Alias { user, identified_as, received_at } => {
            let as_whom = identified_as.map_or_else(|| "Somebody else".to_owned(), number);
            line(to, is_first, ["User", "Turned out to be user", "Since"], [number(user), as_whom, time(received_at)]);
        }
        Row::Event(_) => {}
    }
}

/// The whole table: other rows of it are not shown.
pub(super) fn newest(to: &mut String, events: &[EventRow<'_>], total: u64) {
    if total > events.len() as u64 {
        let (shown, total) = (events.len().to_string(), total.to_string());
        for text in
            ["<p>The newest ", &shown, " of ", &total, ". All of them are in <code>events.csv</code> and <code>data.json</code>.</p>\n"]
        {
            to.push_str(text);
        }
    }
    for (place, event) in events.iter().enumerate() {
        let cells = [
            time(event.occurred_at),
            event.user.to_string(),
            escaped(event.name),
            escaped(event.company.unwrap_or_default()),
            escaped(event.session.unwrap_or_default()),
            properties(event.properties),
        ];
        line(to, place == 0, ["When", "User", "Event", "Company", "Session", "Properties"], cells);
    }
    end_table(to, events.len() as u64);
}

/// A table is begun with its first row, so that an empty one leaves a word and no head.
fn line<const N: usize>(to: &mut String, is_first: bool, heads: [&str; N], cells: [String; N]) {
    if is_first {
        // Within reach of the keyboard where it is wider than the screen.
        to.push_str("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n<thead><tr>");
        for head in heads {
            for text in ["<th scope=\"col\">", head, "</th>"] {
                to.push_str(text);
            }
        }
        to.push_str("</tr></thead>\n<tbody>\n");
    }
    to.push_str("<tr>");
    for cell in cells {
        for text in ["<td dir=\"auto\">", &cell, "</td>"] {
            to.push_str(text);
        }
    }
    to.push_str("</tr>\n");
}

pub(super) fn close(to: &mut String, table: ExportTable, rows: u64) {
    // That of events ended when it was shown.
    if table != ExportTable::Events {
        end_table(to, rows);
    }
}

fn end_table(to: &mut String, rows: u64) {
    to.push_str(if rows == 0 { "<p>None.</p>\n" } else { "</tbody>\n</table></div>\n" });
}

pub(super) fn environment_ends(to: &mut String) {
    to.push_str("</section>\n");
}

pub(super) fn end(to: &mut String) {
    to.push_str("</main>\n</body>\n</html>\n");
}

/// A value as a person writes it.
fn plain(json: &str) -> String {
    match serde_json::from_str::<Value>(json) {
        Ok(Value::String(text)) => text,
        _ => json.to_owned(),
    }
}

fn properties(json: &str) -> String {
    let Ok(Value::Object(members)) = serde_json::from_str::<Value>(json) else { return escaped(json) };
    let one = |(name, value): (&String, &Value)| ["<b>", &escaped(name), "</b> ", &escaped(&plain(&value.to_string()))].concat();
    members.iter().map(one).collect::<Vec<_>>().join("<br>")
}
