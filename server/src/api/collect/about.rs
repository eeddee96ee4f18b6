//! What the document says of these calls.

use serde_json::json;
use utoipa::openapi::{Deprecated, path::OperationBuilder, request_body::RequestBody};

use super::{
    LARGEST_BODY, Refusal, collect,
    ignored::{IGNORED, Ignored},
};
use crate::{
    api::openapi::{EXAMPLE_APP_ID, words},
    collect_queue::Unavailable,
};

const GROUP: &str = "Collection";

pub(super) fn track() -> OperationBuilder {
    let one = json!({
        "app_id": EXAMPLE_APP_ID,
        "identity": "alice@example.com",
        "event": "Sign up",
        "timestamp": "2026-01-02T03:04:05Z",
        "idempotency_key": "sign-up-1",
        "properties": {"plan": "pro", "seats": 3}
    });
    let many = json!({
        "app_id": EXAMPLE_APP_ID,
        "events": [{"identity": "alice@example.com", "event": "Sign up"}, {"user_id": "42", "event": "View prices"}]
    });
    let ignored = Ignored::ALL.map(|ignored| format!("`{}` where {}", ignored.word(), why(ignored))).join("; ") + ".";
    let stored =
        words::text("Stored; or, with the header, left out on purpose.", "OK").header(words::spelled(&IGNORED), words::header(&ignored));
    let text = "Stores what users did. A user who is not known yet is made. A list is stored whole or not at all, but for events of pages that the environment does not capture. Properties that the environment's privacy settings leave out are not stored, and not told.";
    let examples = [("One event", one), ("Several events", many)];
    collection("track", "Store events", text, words::body("Track", LARGEST_BODY, examples)).response("200", stored)
}

pub(super) fn identify() -> OperationBuilder {
    let example = json!({"app_id": EXAMPLE_APP_ID, "user_id": "42", "identity": "alice@example.com"});
    let text = "Tells who an anonymous user turned out to be: all that the number did counts for the identity.";
    readable("identify", "Name an anonymous user", text, words::body("Identify", LARGEST_BODY, [("One user", example)]))
}

pub(super) fn add_user_properties() -> OperationBuilder {
    let text = "Sets properties of users. Those of the same name are replaced, the others stay. Properties that the environment's privacy settings leave out are not set, and not told.";
    readable("add_user_properties", "Set properties of users", text, properties_of_users())
}

pub(super) fn old_identify() -> OperationBuilder {
    let text = "The same as `/api/add_user_properties`, for clients from before 2016. New ones have no need of it.";
    readable("old_identify", "Set properties of users, the old way", text, properties_of_users()).deprecated(Some(Deprecated::True))
}

pub(super) fn add_account_properties() -> OperationBuilder {
    let one = json!({"app_id": EXAMPLE_APP_ID, "account_id": "acme", "properties": {"plan": "enterprise"}});
    let many = json!({
        "app_id": EXAMPLE_APP_ID,
        "accounts": [{"account_id": "acme", "properties": {"plan": "enterprise"}}, {"account_id": "7", "properties": {"seats": 12}}]
    });
    let text = "Sets properties of companies, which Heap's API calls accounts. Those of the same name are replaced, the others stay.";
    let body = words::body("AddAccountProperties", LARGEST_BODY, [("One company", one), ("Several companies", many)]);
    readable("add_account_properties", "Set properties of companies", text, body)
}

/// Why events are not stored.
const fn why(ignored: Ignored) -> &'static str {
    match ignored {
        Ignored::ExcludedIp => "nothing was stored, because the address is excluded",
        Ignored::PrivacyControl => "nothing was, because the browser sends `Sec-GPC: 1` and the environment honours it",
        Ignored::Host => "nothing was, because `Origin`, or else `Referer`, names a site that the environment does not allow",
        Ignored::Capture => "at least one event was not, because the environment does not capture its page",
        Ignored::Suppressed => "what is about a user whose deletion request asked for it was not",
    }
}

fn properties_of_users() -> RequestBody {
    let one = json!({"app_id": EXAMPLE_APP_ID, "identity": "alice@example.com", "properties": {"city": "Oslo"}});
    let many = json!({
        "app_id": EXAMPLE_APP_ID,
        "users": [{"identity": "alice@example.com", "properties": {"city": "Oslo"}}, {"identity": "bob@example.com", "properties": {"age": 33}}]
    });
    words::body("AddUserProperties", LARGEST_BODY, [("One user", one), ("Several users", many)])
}

/// A call whose answers a page of any site may read.
fn readable(id: &str, summary: &str, text: &str, body: RequestBody) -> OperationBuilder {
    let anybody = words::header("`*`: a page of any site may read the answer.");
    let suppressed = words::header("`suppressed`: what is about a user whose deletion request asked for it was not stored.");
    let stored = words::text("Stored.", "OK").header("Access-Control-Allow-Origin", anybody.clone()).header("X-Cairn-Ignored", suppressed);
    let refusal = Refusal::Ignored(Ignored::ExcludedIp);
    let means = "Nothing was stored: the address is excluded, or by the environment's privacy settings the browser objects or the site is not allowed.";
    let excluded = words::text(means, &refusal.message());
    collection(id, summary, text, body)
        .response("200", stored)
        .response(words::status(refusal.status()), excluded.header("Access-Control-Allow-Origin", anybody))
}

fn collection(id: &str, summary: &str, text: &str, body: RequestBody) -> OperationBuilder {
    let wrong = collect::parse_track(br#"{"app_id": 1, "events": [{"identity": "a", "event": "b", "properties": []}]}"#)
        .map_or_else(Refusal::Body, |_| Refusal::NotRead);
    let (large, full) = (Refusal::TooLarge, Refusal::Unavailable(Unavailable::Full));
    let wrong_means = "The body is not as described, or `app_id` names no environment. The answer names the place; a thing alone is named as the first of a list.";
    let full_means = "Nothing was stored: too much is waiting, or the server is stopping or takes too long. Come again.";
    let again = words::seconds("When to come again.");
    words::call(GROUP, id, summary, text)
        .request_body(Some(body))
        .response(words::status(wrong.status()), words::text(wrong_means, &wrong.message()))
        .response(words::status(large.status()), words::text("The body is too large.", &large.message()))
        .response(words::status(full.status()), words::text(full_means, &full.message()).header("Retry-After", again))
}
