//! What the document says of these calls.

use domain::deletion::{Counts, RequestState};
use serde_json::{Value, json};
use store::console::deletion_requests::PAGE;
use utoipa::openapi::{
    ResponseBuilder,
    path::{OperationBuilder, ParameterBuilder, ParameterIn},
};

use super::super::{LARGEST_BODY, Refusal, about};
use crate::api::openapi::{EXAMPLE_APP_ID, EXAMPLE_REQUEST, TOKEN, words};

const GROUP: &str = "Requests of deletion";
const WHEN: &str = "2026-01-02T03:04:05Z";

pub(super) fn preview() -> OperationBuilder {
    let order = json!({"users": [{"identity": "alice@example.com"}, {"user_id": 42}]});
    let counts = Counts { users: 1, events: 3, ..Counts::default() };
    let found = json!({
        "named": 2, "matched": 1, "unmatched": 1, "total": counts,
        "environments": [{
            "environment_id": EXAMPLE_APP_ID, "name": "Main / Production", "found": counts, "sessions": 1, "first_seen_at": WHEN, "last_seen_at": WHEN,
            "first_received_at": WHEN, "last_received_at": WHEN
        }]
    });
    call(
        "deletion_preview",
        "Count what would go",
        "Takes the body of a deletion and answers what it would erase. Nothing is stored or erased.",
    )
    .request_body(Some(words::body("DeletionOrder", LARGEST_BODY, [("Two users", order)])))
    .response("200", words::json("What was found.", "DeletionPreview", found))
    .response("400", about::refused("The body is not as described. The answer names the place.", &about::wrong()))
    .response("413", about::refused("The body is too large.", &Refusal::TooLarge))
}

pub(super) fn list() -> OperationBuilder {
    let text =
        format!("The newest {PAGE} requests of the account, those of the console too. `before` goes on behind the last one of an answer.");
    let before = ParameterBuilder::new()
        .name("before")
        .parameter_in(ParameterIn::Query)
        .description(Some("The id of a request: older ones are answered."))
        .schema(Some(words::uuid()));
    call("deletion_requests", "List requests", &text)
        .parameter(before)
        .response("200", words::json("The requests, newest first.", "DeletionRequests", json!({"deletion_requests": [request()]})))
        .response("404", about::refused("`before` is no id.", &Refusal::NoSuchRequest))
}

pub(super) fn one() -> OperationBuilder {
    of_request(
        "deletion_request",
        "Ask about a request",
        "Until `erase_at` a request can be cancelled. A failed one says why; somebody lets it begin anew in the console.",
    )
    .response("200", words::json("How far it is.", "DeletionRequest", request()))
}

pub(super) fn receipt() -> OperationBuilder {
    let text = "What went, signed by the installation; its public key is at `/.well-known/cairn-receipt-keys.json`, and `cairn receipt verify` checks a copy. To ask it about somebody, put the `X-Cairn-Receipt-Key` of the request into `identifiers.key`.";
    let signed = json!({
        "receipt": {"format": 1, "request": EXAMPLE_REQUEST, "verdict": "erased"},
        "signature": {"algorithm": "Ed25519", "public_key": "the-public-key", "value": "the-signature"},
        "identifiers": {"hashes": ["a-hash"]}
    });
    of_request("deletion_receipt", "Get the receipt", text)
        .response("200", words::json("The receipt of a completed request.", "Receipt", signed))
}

pub(super) fn cancel() -> OperationBuilder {
    of_request(
        "deletion_cancel",
        "Cancel a request",
        "Takes a request back before it begins, such as one that a teammate made in the console. Nothing has gone then.",
    )
    .response("200", words::json("The request, cancelled.", "DeletionRequest", request()))
    .response("409", about::refused("Its time has come, or it is over.", &Refusal::TooLate))
}

fn call(id: &str, summary: &str, text: &str) -> OperationBuilder {
    words::call(GROUP, id, summary, text)
        .security(words::shows(TOKEN))
        .response("401", about::unauthorized("The token is missing, wrong or too old.", &Refusal::WrongToken))
        .response("503", about::unavailable())
}

fn of_request(id: &str, summary: &str, text: &str) -> OperationBuilder {
    let absent: ResponseBuilder = about::refused(
        "There is no such request, or it is another account's; or, where a receipt is asked for, it has none.",
        &Refusal::NoSuchRequest,
    );
    call(id, summary, text).parameter(about::id()).response("404", absent)
}

fn request() -> Value {
    json!({
        "id": EXAMPLE_REQUEST, "state": RequestState::Pending.as_str(), "requested_at": WHEN, "requested_by": "Ada", "erase_at": WHEN,
        "awaits_approval": false, "completed_at": null, "sweep": null, "users_found": 1, "erased": Counts::default(), "failure": null, "has_receipt": false
    })
}
