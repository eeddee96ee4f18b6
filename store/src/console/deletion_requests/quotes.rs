//! What teammates and writers of messages typed that names a user. No request reaches it: it has to be edited by hand.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, BuildError};
use domain::{
    collect::PropertyValue,
    definition::DefinitionKind,
    deletion::Target,
    id::{AccountId, DefinitionKey, EnvironmentId, MessageId, ReportKey},
};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

use super::{selection::Kind, users::KnownUser};
use crate::{
    Error,
    engine::{Sql, Tx, args, statements},
};

statements! {
    QUOTING_ENVIRONMENTS = "SELECT e.id, p.name, e.name FROM environments e JOIN projects p ON p.id = e.project_id WHERE e.account_id = $1 AND e.deleted_at IS NULL";
    QUOTING_EVENTS = "SELECT d.environment_id, d.key, d.name, d.event_name AS typed, NULL AS json FROM event_definitions d JOIN environments e ON e.id = d.environment_id WHERE e.account_id = $1 AND e.deleted_at IS NULL ORDER BY d.name, d.environment_id, d.key";
    QUOTING_PROPERTIES = "SELECT d.environment_id, d.key, d.name, NULL AS typed, d.raw_names AS json FROM property_definitions d JOIN environments e ON e.id = d.environment_id WHERE e.account_id = $1 AND e.deleted_at IS NULL ORDER BY d.name, d.environment_id, d.key";
    QUOTING_SEGMENTS = "SELECT d.environment_id, d.key, d.name, d.property_name AS typed, d.value AS json FROM segments d JOIN environments e ON e.id = d.environment_id WHERE e.account_id = $1 AND e.deleted_at IS NULL ORDER BY d.name, d.environment_id, d.key";
    QUOTING_REPORTS = "SELECT d.environment_id, d.key, d.name, d.property_name AS typed, d.value AS json FROM reports d JOIN environments e ON e.id = d.environment_id WHERE e.account_id = $1 AND e.deleted_at IS NULL ORDER BY d.name, d.environment_id, d.key";
    QUOTING_LINES = "SELECT environment_id, pattern, note FROM excluded_ips WHERE account_id = $1 AND note <> '' ORDER BY environment_id, position";
    QUOTING_MESSAGES = "SELECT id, text, reply_to FROM messages WHERE id < $1 ORDER BY id DESC LIMIT $2";
}

/// How many are told one by one.
pub const MOST_QUOTES: usize = 100;
/// How many messages are read at once.
const CHUNK: i64 = 200;
/// A shorter identifier is looked for as a whole text only: as a word it would stand everywhere.
const SHORT: usize = 3;

/// What quotes a user's name, or the value that led to users.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quotes {
    /// The first [`MOST_QUOTES`].
    pub rows: Vec<Quote>,
    /// How many there are.
    pub total: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Where it is to be edited.
    pub place: QuotePlace,
    /// What it is called, or a message's beginning.
    pub name: String,
    /// Project and environment, where it belongs to one.
    pub environment: Option<(String, String)>,
    /// What it quotes, as it was looked for.
    pub quoted: String,
}

/// What can be led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotePlace {
    /// A definition, archived or not.
    Definition(DefinitionKind, EnvironmentId, DefinitionKey),
    /// A report, archived or not.
    Report(EnvironmentId, ReportKey),
    /// The note of an excluded line; nothing for the list of all environments.
    ExcludedIp(Option<EnvironmentId>),
    /// A message to the operator.
    Message(MessageId),
}

#[derive(FromRow)]
struct TypedRow {
    environment_id: i64,
    key: Uuid,
    name: String,
    typed: Option<String>,
    json: Option<String>,
}

/// Looks through the account's definitions, reports and notes, and through the operator's messages for who may read them: to others it would tell what strangers wrote.
pub(super) async fn find(tx: &mut Tx, account: AccountId, identifiers: &Identifiers, reads_messages: bool) -> Result<Quotes, Error> {
    let places: Vec<(i64, String, String)> = tx.all(&QUOTING_ENVIRONMENTS, args![account]).await?;
    let places = places.into_iter().map(|(id, project, name)| (id, (project, name))).collect();
    let mut search = Search { account, identifiers, places, quotes: Quotes::default() };
    search.definitions(tx, &QUOTING_EVENTS, DefinitionKind::Event).await?;
    search.definitions(tx, &QUOTING_PROPERTIES, DefinitionKind::Property).await?;
    search.definitions(tx, &QUOTING_SEGMENTS, DefinitionKind::Segment).await?;
    search.rows(tx, &QUOTING_REPORTS, |environment, key| QuotePlace::Report(environment, ReportKey(key))).await?;
    search.lines(tx).await?;
    if reads_messages {
        search.messages(tx).await?;
    }
    Ok(search.quotes)
}

