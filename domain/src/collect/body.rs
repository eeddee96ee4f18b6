//! The shapes of the bodies.

use serde::de::MapAccess;

use super::{
    AddCompanyProperties, AddUserProperties, CompanyProperties, Event, Identify, MAX_IDEMPOTENCY_KEY, MAX_ITEMS, MAX_SESSION_ID, Track,
    UserProperties, Who,
    error::{CollectError, Expected, Path},
    properties::{self, RawProperties},
    raw::{Fields, List, Object, Read, Scalar, skip},
    value,
};
use crate::deletion::MAX_TARGETS;

/// Objects whose keys are their fields. What is not among them goes to the part after `else`.
macro_rules! objects {
    ($($name:ident { $($field:ident: $type:ty),* ; else $rest:ty })*) => {$(
        #[derive(Default)]
        struct $name<'a> {
            $($field: $type,)*
            rest: $rest,
        }

        impl<'a> Fields<'a> for $name<'a> {
            fn set<A: MapAccess<'a>>(&mut self, key: &str, entries: &mut A) -> Result<(), A::Error> {
                match key {
                    $(stringify!($field) => {
                        let Read(value) = entries.next_value::<Read<$type>>()?;
                        self.$field = value;
                        Ok(())
                    })*
                    _ => self.rest.set(key, entries),
                }
            }
        }
    )*};
}

/// Keys that nobody knows.
#[derive(Default)]
struct Unknown;

impl<'a> Fields<'a> for Unknown {
    fn set<A: MapAccess<'a>>(&mut self, _key: &str, entries: &mut A) -> Result<(), A::Error> {
        skip(entries)
    }
}

