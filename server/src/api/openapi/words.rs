//! Short forms for what every description is made of.

use app::words::capital;
use http::{HeaderName, StatusCode};
use serde_json::Value;
use utoipa::openapi::{
    Content, ContentBuilder, Header, HeaderBuilder, KnownFormat, Ref, Required, Response, ResponseBuilder,
    example::ExampleBuilder,
    extensions::Extensions,
    path::{Operation, OperationBuilder},
    request_body::{RequestBody, RequestBodyBuilder},
    schema::{ObjectBuilder, SchemaFormat, Type},
    security::SecurityRequirement,
};

/// The key of the largest body in bytes, for which the standard has no word.
pub(crate) const MAX_BYTES: &str = "x-max-bytes";
pub(crate) const JSON: &str = "application/json";
pub(crate) const TEXT: &str = "text/plain";

/// A call of a group. `id` also names its place on the page.
pub(crate) fn call(group: &str, id: &str, summary: &str, text: &str) -> OperationBuilder {
    // None is asked for unless the call says so.
    Operation::builder().tag(group).operation_id(Some(id)).summary(Some(summary)).description(Some(text))
}

/// A call that shows who it is by a scheme of the components.
pub(crate) fn shows(scheme: &str) -> SecurityRequirement {
    SecurityRequirement::new(scheme, Vec::<String>::new())
}

/// A body of JSON, with examples by what they show. The media type is not judged.
pub(crate) fn body(schema: &str, most_bytes: usize, examples: impl IntoIterator<Item = (&'static str, Value)>) -> RequestBody {
    let examples = examples.into_iter().map(|(shows, value)| (key(shows), ExampleBuilder::new().summary(shows).value(Some(value)).build()));
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(schema)))
        .examples_from_iter(examples.map(|(key, example)| (key, utoipa::openapi::RefOr::T(example))))
        .build();
    let largest = Extensions::from_iter([(MAX_BYTES, most_bytes)]);
    RequestBodyBuilder::new().content(JSON, content).required(Some(Required::True)).extensions(Some(largest)).build()
}

fn key(shows: &str) -> String {
    shows.to_lowercase().replace(' ', "_")
}

/// An answer of JSON.
pub(crate) fn json(meaning: &str, schema: &str, example: Value) -> ResponseBuilder {
    Response::builder().description(meaning).content(JSON, content(Ref::from_schema_name(schema).into(), example))
}

/// An answer of plain text.
pub(crate) fn text(meaning: &str, example: &str) -> ResponseBuilder {
    let schema = ObjectBuilder::new().schema_type(Type::String).build();
    Response::builder().description(meaning).content(TEXT, content(schema.into(), example.into()))
}

/// An answer that is a file.
pub(crate) fn file(meaning: &str, media_type: &str) -> ResponseBuilder {
    let schema = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary))).build();
    Response::builder().description(meaning).content(media_type, ContentBuilder::new().schema(Some(schema)).build())
}

fn content(schema: utoipa::openapi::RefOr<utoipa::openapi::Schema>, example: Value) -> Content {
    ContentBuilder::new().schema(Some(schema)).example(Some(example)).build()
}

/// The name of a header as people write it: `X-Cairn-Ignored`.
pub(crate) fn spelled(name: &HeaderName) -> String {
    name.as_str().split('-').map(capital).collect::<Vec<_>>().join("-")
}

/// A header that is text.
pub(crate) fn header(text: &str) -> Header {
    HeaderBuilder::new().schema(ObjectBuilder::new().schema_type(Type::String)).description(Some(text)).build()
}

/// A header that is a number of seconds.
pub(crate) fn seconds(text: &str) -> Header {
    let whole = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    HeaderBuilder::new().schema(whole).description(Some(text)).build()
}

/// The key of an answer.
pub(crate) fn status(status: StatusCode) -> String {
    status.as_u16().to_string()
}

/// An id in the usual form.
pub(crate) fn uuid() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::Custom("uuid".to_owned())))
}

/// What any call is answered that takes too long.
pub(crate) fn no_answer() -> ResponseBuilder {
    Response::builder().description("The server has no answer now. Come again.")
}
