//! A server without a socket: its router, its queue and a worker that works when it is told to.

use std::{net::SocketAddr, path::Path, sync::Arc};

use app::{Network, Settings, State};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use domain::{
    email::EmailAddress,
    excluded_ip::{Caution, TrustedProxies, parse_list},
    id::{AccountId, EnvironmentId},
    name::{AccountName, PersonName, ProjectName},
    time::Millis,
    zone::ZoneName,
};
use serde_json::Value;
use server::{
    collect_queue::{self, Size},
    console::Live,
    locator::Locator,
    router::{Services, router},
    shutdown,
    worker::Wake,
};
use store::{
    InstanceKey, Options, Store,
    access::{Actor, View},
    console::{
        accounts::{NewAccount, Occasion},
        excluded_ips::Edit,
    },
    surroundings::{StandingClock, Surroundings, SystemRandom},
};
use tower::ServiceExt;

use super::{Answer, Database};

/// 2026-01-01T00:00:00Z.
const START: Millis = Millis(1_767_225_600_000);
pub(crate) const PUBLIC_URL: &str = "https://cairn.example.com";
/// Documentation addresses, RFC 5737.
pub(crate) const VISITOR: &str = "198.51.100.7";
/// A hash that no password has.
pub(crate) const NO_PASSWORD: &str = "$argon2id$v=19$m=8,t=1,p=1$YWFhYWFhYWFhYWFhYWFhYQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const PROXY: &str = "10.0.0.0/8";
/// Knows 89.160.20.128, and not the visitor.
const CITIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/GeoIP2-City-Test.mmdb");

pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) clock: Arc<StandingClock>,
    pub(crate) wake: Wake,
    router: Router,
    /// Ends the streams of pages that look on.
    pub(crate) streaming: shutdown::Stop,
    _writing: shutdown::Stop,
    database: Database,
}

/// An account with what its scripts know.
pub(crate) struct Founded {
    pub(crate) account: AccountId,
    pub(crate) environment: EnvironmentId,
    pub(crate) api_key: String,
    pub(crate) actor: Actor,
}

impl House {
    pub(crate) async fn open(database: Database) -> Self {
        Self::build(database, Size::default(), true, Live::MOST).await
    }

    /// In which so many pages can look on.
    pub(crate) async fn with_places(database: Database, places: usize) -> Self {
        Self::build(database, Size::default(), true, places).await
    }

    /// With a queue of this size that nobody empties.
    pub(crate) async fn stuck(database: Database, size: Size) -> Self {
        Self::build(database, size, false, Live::MOST).await
    }

    async fn build(database: Database, size: Size, is_emptied: bool, places: usize) -> Self {
        let clock = StandingClock::at(START);
        let surroundings = Surroundings::new(clock.clone(), Arc::new(SystemRandom));
        let options =
            Options { database: database.url.parse().unwrap(), key: InstanceKey::new([7; 32]), surroundings: surroundings.clone() };
        let mut store = store::open(options).await.unwrap();
        store.console = store.console.with_mail(Some(EmailAddress::parse("support@example.com").unwrap()));
        let (queue, writer) = collect_queue::queue(size);
        let (stop, stopped) = shutdown::channel();
        if is_emptied {
            tokio::spawn(writer.run(store.collector.clone(), stopped));
        } else {
            tokio::spawn(async move {
                stopped.wait().await;
                drop(writer);
            });
        }
        let (streaming, streams_stopped) = shutdown::channel();
        let wake = Wake::default();
        let trusted_proxies = TrustedProxies::parse(PROXY).unwrap();
        let settings = Settings {
            public_url: PUBLIC_URL.to_owned(),
            secure_cookies: true,
            open_sign_up: false,
            setup_code: None,
            mail_from: Some("cairn@example.com".to_owned()),
            network: Network { trusted_proxies: trusted_proxies.clone(), locates: true, ..Network::default() },
        };
        let router = router(Services {
            store: store.clone(),
            queue,
            wake: wake.clone(),
            public_url: PUBLIC_URL.into(),
            trusted_proxies: Arc::new(trusted_proxies),
            locator: Arc::new(Locator::open(Path::new(CITIES)).unwrap()),
            api_limits: Arc::default(),
            app: State::new(store.console.clone(), surroundings, settings),
            live: Live::new(places, streams_stopped),
        });
        Self { store, clock, wake, router, streaming, _writing: stop, database }
    }

    /// Runs a statement for what no facade does.
    pub(crate) async fn run(&self, sql: &'static str) {
        self.database.run(sql).await;
    }