struct Search<'a> {
    account: AccountId,
    identifiers: &'a Identifiers,
    places: BTreeMap<i64, (String, String)>,
    quotes: Quotes,
}

impl Search<'_> {
    async fn definitions(&mut self, tx: &mut Tx, sql: &Sql, kind: DefinitionKind) -> Result<(), Error> {
        self.rows(tx, sql, |environment, key| QuotePlace::Definition(kind, environment, DefinitionKey(key))).await
    }

    async fn rows(&mut self, tx: &mut Tx, sql: &Sql, place: impl Fn(EnvironmentId, Uuid) -> QuotePlace) -> Result<(), Error> {
        let rows: Vec<TypedRow> = tx.all(sql, args![self.account]).await?;
        for row in rows {
            let environment = EnvironmentId::new(row.environment_id).map_err(|_| Error::Inconsistent { table: "environments" })?;
            let texts = [Some(row.name.clone()), row.typed].into_iter().flatten().chain(row.json.iter().flat_map(|json| texts_of(json)));
            self.judge(texts, place(environment, row.key), &row.name, Some(row.environment_id));
        }
        Ok(())
    }

    async fn lines(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let rows: Vec<(i64, String, String)> = tx.all(&QUOTING_LINES, args![self.account]).await?;
        for (id, pattern, note) in rows {
            // 0 is the list of all environments. What is left of a deleted one's is shown nowhere.
            let environment = EnvironmentId::new(id).ok();
            if id == 0 || self.places.contains_key(&id) {
                self.judge([note], QuotePlace::ExcludedIp(environment.filter(|_| id != 0)), &pattern, Some(id));
            }
        }
        Ok(())
    }

    async fn messages(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let mut before = Uuid::max();
        loop {
            let rows: Vec<(Uuid, String, String)> = tx.all(&QUOTING_MESSAGES, args![before, CHUNK]).await?;
            let Some((oldest, ..)) = rows.last() else { return Ok(()) };
            before = *oldest;
            for (id, text, reply_to) in rows {
                let name = beginning(&text);
                self.judge([text, reply_to], QuotePlace::Message(MessageId(id)), &name, None);
            }
        }
    }

    fn judge(&mut self, texts: impl IntoIterator<Item = String>, place: QuotePlace, name: &str, environment: Option<i64>) {
        let Some(quoted) = texts.into_iter().find_map(|text| self.identifiers.quoted_in(&text).map(ToOwned::to_owned)) else { return };
        self.quotes.total += 1;
        if self.quotes.rows.len() < MOST_QUOTES {
            let environment = environment.and_then(|id| self.places.get(&id)).cloned();
            self.quotes.rows.push(Quote { place, name: name.to_owned(), environment, quoted });
        }
    }
}

/// What a message begins with.
fn beginning(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(MOST) {
        Some((end, _)) => [&line[..end], "…"].concat(),
        None => line.to_owned(),
    }
}

/// The texts and numbers within JSON.
fn texts_of(json: &str) -> Vec<String> {
    fn within(value: Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text),
            Value::Number(number) => texts.push(number.to_string()),
            Value::Array(values) => values.into_iter().for_each(|value| within(value, texts)),
            Value::Object(_) | Value::Bool(_) | Value::Null => {}
        }
    }
    let mut texts = Vec::new();
    within(serde_json::from_str(json).unwrap_or_default(), &mut texts);
    texts
}

/// What is looked for.
pub(super) struct Identifiers {
    texts: Vec<String>,
    finder: AhoCorasick,
}

impl Identifiers {
    /// The names that were given, those of everybody who was found by them, and the value that led to users.
    pub(super) fn of(kind: &Kind, everybody: &[KnownUser]) -> Result<Self, Error> {
        let mut texts: BTreeSet<String> = everybody.iter().filter_map(|known| identity(&known.user)).collect();
        match kind {
            Kind::Everything { .. } => {}
            Kind::Named(targets) => texts.extend(targets.iter().map(name)),
            Kind::Found { having, .. } => match &having.value {
                PropertyValue::Text(text) => drop(texts.insert(text.clone())),
                PropertyValue::Number(number) => drop(texts.insert(number.to_string())),
                PropertyValue::Bool(_) => {}
            },
        }
        Self::new(texts.into_iter().collect()).map_err(|_| Error::Inconsistent { table: "users" })
    }

