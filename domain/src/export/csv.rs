//! `events.csv`, for spreadsheets.

use super::{EventRow, Place};

const COLUMNS: [&str; 9] =
    ["environment", "environment_id", "user", "name", "occurred_at", "received_at", "session", "company", "properties"];

pub(super) fn begin(to: &mut String) {
    line(to, &COLUMNS.map(ToOwned::to_owned));
}

pub(super) fn row(to: &mut String, place: &Place<'_>, event: &EventRow<'_>) {
    let cells = [
        [place.project, " / ", place.name].concat(),
        place.environment.to_string(),
        event.user.to_string(),
        event.name.to_owned(),
        event.occurred_at.rfc3339(),
        event.received_at.rfc3339(),
        event.session.unwrap_or_default().to_owned(),
        event.company.unwrap_or_default().to_owned(),
        event.properties.to_owned(),
    ];
    line(to, &cells.map(harmless));
}

/// A spreadsheet takes a cell that begins so for a formula, which whoever sent the event would have written into it. Behind an apostrophe it is text. `data.json` has it as
/// it was sent.
pub(super) fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { ["'", &cell].concat() } else { cell }
}

fn line(to: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            to.push(',');
        }
        if cell.contains([',', '"', '\n', '\r', ';', '\t']) {
            to.push('"');
            to.push_str(&cell.replace('"', "\"\""));
            to.push('"');
        } else {
            to.push_str(cell);
        }
    }
    to.push_str("\r\n");
}
