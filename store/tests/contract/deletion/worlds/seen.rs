//! What is there: rows of every table, bytes of every file.

use std::collections::BTreeSet;

use domain::{collect::Who as Named, id::EnvironmentId};
use store::catalogue::TABLES;

use super::{
    drawn::{PERSONS, Person, Place, property},
    model::{Kind, Owner},
    played::{COMPANY, Played, mark, name_of_owner},
};
use crate::{deletion::residue::readable as readable_in, support::House};

/// Rows as texts, in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    events: Vec<String>,
    properties: Vec<String>,
    users: Vec<String>,
    aliases: BTreeSet<String>,
    broken_links: Vec<String>,
    companies: Vec<String>,
    orders: Vec<String>,
}

/// A link that was put back says nothing of its own.
const NO_MERE_LINK: &str = " WHERE t.rehomed_at IS NULL OR t.rehomed_at <> 0";
const BROKEN_LINKS: &str = "SELECT 'to nobody' FROM aliases a WHERE a.rehomed_at = 0 \
    AND NOT EXISTS (SELECT 1 FROM aliases n WHERE n.environment_id = a.environment_id AND n.user_key = a.next_key) \
    AND NOT EXISTS (SELECT 1 FROM users n WHERE n.environment_id = a.environment_id AND n.user_key = a.next_key)";
const NAME: &str = "COALESCE(u.identity, CAST(u.user_id AS TEXT), 'nobody')";

impl Seen {
    pub(super) async fn of(played: &Played<'_>) -> Self {
        let house = played.house;
        let joined = |what: &str, table: &str, key: &str| {
            format!(
                "SELECT CAST(t.environment_id AS TEXT) || ' ' || {NAME}{what} FROM {table} t \
                 LEFT JOIN users u ON u.environment_id = t.environment_id AND u.user_key = t.{key}"
            )
        };
        let texts = async |sql: String| {
            let mut texts: Vec<String> = house.texts(sql.leak()).await.into_iter().map(|text| at_place(played, &text)).collect();
            texts.sort();
            texts
        };
        Self {
            events: texts(joined(" || ' ' || t.properties || ' ' || t.session_id", "events", "user_key")).await,
            properties: texts(joined(" || ' ' || t.name || ' ' || t.value", "user_properties", "user_key")).await,
            users: texts(joined("", "users", "user_key")).await,
            aliases: texts(joined("", "aliases", "identified_key") + NO_MERE_LINK).await.into_iter().collect(),
            broken_links: house.texts(BROKEN_LINKS).await,
            companies: texts("SELECT CAST(environment_id AS TEXT) || ' ' || company_id FROM companies".to_owned()).await,
            orders: house.texts("SELECT 'somebody' FROM deletion_subjects").await,
        }
    }

    fn expected(played: &Played<'_>) -> Self {
        let model = &played.model;
        let facts = |row: &dyn Fn(Kind, String) -> Option<String>| {
            let alive = model.facts.iter().filter(|(_, fact)| !fact.erased);
            let mut rows: Vec<String> = alive
                .filter_map(|(number, fact)| {
                    Some(format!("{} {} {}", fact.place, name_of_owner(fact.owner), row(fact.kind, mark(*number))?))
                })
                .collect();
            rows.sort();
            rows
        };
        let mut users: Vec<String> = model.users.iter().map(|(place, owner)| format!("{place} {}", name_of_owner(*owner))).collect();
        users.sort();
        Self {
            events: facts(&|kind, mark| (kind == Kind::Event).then(|| format!("{{\"mark\":\"{mark}\"}} {mark}"))),
            properties: facts(&|kind, mark| match kind {
                Kind::Property(which) => Some(format!("{} \"{mark}\"", property(which))),
                Kind::Event | Kind::Overwritten => None,
            }),
            users,
            aliases: model.told().into_iter().map(|(place, person)| format!("{place} {}", mark(person))).collect(),
            broken_links: Vec::new(),
            companies: model.companies.iter().map(|place| format!("{place} {COMPANY}")).collect(),
            orders: Vec::new(),
        }
    }

    pub(super) fn compare(&self, played: &Played<'_>) -> Result<(), String> {
        let expected = Self::expected(played);
        if *self == expected { Ok(()) } else { Err(format!("what is there: {self:#?}\nwhat should be: {expected:#?}")) }
    }
}

/// With the place instead of its environment's number.
fn at_place(played: &Played<'_>, row: &str) -> String {
    let (environment, rest) = row.split_once(' ').unwrap();
    let environment = EnvironmentId::new(environment.parse().unwrap()).unwrap();
    let place: Place = played.sites.iter().find(|(_, site)| site.environment == environment).unwrap().0;
    format!("{place} {rest}")
}

/// Whose an event is.
pub(super) async fn owner_of(house: &House, event: usize) -> Option<Owner> {
    let sql = format!(
        "SELECT {NAME} FROM events e LEFT JOIN users u ON u.environment_id = e.environment_id AND u.user_key = e.user_key WHERE e.session_id = '{}'",
        mark(event)
    );
    let name = house.texts(sql.leak()).await.pop()?;
    match name.parse() {
        Ok(device) => Some(Owner::Anonymous(device)),
        Err(_) => person_named(&name).map(Owner::Person),
    }
}

fn person_named(identity: &str) -> Option<Person> {
    identity.strip_prefix("person-")?.split('@').next()?.parse().ok()
}

pub(super) fn person(user: &Named) -> Option<Person> {
    match user {
        Named::Identity(identity) => person_named(identity.as_str()),
        Named::UserId(_) => None,
    }
}

/// Nothing of the erased can be read: on SQLite in no byte of any file, on PostgreSQL in no row of any table.
pub(super) async fn readable(played: &Played<'_>) -> Result<(), String> {
    let model = &played.model;
    let erased = model.facts.iter().filter(|(_, fact)| fact.erased).map(|(number, _)| *number);
    // Who is known nowhere any more. Whoever never was is in no file either.
    let forgotten = (0..PERSONS.len()).filter(|person| !model.users.iter().any(|(_, owner)| *owner == Owner::Person(*person)));
    let marks: Vec<String> = forgotten.chain(erased).map(mark).collect();
    let there: Vec<&str> = if let Some(folder) = &played.house.folder {
        readable_in(folder.path(), &marks).into_iter().collect()
    } else {
        let rows = every_row(played.house).await;
        marks.iter().map(String::as_str).filter(|mark| rows.iter().any(|row| row.contains(mark))).collect()
    };
    if there.is_empty() { Ok(()) } else { Err(format!("of the erased there is still {there:?}")) }
}

async fn every_row(house: &House) -> Vec<String> {
    let mut rows = Vec::new();
    for table in TABLES.iter().filter(|table| !table.name.starts_with("sqlite_")) {
        rows.extend(house.texts(format!("SELECT CAST(t.* AS TEXT) FROM {} t", table.name).leak()).await);
    }
    rows
}