objects! {
    RawTrack { app_id: Scalar<'a>, events: List<Object<RawEvent<'a>>, MAX_ITEMS>; else RawEvent<'a> }
    RawEvent {
        event: Scalar<'a>,
        identity: Scalar<'a>,
        user_id: Scalar<'a>,
        account_id: Scalar<'a>,
        session_id: Scalar<'a>,
        timestamp: Scalar<'a>,
        idempotency_key: Scalar<'a>,
        properties: Object<RawProperties<'a>>;
        else Unknown
    }
    RawIdentify { app_id: Scalar<'a>, user_id: Scalar<'a>, identity: Scalar<'a>, timestamp: Scalar<'a>; else Unknown }
    RawUsers { app_id: Scalar<'a>, users: List<Object<RawUser<'a>>, MAX_ITEMS>; else RawUser<'a> }
    RawUser { identity: Scalar<'a>, properties: Object<RawProperties<'a>>; else Unknown }
    RawCompanies { app_id: Scalar<'a>, accounts: List<Object<RawCompany<'a>>, MAX_ITEMS>; else RawCompany<'a> }
    RawCompany { account_id: Scalar<'a>, properties: Object<RawProperties<'a>>; else Unknown }
    RawTargets { users: List<Object<RawTarget<'a>>, { MAX_TARGETS as usize }>; else Unknown }
    RawTarget { identity: Scalar<'a>, user_id: Scalar<'a>; else Unknown }
}

pub(super) fn track(body: &[u8]) -> Result<Track, CollectError> {
    let raw: RawTrack<'_> = read(body)?;
    let environment = value::environment(&raw.app_id)?;
    let events = each_or(raw.events, "events", raw.rest, event)?;
    Ok(Track { environment, events })
}

pub(super) fn identify(body: &[u8]) -> Result<Identify, CollectError> {
    let raw: RawIdentify<'_> = read(body)?;
    let at = Path::default();
    Ok(Identify {
        environment: value::environment(&raw.app_id)?,
        user_id: value::user_id(&raw.user_id, &at)?,
        identity: value::identity(&raw.identity, &at)?,
        occurred_at: value::instant(&raw.timestamp, &at)?,
    })
}

pub(super) fn add_user_properties(body: &[u8]) -> Result<AddUserProperties, CollectError> {
    let raw: RawUsers<'_> = read(body)?;
    let environment = value::environment(&raw.app_id)?;
    let users = each_or(raw.users, "users", raw.rest, user)?;
    Ok(AddUserProperties { environment, users })
}

pub(super) fn add_account_properties(body: &[u8]) -> Result<AddCompanyProperties, CollectError> {
    let raw: RawCompanies<'_> = read(body)?;
    let environment = value::environment(&raw.app_id)?;
    let companies = each_or(raw.accounts, "accounts", raw.rest, company)?;
    Ok(AddCompanyProperties { environment, companies })
}

/// The body of a deletion request, which has the same manners.
pub(crate) fn parse_targets(body: &[u8]) -> Result<Vec<Who>, CollectError> {
    let raw: RawTargets<'_> = read(body)?;
    let target = |raw: RawTarget<'_>, at: &Path| value::who(&raw.identity, &raw.user_id, at);
    match each(raw.users, "users", target)? {
        None => Err(Path::default().should(Expected::Key("users"))),
        Some(targets) if targets.is_empty() => Err(Path::default().key("users").should(Expected::SomeItem)),
        Some(targets) => Ok(targets),
    }
}

fn event(raw: RawEvent<'_>, at: &Path) -> Result<Event, CollectError> {
    Ok(Event {
        name: value::event_name(&raw.event, at)?,
        user: value::who(&raw.identity, &raw.user_id, at)?,
        company: value::company(raw.account_id, at)?,
        session_id: value::token(raw.session_id, at, "session_id", MAX_SESSION_ID)?,
        occurred_at: value::instant(&raw.timestamp, at)?,
        idempotency_key: value::token(raw.idempotency_key, at, "idempotency_key", MAX_IDEMPOTENCY_KEY)?,
        properties: properties::of_event(raw.properties, at)?,
    })
}

fn user(raw: RawUser<'_>, at: &Path) -> Result<UserProperties, CollectError> {
    Ok(UserProperties { identity: value::identity(&raw.identity, at)?, properties: properties::of_user(raw.properties, at)? })
}

fn company(raw: RawCompany<'_>, at: &Path) -> Result<CompanyProperties, CollectError> {
    let company = value::company(raw.account_id, at)?.ok_or_else(|| at.clone().should(Expected::Key("account_id")))?;
    Ok(CompanyProperties { company, properties: properties::of_event(raw.properties, at)? })
}

fn read<'a, T: Fields<'a>>(body: &'a [u8]) -> Result<T, CollectError> {
    // Some libraries begin a body with a byte order mark.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match serde_json::from_slice::<Read<Object<T>>>(body) {
        Err(_) => Err(Path::default().should(Expected::Json)),
        Ok(Read(Object::Is(fields))) => Ok(fields),
        Ok(Read(Object::Absent | Object::Other)) => Err(Path::default().should(Expected::Object)),
    }
}

/// Judges the items of a list, or the single one that stands in its place as if it were the first of the list.
fn each_or<T, U, const MAX: usize>(
    list: List<Object<T>, MAX>,
    name: &'static str,
    single: T,
    judge: impl Fn(T, &Path) -> Result<U, CollectError>,
) -> Result<Vec<U>, CollectError> {
    match each(list, name, &judge)? {
        Some(items) => Ok(items),
        None => judge(single, &Path::item(name, 0)).map(|item| vec![item]),
    }
}

fn each<T, U, const MAX: usize>(
    list: List<Object<T>, MAX>,
    name: &'static str,
    judge: impl Fn(T, &Path) -> Result<U, CollectError>,
) -> Result<Option<Vec<U>>, CollectError> {
    let items = match list {
        List::Absent => return Ok(None),
        List::Other => return Err(Path::default().key(name).should(Expected::Array)),
        List::TooMany => return Err(Path::default().key(name).should(Expected::AtMostItems(MAX))),
        List::Is(items) => items,
    };
    let judged = items.into_iter().enumerate().map(|(index, item)| {
        let at = Path::item(name, index);
        match item {
            Object::Is(item) => judge(item, &at),
            Object::Absent | Object::Other => Err(at.should(Expected::Object)),
        }
    });
    judged.collect::<Result<Vec<_>, _>>().map(Some)
}