    fn new(texts: Vec<String>) -> Result<Self, BuildError> {
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&texts)?;
        Ok(Self { texts, finder })
    }

    /// The first of them that stands in a text as a word or words, whatever the case of its ASCII letters.
    fn quoted_in(&self, text: &str) -> Option<&str> {
        let found = self.finder.find_overlapping_iter(text).find(|found| {
            let (before, after) = (&text[..found.start()], &text[found.end()..]);
            let whole = before.trim().is_empty() && after.trim().is_empty();
            whole || (found.len() > SHORT && ends_before(before) && begins_after(after))
        })?;
        self.texts.get(found.pattern().as_usize()).map(String::as_str)
    }
}

/// Whether a word can begin after this text. What joins the parts of addresses and of names is no end of either.
fn ends_before(text: &str) -> bool {
    let mut last = text.chars().rev();
    match last.next() {
        Some('.') => !last.next().is_some_and(char::is_alphanumeric),
        Some(char) => !joins(char),
        None => true,
    }
}

fn begins_after(text: &str) -> bool {
    let mut next = text.chars();
    match next.next() {
        Some('.') => !next.next().is_some_and(char::is_alphanumeric),
        Some(char) => !joins(char),
        None => true,
    }
}

fn joins(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '@' | '_' | '-' | '+')
}

fn identity(user: &Target) -> Option<String> {
    match user {
        Target::Identity(identity) => Some(identity.as_str().to_owned()),
        Target::UserId(_) => None,
    }
}

fn name(user: &Target) -> String {
    match user {
        Target::Identity(identity) => identity.as_str().to_owned(),
        Target::UserId(id) => id.to_string(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn quoted(identifiers: &[&str], text: &str) -> Option<String> {
        let identifiers = Identifiers::new(identifiers.iter().map(|&text| text.to_owned()).collect()).unwrap();
        identifiers.quoted_in(text).map(ToOwned::to_owned)
    }

    #[test]
    fn an_identifier_is_quoted_as_words_of_its_own() {
        let bea = ["bea@example.com"];
        for text in ["bea@example.com", "Orders of Bea@Example.com.", "(bea@example.com)", "to bea@example.com, soon", " bea@example.com "]
        {
            assert_eq!(quoted(&bea, text).as_deref(), Some("bea@example.com"), "{text}");
        }
        for text in ["bea@example.com.au", "abea@example.com", "bea@example.community", "x.bea@example.com", "bea", "o-bea@example.com", ""]
        {
            assert_eq!(quoted(&bea, text), None, "{text}");
        }
    }

    #[test]
    fn a_short_identifier_is_quoted_by_a_whole_text_alone() {
        assert_eq!(quoted(&["7"], "Top 7 pages"), None);
        assert_eq!(quoted(&["7"], "7").as_deref(), Some("7"));
        assert_eq!(quoted(&["1234567"], "User 1234567").as_deref(), Some("1234567"));
    }

    #[test]
    fn one_identifier_within_another_hides_neither() {
        assert_eq!(quoted(&["bea smith", "bea s"], "for Bea Smithson, bea smith").as_deref(), Some("bea smith"));
        assert_eq!(quoted(&["anne", "anne mari"], "Anne Marie").as_deref(), Some("anne"));
        assert_eq!(quoted(&[], "anything"), None);
    }

    #[test]
    fn texts_and_numbers_of_json_are_looked_at() {
        assert_eq!(texts_of("\"bea\""), ["bea"]);
        assert_eq!(texts_of("7"), ["7"]);
        assert_eq!(texts_of("[\"a\", \"b\"]"), ["a", "b"]);
        assert_eq!(texts_of("true"), [""; 0]);
        assert_eq!(texts_of("nonsense"), [""; 0]);
    }

    #[test]
    fn a_message_is_called_by_its_beginning() {
        assert_eq!(beginning("\n Hello \nworld"), "Hello");
        assert_eq!(beginning(&"é".repeat(61)), ["é".repeat(60), "…".to_owned()].concat());
    }
}
