//! The document as tests read it.

use jsonschema::Validator;
use serde_json::Value;
use server::api::openapi;

use crate::support::house::PUBLIC_URL;

/// One call of the document.
pub(super) struct Described {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) operation: Value,
    components: Value,
}

impl Described {
    pub(super) fn all() -> Vec<Self> {
        let document = openapi::document(PUBLIC_URL);
        let components = &document["components"];
        let paths = document["paths"].as_object().unwrap().iter();
        let of_path = |(path, item): (&String, &Value)| {
            let calls = item.as_object().unwrap().iter().map(|(method, operation)| Self {
                method: method.to_uppercase(),
                path: path.clone(),
                operation: operation.clone(),
                components: components.clone(),
            });
            calls.collect::<Vec<_>>()
        };
        paths.flat_map(of_path).collect()
    }

    /// What judges a part of the document by all of it.
    pub(super) fn judge(&self, schema: &Value) -> Validator {
        let mut schema = schema.clone();
        schema.as_object_mut().unwrap().insert("components".to_owned(), self.components.clone());
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
    }

    pub(super) fn body_schema(&self) -> Option<&Value> {
        self.operation.pointer("/requestBody/content/application~1json/schema")
    }

    pub(super) fn body(&self) -> Option<Validator> {
        self.body_schema().map(|schema| self.judge(schema))
    }

    /// What judges an answer of this status and media type, if there is to be such a one.
    pub(super) fn answer(&self, status: &str, media: &str) -> Option<Validator> {
        let schema = &self.operation["responses"][status]["content"][media]["schema"];
        schema.is_object().then(|| self.judge(schema))
    }

    /// The schema that a reference leads to.
    pub(super) fn resolved<'v>(&'v self, schema: &'v Value) -> &'v Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.components.pointer(reference.trim_start_matches("#/components")).unwrap(),
            None => schema,
        }
    }

    pub(super) fn successes(&self) -> Vec<u16> {
        self.statuses().into_iter().filter(|status| *status < 300).collect()
    }

    pub(super) fn statuses(&self) -> Vec<u16> {
        self.operation["responses"].as_object().unwrap().keys().map(|status| status.parse().unwrap()).collect()
    }

    /// The names of the headers of an answer, in lower case.
    pub(super) fn headers(&self, status: u16) -> Vec<String> {
        let headers = self.operation["responses"][status.to_string()]["headers"].as_object();
        headers.into_iter().flat_map(|headers| headers.keys()).map(|name| name.to_lowercase()).collect()
    }

    /// Whether the call shows who it is by this scheme.
    pub(super) fn shows(&self, scheme: &str) -> bool {
        self.operation["security"][0].get(scheme).is_some()
    }
}
