//! The shapes of bodies and answers. Every limit is the constant by which `domain` judges.

use app::words::number;
use domain::{
    collect,
    company::CompanyId,
    deletion::{MAX_TARGETS, RequestState, Sweep},
    export::ExportState,
    id::EnvironmentId,
    name::EventName,
    user::{Identity, UserId},
};
use serde_json::{Value, json};
use utoipa::openapi::{
    KnownFormat, Ref, RefOr, Schema, SchemaFormat,
    schema::{
        AdditionalProperties, AllOfBuilder, ArrayBuilder, Components, ComponentsBuilder, ObjectBuilder, OneOfBuilder, SchemaType, Type,
    },
    security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::words;

/// An app id that nobody has, in examples.
pub(crate) const EXAMPLE_APP_ID: &str = "1234567890";
/// The same for a deletion request.
pub(crate) const EXAMPLE_REQUEST: &str = "11111111-2222-4333-8444-555555555555";

/// An app id with its API key.
pub(crate) const PAIR: &str = "AppIdAndKey";
/// What they are traded for.
pub(crate) const TOKEN: &str = "Token";

/// At least one character that is not white space, and no NUL.
const NOT_BLANK: &str = r"^[^\x00]*[^\s\x00\x85][^\x00]*$";
/// The same without any control character.
const PRINTABLE: &str = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$";
const NO_NUL: &str = r"^[^\x00]*$";
const NO_NUL_NOR_ID: &str = r"^(?![iI][dD]$)[^\x00]*$";

pub(super) fn components() -> Components {
    let pair = HttpBuilder::new().scheme(HttpAuthScheme::Basic);
    let pair = pair.description(Some("The app id (the id of Main Production) as the user name, an API key as the password."));
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An `access_token`, which lives for five minutes."));
    ComponentsBuilder::new()
        .security_scheme(PAIR, SecurityScheme::Http(pair.build()))
        .security_scheme(TOKEN, SecurityScheme::Http(token.build()))
        .schema("AppId", app_id())
        .schema(
            "Identity",
            name([Type::String], Identity::MAX).description(Some("The name by which your site knows a user. Case matters.")),
        )
        .schema("UserId", user_id())
        .schema(
            "CompanyId",
            name([Type::String, Type::Number], CompanyId::MAX)
                .description(Some("The name by which your site knows a company. Case matters.")),
        )
        .schema("User", user())
        .schema("Time", time())
        .schema("EventProperties", properties(NO_NUL).description(Some("What else is known of the event.")))
        .schema(
            "UserProperties",
            properties(NO_NUL_NOR_ID).description(Some("What is set; other properties stay. None may be called `id` in any casing.")),
        )
        .schema("CompanyProperties", properties(NO_NUL).description(Some("What is set; other properties stay.")))
        .schema("Event", event())
        .schema("Track", one_or_many("One event", "Several events", "events", "Event"))
        .schema("Identify", identify())
        .schema("PropertiesOfUser", properties_of_user())
        .schema("AddUserProperties", one_or_many("One user", "Several users", "users", "PropertiesOfUser"))
        .schema("PropertiesOfCompany", properties_of_company())
        .schema("AddAccountProperties", one_or_many("One company", "Several companies", "accounts", "PropertiesOfCompany"))
        .schema("DeletionOrder", deletion_order())
        .schema("AccessToken", access_token())
        .schema("DeletionRequested", deletion_requested())
        .schema("DeletionStatus", deletion_status())
        .schema("Counts", counts())
        .schema("DeletionPreview", deletion_preview())
        .schema("DeletionRequest", deletion_request())
        .schema("DeletionRequests", deletion_requests())
        .schema("Receipt", receipt())
        .schema("ExportOrder", export_order())
        .schema("Export", export())
        .schema("ExportAsked", export_asked())
        .schema("Exports", whole_object([("exports", RefOr::T(ArrayBuilder::new().items(the("Export")).into()))]))
        .schema("Refusal", refusal())
        .schema("Document", object().property("openapi", of([Type::String])).required("openapi"))
        .build()
}

fn of(types: impl IntoIterator<Item = Type>) -> ObjectBuilder {
    let types: Vec<Type> = types.into_iter().collect();
    ObjectBuilder::new().schema_type(match <[Type; 1]>::try_from(types) {
        Ok([one]) => SchemaType::new(one),
        Err(several) => SchemaType::Array(several),
    })
}

fn the(schema: &str) -> RefOr<Schema> {
    Ref::from_schema_name(schema).into()
}

fn object() -> ObjectBuilder {
    of([Type::Object])
}

/// A key that has no place here: left out, or `null`, which is the same.
fn left_out() -> ObjectBuilder {
    of([Type::Null])
}

/// A name that a site made up.
fn name(types: impl IntoIterator<Item = Type>, max: u32) -> ObjectBuilder {
    of(types).min_length(Some(1)).max_length(Some(max as usize)).pattern(Some(NOT_BLANK))
}

fn app_id() -> ObjectBuilder {
    of([Type::String, Type::Integer])
        .pattern(Some(digits_up_to(EnvironmentId::MAX.unsigned_abs(), "(?!0+$)")))
        .minimum(Some(1))
        .maximum(Some(EnvironmentId::MAX))
        .description(Some("The id of the environment that receives the data, as text or as a number."))
        .examples([EXAMPLE_APP_ID])
}

fn user_id() -> ObjectBuilder {
    of([Type::String, Type::Integer])
        .pattern(Some(digits_up_to(UserId::MAX, "")))
        .minimum(Some(0))
        .maximum(Some(UserId::MAX))
        .description(Some("The number of an anonymous user, as a number or as text of its digits."))
        .examples(["42"])
}

/// A pattern for no more digits than `max` has, and for no higher number.
fn digits_up_to(max: u64, first: &str) -> String {
    let max = max.to_string();
    if max.bytes().all(|digit| digit == b'9') {
        return format!("^{first}[0-9]{{1,{}}}$", max.len());
    }
    let shorter = max.len() - 1;
    let mut kinds = vec![format!("[0-9]{{1,{shorter}}}")];
    for (at, digit) in max.char_indices().filter(|(_, digit)| *digit != '0') {
        let below = char::from_u32(u32::from(digit) - 1).unwrap_or('0');
        let rest = shorter - at;
        kinds.push(format!("{}[0-{below}][0-9]{{{rest}}}", &max[..at]));
    }
    kinds.push(max);
    format!("^{first}(?:{})$", kinds.join("|"))
}

fn time() -> ObjectBuilder {
    let known = collect::instants();
    of([Type::String, Type::Integer, Type::Null])
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .minimum(Some(*known.start()))
        .maximum(Some(*known.end()))
        .description(Some("When: ISO 8601, or whole milliseconds since 1970. Left out, it is now."))
        .examples(["2026-01-02T03:04:05Z"])
}

fn user() -> OneOfBuilder {
    let identified = object().property("identity", the("Identity")).required("identity").property("user_id", left_out());
    let anonymous = object().property("user_id", the("UserId")).required("user_id").property("identity", left_out());
    OneOfBuilder::new().item(identified).item(anonymous)
}

/// Properties, of names that fit the pattern.
fn properties(names: &str) -> ObjectBuilder {
    let text = collect::MAX_SENT_TEXT as usize;
    let plain = [Type::String, Type::Number, Type::Boolean, Type::Null];
    let item = of(plain.clone()).pattern(Some(NO_NUL));
    let joined =
        ["A list becomes one text, its items joined by `||` and cut at ", &number(collect::MAX_PROPERTY_TEXT.into()), " characters."]
            .concat();
    let list = ArrayBuilder::new().items(RefOr::T(Schema::from(item))).description(Some(joined));
    let value = OneOfBuilder::new().item(of(plain).max_length(Some(text)).pattern(Some(NO_NUL))).item(list);
    let name = of([Type::String]).min_length(Some(1)).max_length(Some(collect::MAX_PROPERTY_NAME as usize)).pattern(Some(names));
    of([Type::Object, Type::Null])
        .property_names(Some(name))
        .additional_properties(Some(AdditionalProperties::RefOr(RefOr::T(value.into()))))
        .examples([json!({"plan": "pro", "seats": 3})])
}

fn event() -> AllOfBuilder {
    let named = of([Type::String]).min_length(Some(1)).max_length(Some(EventName::MAX as usize)).pattern(Some(PRINTABLE));
    let named = named.description(Some("The name of the event. White space around it is taken off.")).examples(["Sign up"]);
    let made_up = [Type::String, Type::Number, Type::Null];
    let company = name(made_up.clone(), CompanyId::MAX).description(Some("The company for which the user did it."));
    let session = name(made_up.clone(), collect::MAX_SESSION_ID).description(Some("The visit that the event belongs to."));
    let key = name(made_up, collect::MAX_IDEMPOTENCY_KEY).description(Some("A later event of the user with the same key changes nothing."));
    let rest = object()
        .property("event", named)
        .required("event")
        .property("account_id", company)
        .property("session_id", session)
        .property("timestamp", the("Time"))
        .property("idempotency_key", key)
        .property("properties", the("EventProperties"));
    AllOfBuilder::new().item(the("User")).item(rest)
}

/// The two forms of a body: the thing itself, or a list of such.
fn one_or_many(one: &str, many: &str, list: &str, item: &str) -> OneOfBuilder {
    let app = || object().property("app_id", the("AppId")).required("app_id");
    let single = AllOfBuilder::new().title(Some(one)).item(app().property(list, left_out())).item(the(item));
    let items = ArrayBuilder::new().items(the(item)).max_items(Some(collect::MAX_ITEMS));
    let items = items.description(Some("Each as it would stand alone. If one is refused, so are all."));
    let several = app().title(Some(many)).property(list, items).required(list);
    OneOfBuilder::new().item(single).item(several)
}

fn identify() -> ObjectBuilder {
    object()
        .property("app_id", the("AppId"))
        .required("app_id")
        .property("user_id", the("UserId"))
        .required("user_id")
        .property("identity", the("Identity"))
        .required("identity")
        .property("timestamp", the("Time"))
}

fn properties_of_user() -> ObjectBuilder {
    object().property("identity", the("Identity")).required("identity").property("properties", the("UserProperties"))
}

fn properties_of_company() -> ObjectBuilder {
    object().property("account_id", the("CompanyId")).required("account_id").property("properties", the("CompanyProperties"))
}

fn deletion_order() -> ObjectBuilder {
    let users = ArrayBuilder::new().items(the("User")).min_items(Some(1)).max_items(Some(MAX_TARGETS as usize));
    let users = users.description(Some("Each with an `identity` or a `user_id`. They are looked for in every environment of the account."));
    object().property("users", users).required("users")
}

fn access_token() -> ObjectBuilder {
    let token = of([Type::String]).description(Some("Good for five minutes."));
    object().property("access_token", token).required("access_token")
}

fn state() -> ObjectBuilder {
    let mut words: Vec<&str> = RequestState::ALL.into_iter().map(RequestState::public_word).collect();
    words.sort_unstable();
    words.dedup();
    of([Type::String]).enum_values(Some(words))
}

fn deletion_requested() -> ObjectBuilder {
    let location = of([Type::String]).description(Some("Where to ask how far it is."));
    object()
        .property("deletion_request_id", words::uuid())
        .required("deletion_request_id")
        .property("deletion_request_location", location)
        .required("deletion_request_location")
        .property("status", state())
        .required("status")
}

fn deletion_status() -> ObjectBuilder {
    object().property("deletion_request_id", words::uuid()).required("deletion_request_id").property("status", state()).required("status")
}

fn whole() -> ObjectBuilder {
    of([Type::Integer]).minimum(Some(0))
}

/// An instant that may be missing.
fn instant(types: impl IntoIterator<Item = Type>) -> ObjectBuilder {
    of(types).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
}

/// An object that always has all of these.
fn whole_object<const N: usize>(properties: [(&str, RefOr<Schema>); N]) -> ObjectBuilder {
    properties.into_iter().fold(object(), |object, (name, schema)| object.property(name, schema).required(name))
}

fn plain(schema: ObjectBuilder) -> RefOr<Schema> {
    RefOr::T(schema.into())
}

fn counts() -> ObjectBuilder {
    whole_object(["users", "events", "properties", "aliases"].map(|name| (name, plain(whole()))))
}

fn deletion_preview() -> ObjectBuilder {
    let environment = whole_object([
        ("environment_id", plain(of([Type::String]))),
        ("name", plain(of([Type::String]).description(Some("Project and environment.")))),
        ("found", the("Counts")),
        ("sessions", plain(whole())),
        ("first_seen_at", plain(instant([Type::String, Type::Null]).description(Some("When the first of their events happened.")))),
        ("last_seen_at", plain(instant([Type::String, Type::Null]))),
        ("first_received_at", plain(instant([Type::String, Type::Null]))),
        ("last_received_at", plain(instant([Type::String, Type::Null]))),
    ]);
    let environments = ArrayBuilder::new().items(plain(environment));
    whole_object([
        ("named", plain(whole())),
        ("matched", plain(whole().description(Some("Those of them who have data.")))),
        ("unmatched", plain(whole())),
        ("total", the("Counts")),
        ("environments", RefOr::T(environments.into())),
    ])
}

fn deletion_request() -> ObjectBuilder {
    let words: Vec<&str> = RequestState::ALL.into_iter().map(RequestState::as_str).collect();
    whole_object([
        ("id", plain(words::uuid())),
        ("state", plain(of([Type::String]).enum_values(Some(words)))),
        ("requested_at", plain(instant([Type::String]))),
        ("requested_by", plain(of([Type::String]))),
        ("erase_at", plain(instant([Type::String]).description(Some("When erasing begins. Until then it can be cancelled.")))),
        ("awaits_approval", plain(of([Type::Boolean]).description(Some("Whether it waits for a second person as well, in the console.")))),
        ("completed_at", plain(instant([Type::String, Type::Null]))),
        ("sweep", plain(sweep())),
        ("users_found", plain(whole())),
        ("erased", the("Counts")),
        ("failure", plain(of([Type::String, Type::Null]).description(Some("Why it failed.")))),
        ("has_receipt", plain(of([Type::Boolean]))),
    ])
}

fn sweep() -> ObjectBuilder {
    let words = Sweep::ALL.into_iter().map(|sweep| Value::from(sweep.as_str())).chain([Value::Null]);
    let text = "How it goes over an environment, where it names nobody: all that is there, what is older than it is to be kept, or what its privacy settings do not keep.";
    of([Type::String, Type::Null]).enum_values(Some(words.collect::<Vec<_>>())).description(Some(text))
}

fn deletion_requests() -> ObjectBuilder {
    whole_object([("deletion_requests", RefOr::T(ArrayBuilder::new().items(the("DeletionRequest")).into()))])
}

fn export_order() -> ObjectBuilder {
    let users = ArrayBuilder::new().items(the("User")).min_items(Some(1)).max_items(Some(1));
    object().property("users", users.description(Some("One user, with an `identity` or a `user_id`."))).required("users")
}

fn export() -> ObjectBuilder {
    let words: Vec<&str> = ExportState::ALL.into_iter().map(ExportState::as_str).collect();
    whole_object([
        ("id", plain(words::uuid())),
        ("state", plain(of([Type::String]).enum_values(Some(words)))),
        ("requested_at", plain(instant([Type::String]))),
        ("requested_by", plain(of([Type::String]))),
        ("users_found", plain(whole().description(Some("How many users the name led to, devices among them.")))),
        ("environments", plain(whole().description(Some("In how many environments they are.")))),
        ("events", plain(whole().description(Some("How many events are in it so far.")))),
        ("bytes", plain(whole().description(Some("How large the archive is so far.")))),
        ("expires_at", plain(instant([Type::String, Type::Null]).description(Some("Until when a ready archive can be downloaded.")))),
        ("failure", plain(of([Type::String, Type::Null]).description(Some("Why it failed.")))),
    ])
}

fn export_asked() -> ObjectBuilder {
    let none = OneOfBuilder::new().item(the("Export")).item(of([Type::Null]));
    whole_object([("export", RefOr::T(none.description(Some("Nothing where nobody of this name has data.")).into()))])
}

fn receipt() -> ObjectBuilder {
    let text = || plain(of([Type::String]));
    let signature = whole_object([("algorithm", text()), ("public_key", text()), ("value", text())]);
    let hashes = object().property("key", text()).property("hashes", ArrayBuilder::new().items(text())).required("hashes");
    whole_object([
        ("receipt", plain(object().description(Some("What is signed, in the canonical form of RFC 8785.")))),
        ("signature", plain(signature)),
        ("identifiers", plain(hashes)),
    ])
}

/// One sentence in each of the places where clients look.
fn refusal() -> ObjectBuilder {
    let sentence = || of([Type::String]);
    object()
        .property("err", object().property("message", sentence()).required("message"))
        .required("err")
        .property("error", sentence().description(Some("The name of the status.")))
        .required("error")
        .property("message", sentence())
        .required("message")
}
