//! The document, told to people.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use app::{
    manual::{Answer, Call, Example, Form, Group, Manual, Need, Part, Shows},
    words::number,
};
use serde_json::{Map, Value};

use super::{
    CALLS, EXAMPLE_APP_ID, PAIR, TOKEN, document, spelled,
    words::{JSON, MAX_BYTES},
};

static MANUAL: LazyLock<Arc<Manual>> = LazyLock::new(|| Arc::new(told()));

/// Made once.
pub fn manual() -> Arc<Manual> {
    Arc::clone(&MANUAL)
}

fn told() -> Manual {
    let document = document("");
    let reader = Reader { schemas: &document["components"]["schemas"] };
    let mut groups: Vec<Group> = Vec::new();
    for call in CALLS.iter() {
        let operation = serde_json::to_value(&call.operation).unwrap_or_default();
        let told = reader.call(spelled(&call.method), call.path, &operation);
        let name = text(&operation["tags"][0]);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.calls.push(told),
            None => groups.push(Group { name, calls: vec![told] }),
        }
    }
    Manual { groups }
}

struct Reader<'a> {
    schemas: &'a Value,
}

impl Reader<'_> {
    fn call(&self, method: &'static str, path: &'static str, operation: &Value) -> Call {
        let body = &operation["requestBody"];
        let content = &body["content"][JSON];
        let shows = match &operation["security"][0] {
            Value::Object(schemes) if schemes.contains_key(PAIR) => Shows::AppIdAndKey,
            Value::Object(schemes) if schemes.contains_key(TOKEN) => Shows::Token,
            _ => Shows::Nothing,
        };
        Call {
            id: text(&operation["operationId"]),
            method,
            path,
            summary: text(&operation["summary"]),
            text: text(&operation["description"]),
            shows,
            parameters: items(&operation["parameters"]).map(|parameter| self.parameter(parameter)).collect(),
            forms: if content.is_null() { Vec::new() } else { self.forms(&content["schema"]) },
            most_bytes: body[MAX_BYTES].as_u64(),
            examples: entries(&content["examples"]).map(|(_, example)| shown(&text(&example["summary"]), &example["value"])).collect(),
            answers: entries(&operation["responses"]).map(|(status, answer)| answered(status, answer)).collect(),
        }
    }

    fn parameter(&self, parameter: &Value) -> Part {
        let (name, text) = (text(&parameter["name"]), text(&parameter["description"]));
        let need = if parameter["required"] == false { Need::Optional } else { Need::Required };
        Part { name, need, kind: self.kind(&parameter["schema"]), text }
    }

    /// A choice at the top is one of forms; choices further down are among keys.
    fn forms(&self, schema: &Value) -> Vec<Form> {
        let schema = self.resolved(schema);
        let forms: Vec<&Value> = if schema["oneOf"].is_null() { vec![schema] } else { items(&schema["oneOf"]).collect() };
        forms.into_iter().map(|form| Form { title: text(&form["title"]), parts: self.parts(form) }).collect()
    }

    /// What must be there comes first.
    fn parts(&self, schema: &Value) -> Vec<Part> {
        let mut found = BTreeMap::new();
        self.find(schema, Need::Required, &mut found);
        let mut parts: Vec<Part> = found.into_values().collect();
        parts.sort_by_key(|part| part.need);
        parts
    }

    fn find(&self, schema: &Value, need: Need, found: &mut BTreeMap<String, Part>) {
        let schema = self.resolved(schema);
        for part in items(&schema["allOf"]) {
            self.find(part, need, found);
        }
        for choice in items(&schema["oneOf"]) {
            self.find(choice, Need::OneOfThese, found);
        }
        for (name, property) in entries(&schema["properties"]).filter(|(_, property)| property["type"] != "null") {
            let need = if items(&schema["required"]).any(|required| required == name) { need } else { Need::Optional };
            let text = text(&self.resolved(property)["description"]);
            found.insert(name.clone(), Part { name: name.clone(), need, kind: self.kind(property), text });
        }
    }

    /// What a value is, in words.
    fn kind(&self, schema: &Value) -> String {
        let schema = self.resolved(schema);
        let types: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            several => items(several).filter_map(Value::as_str).collect(),
        };
        let kinds = types.into_iter().filter_map(|kind| match kind {
            "string" if schema["format"] == "date-time" => Some("date and time".to_owned()),
            "string" if schema["format"] == "uuid" => Some("UUID".to_owned()),
            "string" => Some(["text", &most(&schema["maxLength"], "characters")].concat()),
            "integer" => Some(["whole number", &range(&schema["minimum"], &schema["maximum"])].concat()),
            "number" => Some("number".to_owned()),
            "boolean" => Some("true or false".to_owned()),
            "array" => Some(["list", &most(&schema["maxItems"], "items")].concat()),
            "object" => Some(self.members(schema)),
            _ => None,
        });
        kinds.collect::<Vec<_>>().join(", or ")
    }

    /// An object whose keys the client chooses.
    fn members(&self, schema: &Value) -> String {
        let names = &schema["propertyNames"]["maxLength"];
        if names.is_null() {
            return "object".to_owned();
        }
        let value = items(&schema["additionalProperties"]["oneOf"]).next().map(|value| self.kind(value)).unwrap_or_default();
        ["object: names", &most(names, "characters"), "; values ", &value, ", or a list of these"].concat()
    }

    fn resolved<'v>(&'v self, schema: &'v Value) -> &'v Value {
        let name = schema["$ref"].as_str().and_then(|at| at.rsplit('/').next());
        name.map_or(schema, |name| &self.schemas[name])
    }
}

fn shown(title: &str, value: &Value) -> Example {
    let body = serde_json::to_string_pretty(value).unwrap_or_default().replace(EXAMPLE_APP_ID, Manual::APP_ID);
    Example { title: title.to_owned(), body }
}

fn answered(status: &str, answer: &Value) -> Answer {
    let example = match entries(&answer["content"]).next().map(|(_, content)| &content["example"]) {
        Some(Value::String(plain)) => plain.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    };
    let headers = entries(&answer["headers"]).map(|(name, header)| (name.clone(), text(&header["description"]))).collect();
    Answer { status: status.to_owned(), meaning: text(&answer["description"]), headers, example }
}

fn most(max: &Value, what: &str) -> String {
    max.as_u64().map(|max| [" of up to ", &number(max), " ", what].concat()).unwrap_or_default()
}

fn range(min: &Value, max: &Value) -> String {
    match (min.as_u64(), max.as_u64()) {
        (Some(min), Some(max)) => [" from ", &number(min), " to ", &number(max)].concat(),
        _ => String::new(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
