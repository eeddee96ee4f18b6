//! What the document says of these calls.

use domain::export::{ExportState, KEPT_HOURS, MOST_AT_ONCE};
use serde_json::{Value, json};
use store::console::exports::EXPORTS_SHOWN;
use utoipa::openapi::{
    Required,
    path::{OperationBuilder, ParameterBuilder, ParameterIn},
};

use super::super::{Refusal, about};
use super::LARGEST_BODY;
use crate::api::openapi::{EXAMPLE_REQUEST, TOKEN, words};

const GROUP: &str = "Exports of a user's data";
const WHEN: &str = "2026-01-02T03:04:05Z";

pub(super) fn ask() -> OperationBuilder {
    let text = format!(
        "Makes an archive of everything that a deletion of this user would erase, from every environment of the account: for who asks what is known of them. Cairn does it in the background. The name is kept nowhere but in the archive. There are {MOST_AT_ONCE} archives at most at a time."
    );
    let order = json!({"users": [{"identity": "alice@example.com"}]});
    call("export", "Ask for an export", &text)
        .request_body(Some(words::body("ExportOrder", LARGEST_BODY, [("One user", order)])))
        .response("200", words::json("Nobody of this name has data, so nothing is made.", "ExportAsked", json!({"export": null})))
        .response("201", words::json("The export is made.", "ExportAsked", json!({"export": export(ExportState::Running)})))
        .response("400", about::refused("The body is not as described.", &Refusal::NotOneUser))
        .response("409", about::refused("There are too many archives.", &Refusal::TooManyExports))
        .response("413", about::refused("The body is too large.", &Refusal::TooLarge))
}

pub(super) fn list() -> OperationBuilder {
    let text = format!("The newest {EXPORTS_SHOWN} exports of the account, those of the console too. None says whom it is about.");
    let exports = json!({"exports": [export(ExportState::Ready)]});
    call("exports", "List exports", &text).response("200", words::json("The exports, newest first.", "Exports", exports))
}

pub(super) fn one() -> OperationBuilder {
    let text = format!(
        "`running` until the archive is there; then `ready`, for {KEPT_HOURS} hours, and `expired`. An archive is `withdrawn` when a deletion request about any of the same users begins."
    );
    of_export("export_state", "Ask about an export", &text)
        .response("200", words::json("How far it is.", "Export", export(ExportState::Ready)))
}

pub(super) fn file() -> OperationBuilder {
    let text = "A ZIP file with `data.json` for programs, `index.html` for people and `events.csv` for spreadsheets. Each download stands in the audit log.";
    of_export("export_archive", "Download an archive", text)
        .response(
            "200",
            words::file("The archive.", "application/zip").header("Cache-Control", words::header("`no-store`: it is personal.")),
        )
        .response("409", about::refused("It is not ready, or no longer there.", &Refusal::NoArchive))
}

pub(super) fn delete() -> OperationBuilder {
    of_export("export_delete", "Delete an archive", "Erases an archive before its time, or keeps it from being made.")
        .response("200", words::json("The export, without an archive.", "Export", export(ExportState::Deleted)))
        .response("409", about::refused("It is no longer there.", &Refusal::NoArchive))
}

fn call(id: &str, summary: &str, text: &str) -> OperationBuilder {
    words::call(GROUP, id, summary, text)
        .security(words::shows(TOKEN))
        .response("401", about::unauthorized("The token is missing, wrong or too old.", &Refusal::WrongToken))
        .response("503", about::unavailable())
}

fn of_export(id: &str, summary: &str, text: &str) -> OperationBuilder {
    let place = ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The `id` of the export."))
        .schema(Some(words::uuid()))
        .example(Some(EXAMPLE_REQUEST.into()));
    let absent = about::refused("There is no such export, or it is another account's.", &Refusal::NoSuchExport);
    call(id, summary, text).parameter(place).response("404", absent)
}

fn export(state: ExportState) -> Value {
    let expires_at = (state == ExportState::Ready).then_some(WHEN);
    json!({
        "id": EXAMPLE_REQUEST, "state": state.as_str(), "requested_at": WHEN, "requested_by": "Ada", "users_found": 2, "environments": 1, "events": 3,
        "bytes": 4_096, "expires_at": expires_at, "failure": null
    })
}
