//! The document as a collection for Postman, with what an account's calls have in common as variables.

use app::manual::{Call, Manual, Shows};
use domain::id::EnvironmentId;
use serde_json::{Value, json};

use super::manual;

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// Calls, what later calls need of them, and where it stands in the answer.
const KEPT: [(&str, &str, &str); 3] = [
    ("auth_token", "access_token", "access_token"),
    ("user_deletion", "deletion_request_id", "deletion_request_id"),
    ("export", "export_id", "export?.id"),
];

/// For the account with this app id. The key is left out: it is a secret, and nobody knows it any more.
pub fn postman(public_url: &str, app_id: EnvironmentId) -> Value {
    let variable = |key: &str, value: &str| json!({"key": key, "value": value, "type": "string"});
    let folders: Vec<Value> = manual()
        .groups
        .iter()
        .map(|group| json!({"name": group.name, "item": group.calls.iter().flat_map(requests).collect::<Vec<_>>()}))
        .collect();
    json!({
        "info": {"name": "Cairn", "description": "Put an API key into the variable api_key, and get a token first.", "schema": SCHEMA},
        "item": folders,
        "variable": [
            variable("base_url", public_url),
            variable("app_id", &app_id.to_string()),
            variable("api_key", ""),
            variable("access_token", ""),
            variable("deletion_request_id", ""),
            variable("export_id", ""),
        ],
    })
}

/// One for each example.
fn requests(call: &Call) -> Vec<Value> {
    match call.examples.as_slice() {
        [] => vec![request(call, &call.summary, None)],
        [example] => vec![request(call, &call.summary, Some(&example.body))],
        several => {
            several.iter().map(|example| request(call, &[&call.summary, ": ", &example.title].concat(), Some(&example.body))).collect()
        }
    }
}

fn request(call: &Call, name: &str, body: Option<&str>) -> Value {
    let id = if call.path.contains("/exports/") { "{{export_id}}" } else { "{{deletion_request_id}}" };
    let path = call.path.replace("{id}", id);
    let raw = ["{{base_url}}", &path].concat();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let mut request = json!({
        "method": call.method,
        "header": [],
        "auth": auth(call.shows),
        "url": {"raw": raw, "host": ["{{base_url}}"], "path": parts},
        "description": call.text,
    });
    if let Some(body) = body {
        request["header"] = json!([{"key": "Content-Type", "value": "application/json"}]);
        let body = body.replace(Manual::APP_ID, "{{app_id}}");
        request["body"] = json!({"mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}});
    }
    let keep = KEPT.iter().filter(|(id, ..)| *id == call.id).map(|(_, name, place)| keep(name, place));
    json!({"name": name, "request": request, "event": keep.collect::<Vec<_>>(), "response": []})
}

fn auth(shows: Shows) -> Value {
    let entry = |key: &str, value: &str| json!({"key": key, "value": value, "type": "string"});
    match shows {
        Shows::Nothing => json!({"type": "noauth"}),
        Shows::AppIdAndKey => json!({"type": "basic", "basic": [entry("username", "{{app_id}}"), entry("password", "{{api_key}}")]}),
        Shows::Token => json!({"type": "bearer", "bearer": [entry("token", "{{access_token}}")]}),
    }
}

/// A script that puts a part of the answer into the variable of its name.
fn keep(name: &str, place: &str) -> Value {
    let script = format!("if (pm.response.code < 300) pm.collectionVariables.set(\"{name}\", pm.response.json().{place});");
    json!({"listen": "test", "script": {"type": "text/javascript", "exec": [script]}})
}
