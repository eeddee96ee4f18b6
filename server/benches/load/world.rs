//! An installation with one account, and made-up events.

use domain::{
    collect::{Event, Properties, PropertyValue, Who},
    deletion::Grace,
    email::EmailAddress,
    id::{AccountId, EnvironmentId},
    name::{AccountName, EventName, PersonName},
    privacy::Sender,
    user::Identity,
    zone::ZoneName,
};
use store::{
    DatabaseUrl, InstanceKey, Options, Store,
    access::{Actor, ManagePrivacy},
    collector::{Outcome, Submission, What},
    console::accounts::{NewAccount, Occasion},
    surroundings::Surroundings,
};
use tempfile::TempDir;

pub(crate) const BATCH: u64 = 1_000;

/// Which database.
#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite,
    Postgres(String),
}

impl Engine {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A fresh installation.
pub(crate) struct World {
    pub store: Store,
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub actor: Actor,
    pub database: DatabaseUrl,
    _folder: TempDir,
}

impl World {
    pub(crate) async fn open(engine: &Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match engine {
            Engine::Sqlite => DatabaseUrl::Sqlite(folder.path().join("cairn.db")),
            Engine::Postgres(base) => DatabaseUrl::Postgres(schema(base).await),
        };
        let options = Options { database: database.clone(), key: InstanceKey::new([7; 32]), surroundings: Surroundings::system() };
        let store = store::open(options).await.unwrap();
        let new = NewAccount {
            name: AccountName::parse("Bench").unwrap(),
            person: PersonName::parse("Ada").unwrap(),
            email: EmailAddress::parse("ada@example.com").unwrap(),
            password_hash: String::new(),
            zone: ZoneName::default(),
        };
        let created = store.console.create_account(&new, Occasion::CommandLine).await.unwrap();
        let token = store.console.sign_in(&created.verified, "bench", None).await.unwrap();
        let actor = store.console.actor(&token).await.unwrap().unwrap();
        let granted = store.console.grant::<ManagePrivacy>(&actor, created.account).await.unwrap();
        store.console.set_grace(&granted, Grace::NONE).await.unwrap();
        Self { store, account: created.account, environment: created.environment, actor, database, _folder: folder }
    }

    /// Collects events of users in turn, as a busy site would send them.
    pub(crate) async fn fill(&self, events: u64, users: u64) {
        for batch in 0..events / BATCH {
            let submissions = (0..BATCH).map(|n| self.submission(batch * BATCH + n, users)).collect();
            let outcomes = self.store.collector.write(submissions).await.unwrap();
            assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Stored));
        }
    }

    fn submission(&self, number: u64, users: u64) -> Submission {
        let properties: Properties = [
            ("plan".to_owned(), PropertyValue::Text("professional".to_owned())),
            ("path".to_owned(), PropertyValue::Text(format!("/articles/{}", number % 997))),
            ("amount".to_owned(), PropertyValue::Number((number % 100).into())),
        ]
        .into_iter()
        .collect();
        let event = Event {
            name: EventName::parse(NAMES[place(number, 10)]).unwrap(),
            user: Who::Identity(identity(scatter(number) % users)),
            company: None,
            session_id: None,
            occurred_at: None,
            idempotency_key: None,
            properties,
        };
        Submission {
            environment: self.environment,
            address: [203, 0, 113, 7].into(),
            sender: Sender::default(),
            what: What::Events(vec![event]),
            nonce: number.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            since: std::time::Instant::now(),
        }
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
    }
}

pub(crate) const NAMES: [&str; 10] =
    ["page viewed", "signed up", "signed in", "searched", "article opened", "shared", "ordered", "paid", "rated", "signed out"];

pub(crate) fn identity(user: u64) -> Identity {
    Identity::parse(&format!("user-{user:08}@example.com")).unwrap()
}

/// Spreads numbers as hashes would.
pub(crate) fn scatter(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31)
}

pub(crate) fn place(number: u64, of: u64) -> usize {
    usize::try_from(number % of).unwrap()
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
pub(crate) fn number(count: u64) -> f64 {
    count as f64
}

pub(crate) fn argument(name: &str, default: u64) -> u64 {
    word(name).map_or(default, |value| value.parse().unwrap())
}

pub(crate) fn word(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark has no configuration of its own")]
pub(crate) fn postgres_url() -> Option<String> {
    std::env::var("CAIRN_TEST_POSTGRES").ok()
}

async fn schema(base: &str) -> String {
    use sqlx::{Connection, Executor};
    let name = format!("bench_{}", uuid::Uuid::from_u128(u128::from(scatter(std::process::id().into()))).simple());
    let mut connection = sqlx::PgConnection::connect(base).await.unwrap();
    let mut number = 0;
    loop {
        let schema = format!("{name}_{number}");
        let create = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
        if connection.execute(create).await.is_ok() {
            let joint = if base.contains('?') { '&' } else { '?' };
            return format!("{base}{joint}options=-csearch_path%3D{schema}");
        }
        number += 1;
    }
}
