//! A fresh installation on either engine, and people in it.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use domain::{
    access::Access,
    email::EmailAddress,
    id::{AccountId, EnvironmentId, PersonId},
    name::{AccountName, PersonName},
    time::Millis,
    zone::ZoneName,
};
use store::{
    DatabaseUrl, InstanceKey, Options, Store,
    access::{Actor, Capability, Granted},
    console::accounts::{NewAccount, Occasion},
    surroundings::{StandingClock, Surroundings, SystemRandom},
};
use tempfile::TempDir;

/// Makes each test twice. The body gets a fresh [`House`].
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($house:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a body need not use its module's imports")]
            use super::*;

            async fn body($house: $crate::support::House) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                body($crate::support::House::sqlite().await).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgresql() {
                body($crate::support::House::postgres().await).await;
            }
        }
    )*};
}

/// 2026-01-01T00:00:00Z.
pub(crate) const START: Millis = Millis(1_767_225_600_000);

/// An installation with its clock, and how to open it once more.
pub(crate) struct House {
    pub store: Store,
    pub clock: Arc<StandingClock>,
    options: Options,
    /// The data directory on SQLite.
    pub folder: Option<TempDir>,
}

/// An account with its first teammate.
pub(crate) struct Founded {
    pub account: AccountId,
    pub person: PersonId,
    pub environment: EnvironmentId,
    pub api_key: Option<String>,
    pub actor: Actor,
}

/// What keeps a scrub waiting.
pub(crate) enum Hindrance {
    Reader(sqlx::SqliteConnection),
    Lock(sqlx::PgConnection),
}

impl Hindrance {
    pub(crate) async fn close(self) {
        match self {
            Self::Reader(reader) => sqlx::Connection::close(reader).await.unwrap(),
            Self::Lock(locker) => sqlx::Connection::close(locker).await.unwrap(),
        }
    }
}