    /// The only column, text, of a query over what is stored.
    pub(crate) async fn texts(&self, sql: &'static str) -> Vec<String> {
        self.database.texts(sql).await
    }

    pub(crate) async fn found(&self, email: &str) -> Founded {
        self.found_as(email, Occasion::CommandLine).await
    }

    /// The same on another occasion that makes an API key.
    pub(crate) async fn found_as(&self, email: &str, occasion: Occasion) -> Founded {
        let new = NewAccount {
            name: AccountName::parse("Acme").unwrap(),
            person: PersonName::parse("Ada").unwrap(),
            email: EmailAddress::parse(email).unwrap(),
            password_hash: NO_PASSWORD.to_owned(),
            zone: ZoneName::parse("UTC").unwrap(),
        };
        let created = self.store.console.create_account(&new, occasion).await.unwrap();
        // Nobody changes their mind in these tests.
        self.run("UPDATE accounts SET grace_hours = 0").await;
        let token = self.store.console.sign_in(&created.verified, "test", None).await.unwrap();
        let actor = self.store.console.actor(&token).await.unwrap().unwrap();
        Founded { account: created.account, environment: created.environment, api_key: created.api_key.unwrap(), actor }
    }

    /// A second project; its Production.
    pub(crate) async fn add_production(&self, founded: &Founded) -> EnvironmentId {
        let granted = self.store.console.grant(&founded.actor, founded.account).await.unwrap();
        let projects = self.store.console.manage_projects(&granted);
        let (_, production) = projects.create(&ProjectName::parse("Shop").unwrap(), &ZoneName::default()).await.unwrap();
        production
    }

    /// Deletes a project and its environments.
    pub(crate) async fn delete_project(&self, founded: &Founded, name: &str) {
        let console = &self.store.console;
        let view = console.grant::<View>(&founded.actor, founded.account).await.unwrap();
        let project = console.projects(&view).await.unwrap().into_iter().find(|project| project.name == name).unwrap();
        let granted = console.grant(&founded.actor, founded.account).await.unwrap();
        console.manage_projects(&granted).delete(project.id, name).await.unwrap();
    }

    /// Saves the list of one environment, or of the account.
    pub(crate) async fn exclude(&self, founded: &Founded, environment: Option<EnvironmentId>, text: &str) {
        let console = &self.store.console;
        let view = console.grant::<View>(&founded.actor, founded.account).await.unwrap();
        let version = console.excluded_ips(&view, environment).await.unwrap().version;
        let granted = console.grant(&founded.actor, founded.account).await.unwrap();
        let lines = parse_list(text).unwrap();
        let edit = Edit::Replace { version, lines: &lines };
        console.edit_excluded_ips(&granted, environment, edit, &Caution::default()).await.unwrap();
    }

    pub(crate) async fn revoke_keys(&self, founded: &Founded) {
        let console = &self.store.console;
        let view = console.grant::<View>(&founded.actor, founded.account).await.unwrap();
        let granted = console.grant(&founded.actor, founded.account).await.unwrap();
        for key in console.api_keys(&view).await.unwrap() {
            console.manage_api_keys(&granted).revoke(key.id).await.unwrap();
        }
    }

    /// Numbers of events and users in Main Production.
    pub(crate) async fn holdings(&self, founded: &Founded) -> (u64, u64) {
        self.holdings_of(founded, founded.environment).await
    }

    pub(crate) async fn holdings_of(&self, founded: &Founded, environment: EnvironmentId) -> (u64, u64) {
        let view = self.store.console.grant::<View>(&founded.actor, founded.account).await.unwrap();
        let held = self.store.console.holdings(&view, environment).await.unwrap();
        (held.events, held.users)
    }

    /// Works until nothing is left to do.
    pub(crate) async fn drain(&self) {
        self.store.maintenance.unscoped_drain().await.unwrap();
    }

    /// A request from this socket.
    pub(crate) async fn call_from(&self, peer: &str, request: Request) -> Answer {
        Answer::of(self.begin_from(peer, request).await).await
    }

    /// The same, of which the answer may not be over yet.
    pub(crate) async fn begin(&self, request: Request) -> Response {
        self.begin_from(VISITOR, request).await
    }

    async fn begin_from(&self, peer: &str, mut request: Request) -> Response {
        let peer = SocketAddr::new(peer.parse().unwrap(), 40_000);
        request.extensions_mut().insert(ConnectInfo(peer));
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn call(&self, request: Request) -> Answer {
        self.call_from(VISITOR, request).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call(post(path, body)).await
    }
}

pub(crate) fn post(path: &str, body: &Value) -> Request {
    Request::post(path).header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()
}
