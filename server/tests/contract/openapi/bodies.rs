//! Bodies made from the schemas of the document, and spoiled ones.

use proptest::{
    collection::vec,
    prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof},
    sample::{Index, select},
    strategy::Union,
};
use serde_json::{Map, Value, json};

use super::described::Described;

/// An id that nothing has.
pub(super) const UNKNOWN: &str = "11111111-2222-4333-8444-555555555555";

/// What text may be that people do not think of.
const ODD: [&str; 9] = [
    "e\u{301}",
    "\u{1f469}\u{200d}\u{1f467}",
    "\u{202e}abc",
    "\u{10ffff}",
    "ß\u{2028}ß",
    "'; DROP TABLE users; --",
    "<b>&amp;</b>",
    "\\u0000",
    "%00",
];

/// Bodies that fit the schema.
pub(super) fn valid(call: &Described, schema: &Value) -> BoxedStrategy<Value> {
    let schema = call.resolved(schema);
    if let Some(choices) = schema["oneOf"].as_array() {
        return Union::new(choices.iter().map(|choice| valid(call, choice))).boxed();
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts: Vec<_> = parts.iter().map(|part| valid(call, part)).collect();
        return parts
            .prop_map(|parts| parts.into_iter().flat_map(|part| part.as_object().unwrap().clone()).collect::<Map<_, _>>().into())
            .boxed();
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        several => several.as_array().unwrap().iter().map(|kind| kind.as_str().unwrap()).collect(),
    };
    Union::new(types.into_iter().map(|kind| of_type(call, schema, kind))).boxed()
}

fn of_type(call: &Described, schema: &Value, kind: &str) -> BoxedStrategy<Value> {
    match kind {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" => whole(schema).prop_map(Value::from).boxed(),
        "number" => prop_oneof![any::<i64>().prop_map(Value::from), (-1e9..1e9_f64).prop_map(Value::from)].boxed(),
        "string" => text(call, schema),
        "array" => list(call, schema),
        "object" => object(call, schema),
        other => panic!("{other} is not generated"),
    }
}

fn whole(schema: &Value) -> BoxedStrategy<i64> {
    let (min, max) = (schema["minimum"].as_i64().unwrap(), schema["maximum"].as_i64().unwrap());
    prop_oneof![Just(min), Just(max), min..=max].boxed()
}

/// Candidates of all kinds, of which the schema takes its own.
fn text(call: &Described, schema: &Value) -> BoxedStrategy<Value> {
    let judge = call.judge(schema);
    let longest = schema["maxLength"].as_u64().and_then(|max| usize::try_from(max).ok());
    let examples: Vec<String> =
        schema["examples"].as_array().into_iter().flatten().filter_map(|example| Some(example.as_str()?.to_owned())).collect();
    let examples = if examples.is_empty() { vec!["alice@example.com".to_owned()] } else { examples };
    let candidates = prop_oneof![
        select(examples),
        "[0-9]{1,16}",
        "\\PC{1,24}",
        select(ODD.map(str::to_owned).to_vec()),
        Just("ü".repeat(longest.unwrap_or(40))),
    ];
    candidates.prop_map(Value::from).prop_filter("does not fit", move |text| judge.is_valid(text)).boxed()
}

fn list(call: &Described, schema: &Value) -> BoxedStrategy<Value> {
    let limit = |name: &str| schema[name].as_u64().map(|limit| usize::try_from(limit).unwrap());
    let least = limit("minItems").unwrap_or(0);
    vec(valid(call, &schema["items"]), least..=limit("maxItems").map_or(4, |most| most.min(4))).prop_map(Value::from).boxed()
}

fn object(call: &Described, schema: &Value) -> BoxedStrategy<Value> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let named = schema["properties"].as_object().into_iter().flatten().map(|(name, property)| {
        let value = valid(call, property);
        let value = if required.contains(&name.as_str()) { value.prop_map(Some).boxed() } else { proptest::option::of(value).boxed() };
        let name = name.clone();
        value.prop_map(move |value| value.map(|value| (name.clone(), value))).boxed()
    });
    let named: Vec<_> = named.collect();
    let free = match schema.get("additionalProperties") {
        Some(value) => {
            let name = text(call, &schema["propertyNames"]).prop_map(|name| name.as_str().unwrap().to_owned());
            vec((name, valid(call, value)), 0..4).boxed()
        }
        None => Just(Vec::new()).boxed(),
    };
    (named, free).prop_map(|(named, free)| named.into_iter().flatten().chain(free).collect::<Map<_, _>>().into()).boxed()
}

/// What is done to a body to spoil it. It may come out as good as it was.
pub(super) fn spoiled(call: &Described, schema: &Value) -> BoxedStrategy<Value> {
    let instead = vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(42.0),
        json!(1e3),
        json!(1_767_225_600_000.0),
        json!(9_007_199_254_740_992_i64),
        json!(i64::MAX),
        json!(""),
        json!("   "),
        json!("yesterday"),
        json!("a\u{0}b"),
        json!("x".repeat(256)),
        json!("x".repeat(1_024)),
        json!("ü".repeat(1_025)),
        json!([]),
        json!([[]]),
        json!(["a", 1, null]),
        json!({}),
        json!({"id": 1}),
        json!({"": 1}),
        json!({"deep": {"er": 1}}),
        json!({"unknown": 1}),
        Value::Array(vec![json!({"identity": "a", "event": "b", "account_id": "c"}); 1_001]),
    ];
    let change = prop_oneof![
        3 => select(instead).prop_map(Change::Put),
        1 => Just(Change::Remove),
        1 => Just(Change::Twin),
        1 => Just(Change::Add),
    ];
    (valid(call, schema), any::<Index>(), change).prop_map(|(body, at, change)| change.done_to(body, at)).boxed()
}

#[derive(Debug, Clone)]
enum Change {
    /// Another value in the place.
    Put(Value),
    Remove,
    /// Both names of a user.
    Twin,
    /// Keys that nobody knows.
    Add,
}

impl Change {
    fn done_to(self, mut body: Value, at: Index) -> Value {
        let places = places(&body);
        let place = at.get(&places).clone();
        match self {
            Self::Put(value) => *body.pointer_mut(&place).unwrap() = value,
            Self::Remove => {
                let (parent, key) = place.rsplit_once('/').unwrap_or(("", ""));
                if let Some(Value::Object(members)) = body.pointer_mut(parent) {
                    members.remove(&key.replace("~1", "/").replace("~0", "~"));
                }
            }
            Self::Twin | Self::Add => {
                let twin = matches!(self, Self::Twin);
                if let Some(members) = places.iter().rev().find(|place| body.pointer(place).is_some_and(Value::is_object)).cloned() {
                    let members = body.pointer_mut(&members).unwrap().as_object_mut().unwrap();
                    if twin {
                        members.extend([("identity".to_owned(), json!("a")), ("user_id".to_owned(), json!(1))]);
                    } else {
                        members.insert("unknown key \u{1f9ea}".to_owned(), json!(["a", 1]));
                    }
                }
            }
        }
        body
    }
}

/// Every place of a body, as JSON pointers.
fn places(body: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let members: Vec<(String, &Value)> = match body {
        Value::Object(members) => members.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in members {
        places.extend(self::places(value).into_iter().map(|rest| format!("/{key}{rest}")));
    }
    places
}