impl House {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = DatabaseUrl::Sqlite(folder.path().join("cairn.db"));
        Self::open(database, Some(folder)).await
    }

    /// In a schema of its own.
    pub(crate) async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "the tests' one parameter")]
        let base =
            std::env::var("CAIRN_TEST_POSTGRES").expect("CAIRN_TEST_POSTGRES names a PostgreSQL to test on; cargo xtask test starts one");
        let schema = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut connection = <sqlx::PgConnection as sqlx::Connection>::connect(&base).await.unwrap();
        let create = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
        sqlx::Executor::execute(&mut connection, create).await.unwrap();
        let joint = if base.contains('?') { '&' } else { '?' };
        let database = DatabaseUrl::Postgres(format!("{base}{joint}options=-csearch_path%3D{schema}"));
        Self::open(database, None).await
    }

    async fn open(database: DatabaseUrl, folder: Option<TempDir>) -> Self {
        let clock = StandingClock::at(START);
        let surroundings = Surroundings::new(clock.clone(), Arc::new(SystemRandom));
        let options = Options { database, key: InstanceKey::new([7; 32]), surroundings };
        let store = store::open(options.clone()).await.unwrap();
        Self { store, clock, options, folder }
    }

    /// Another server on the same database.
    pub(crate) async fn second_server(&self) -> Store {
        store::open(self.options.clone()).await.unwrap()
    }

    /// The same database with another instance key.
    pub(crate) async fn open_with_key(&self, key: [u8; 32]) -> Result<Store, store::OpenError> {
        store::open(Options { key: InstanceKey::new(key), ..self.options.clone() }).await
    }

    /// The only column, text, of a query over what is stored, for what no facade tells.
    pub(crate) async fn texts(&self, sql: &'static str) -> Vec<String> {
        match &self.options.database {
            DatabaseUrl::Sqlite(file) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
                let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
                sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
            }
            DatabaseUrl::Postgres(_) => sqlx::query_scalar(sql).fetch_all(&mut self.postgres_connection().await).await.unwrap(),
        }
    }

    /// Runs a statement for what no facade does.
    pub(crate) async fn run(&self, sql: &'static str) {
        match &self.options.database {
            DatabaseUrl::Sqlite(file) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
                let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            }
            DatabaseUrl::Postgres(_) => drop(sqlx::raw_sql(sql).execute(&mut self.postgres_connection().await).await.unwrap()),
        }
    }

    /// A connection beside the store's, for what only PostgreSQL lets a test bring about.
    pub(crate) async fn postgres_connection(&self) -> sqlx::PgConnection {
        match &self.options.database {
            DatabaseUrl::Postgres(url) => <sqlx::PgConnection as sqlx::Connection>::connect(url).await.unwrap(),
            DatabaseUrl::Sqlite(_) => panic!("this house stands on SQLite"),
        }
    }

    /// Until it is closed, a scrub waits: on SQLite for a reader of the past, on PostgreSQL for a lock that only `VACUUM` minds.
    pub(crate) async fn hinder_scrubbing(&self) -> Hindrance {
        match &self.options.database {
            DatabaseUrl::Sqlite(file) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
                let mut reader = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
                sqlx::raw_sql("BEGIN; SELECT id FROM installation").execute(&mut reader).await.unwrap();
                Hindrance::Reader(reader)
            }
            DatabaseUrl::Postgres(_) => {
                let mut locker = self.postgres_connection().await;
                sqlx::raw_sql("BEGIN; LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE").execute(&mut locker).await.unwrap();
                Hindrance::Lock(locker)
            }
        }
    }

    /// An account whose first teammate has this address, signed in.
    pub(crate) async fn found(&self, email: &str) -> Founded {
        self.found_as(email, Occasion::CommandLine).await
    }

    /// The same on another occasion.
    pub(crate) async fn found_as(&self, email: &str, occasion: Occasion) -> Founded {
        let new = NewAccount {
            name: AccountName::parse("Acme").unwrap(),
            person: PersonName::parse(email.split('@').next().unwrap()).unwrap(),
            email: EmailAddress::parse(email).unwrap(),
            password_hash: "hash".to_owned(),
            zone: ZoneName::parse("UTC").unwrap(),
        };
        let created = self.store.console.create_account(&new, occasion).await.unwrap();
        // Nobody changes their mind in these tests, but where a test says so.
        self.run("UPDATE accounts SET grace_hours = 0").await;
        let token = self.store.console.sign_in(&created.verified, "test", None).await.unwrap();
        let actor = self.store.console.actor(&token).await.unwrap().unwrap();
        Founded { account: created.account, person: created.person, environment: created.environment, api_key: created.api_key, actor }
    }

    /// A further teammate of an account, signed in.
    pub(crate) async fn join(&self, founded: &Founded, email: &str, access: Access) -> (PersonId, Actor) {
        let console = &self.store.console;
        let granted = self.granted(founded).await;
        let invited = console.manage_teammates(&granted).invite(&EmailAddress::parse(email).unwrap(), access).await.unwrap();
        let name = PersonName::parse(email.split('@').next().unwrap()).unwrap();
        let (_, verified) = console.accept_as_newcomer(invited.invite, &invited.token, &name, "hash").await.unwrap();
        let token = console.sign_in(&verified, "test", None).await.unwrap();
        let actor = console.actor(&token).await.unwrap().unwrap();
        (actor.person().unwrap(), actor)
    }

    /// Proof that the founder may use `C`.
    pub(crate) async fn granted<C: Capability>(&self, founded: &Founded) -> Granted<C> {
        self.store.console.grant(&founded.actor, founded.account).await.unwrap()
    }
}

/// The mistake of a refused form.
pub(crate) fn problem<T: std::fmt::Debug>(result: Result<T, store::Error>) -> (domain::invalid::Field, domain::invalid::Problem) {
    match result {
        Err(store::Error::Invalid(invalid)) => (invalid.mistakes[0].field, invalid.mistakes[0].problem),
        other => panic!("expected a refused form, got {other:?}"),
    }
}
