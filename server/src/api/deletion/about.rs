//! What the document says of these calls.

use domain::deletion::{self, MAX_TARGETS, RequestState};
use serde_json::json;
use utoipa::openapi::{
    Required, ResponseBuilder,
    path::{OperationBuilder, ParameterBuilder, ParameterIn},
};

use super::{LARGEST_BODY, RECEIPT_KEY, Refusal};
use crate::api::openapi::{EXAMPLE_REQUEST, PAIR, TOKEN, words};

const KEY: &str = "The key by which the request's receipt can be asked about somebody. It is told here and kept nowhere.";

const GROUP: &str = "Deletion of users";

pub(super) fn token() -> OperationBuilder {
    let text = "Trades the app ID and an API key for a token. Full teammates make keys under Privacy & security.";
    let token = words::json("The token.", "AccessToken", json!({"access_token": "a-token-for-five-minutes"}));
    let many = refused("Too many attempts from this address.", &Refusal::TooManyAttempts { retry_after_seconds: 60 });
    words::call(GROUP, "auth_token", "Get a token", text)
        .security(words::shows(PAIR))
        .response("200", token.header("Cache-Control", words::header("`no-store`: the token is a secret.")))
        .response(
            words::status(Refusal::WrongPair.status()),
            unauthorized("The app ID or the key is wrong, or the key is revoked.", &Refusal::WrongPair),
        )
        .response("429", many.header("Retry-After", words::seconds("When to try again.")))
        .response("503", unavailable())
}

pub(super) fn request() -> OperationBuilder {
    let example = json!({"users": [{"identity": "alice@example.com"}, {"user_id": 42}]});
    let most = app::words::number(MAX_TARGETS.into());
    let text = ["Erases up to ", &most, " users, with all their data, from every environment of the account. Cairn does it in the background, and counts afterwards that nothing is left. Where the account demands it of scripts as well, a second person has to approve the request in the console first, and it is `pending` until then."].concat();
    let requested = json!({
        "deletion_request_id": EXAMPLE_REQUEST,
        "deletion_request_location": format!("https://cairn.example.com/api/public/v0/deletion_status/{EXAMPLE_REQUEST}"),
        "status": RequestState::Pending.public_word()
    });
    let wrong = wrong();
    words::call(GROUP, "user_deletion", "Request a deletion", &text)
        .security(words::shows(TOKEN))
        .request_body(Some(words::body("DeletionOrder", LARGEST_BODY, [("Two users", example)])))
        .response(
            "201",
            words::json("The request is made.", "DeletionRequested", requested).header(words::spelled(&RECEIPT_KEY), words::header(KEY)),
        )
        .response(
            words::status(wrong.status()),
            refused("The body is not as described. The answer names the place. Nothing is deleted.", &wrong),
        )
        .response("401", unauthorized("The token is missing, wrong or too old.", &Refusal::WrongToken))
        .response(words::status(Refusal::TooLarge.status()), refused("The body is too large.", &Refusal::TooLarge))
        .response("503", unavailable())
}

pub(super) fn status() -> OperationBuilder {
    let text = "`pending` until everything is erased and a count has found nothing left; then `complete`. A request that was cancelled in the console is `cancelled`; one that could not be carried out for hours is `failed`, until somebody lets it begin anew there.";
    let complete = json!({"deletion_request_id": EXAMPLE_REQUEST, "status": RequestState::Complete.public_word()});
    words::call(GROUP, "deletion_status", "Ask how far a deletion is", text)
        .security(words::shows(TOKEN))
        .parameter(id())
        .response("200", words::json("How far it is.", "DeletionStatus", complete))
        .response("401", unauthorized("The token is missing, wrong or too old.", &Refusal::WrongToken))
        .response(
            words::status(Refusal::NoSuchRequest.status()),
            refused("There is no such request, or it is another account's.", &Refusal::NoSuchRequest),
        )
        .response("503", unavailable())
}

/// The id in the path.
pub(super) fn id() -> ParameterBuilder {
    ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The `deletion_request_id` of the request."))
        .schema(Some(words::uuid()))
        .example(Some(EXAMPLE_REQUEST.into()))
}

/// A body that is refused, as an example.
pub(super) fn wrong() -> Refusal {
    deletion::parse_api_body(br#"{"users": []}"#).map_or_else(Refusal::Body, |_| Refusal::NotRead)
}

pub(super) fn refused(meaning: &str, refusal: &Refusal) -> ResponseBuilder {
    words::json(meaning, "Refusal", refusal.body())
}

pub(super) fn unauthorized(meaning: &str, refusal: &Refusal) -> ResponseBuilder {
    refused(meaning, refusal).header("WWW-Authenticate", words::header("How to show who you are."))
}

pub(super) fn unavailable() -> ResponseBuilder {
    refused("The server cannot do this now. Come again.", &Refusal::Unavailable)
        .header("Retry-After", words::seconds("When to come again."))
}
