//! The console as a browser meets it, in process.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod answers;
mod browser;
mod files;
mod forms;
mod headers;
mod help;
mod messages;
mod pages;
mod profile;
mod receipts;
mod sign_ins;
mod teammates;

use app::{ClientAddress, Network, Settings, State, assets::Assets};
use axum::{Extension, Router};
use store::{DatabaseUrl, InstanceKey, Options, Store, open, surroundings::Surroundings};
use tempfile::TempDir;

use super::{Live, routes};
use crate::{shutdown, worker::Wake};
use browser::Browser;

const OWNER: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery";

/// A console on a database of its own.
struct House {
    router: Router,
    state: State,
    store: Store,
    _folder: TempDir,
}

impl House {
    async fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = DatabaseUrl::Sqlite(folder.path().join("cairn.db"));
        let surroundings = Surroundings::system();
        let store = open(Options { database, key: InstanceKey::new([7; 32]), surroundings: surroundings.clone() }).await.unwrap();
        let state = State::new(store.console.clone(), surroundings, settings);
        let client = Extension(ClientAddress([192, 0, 2, 1].into()));
        let router = routes(state.clone(), Assets::default(), Wake::default(), no_streams()).layer(client);
        Self { router, state, store, _folder: folder }
    }

    /// Nobody was here yet.
    async fn empty() -> Self {
        Self::with(settings()).await
    }

    /// Ada made the first account, and her browser is signed in. Also answers the account's path.
    async fn with_ada() -> (Self, Browser, String) {
        let house = Self::empty().await;
        let mut ada = house.browser();
        let fields = [("account_name", "Acme"), ("name", "Ada"), ("email", OWNER), ("password", PASSWORD)];
        let answer = ada.post("/setup", "set_up", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let account = answer.location().split("/e/").next().unwrap().to_owned();
        (house, ada, account)
    }

    fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// Invites an address and answers the path of the link.
    async fn invited(&self, by: &mut Browser, account: &str, email: &str, access: &str) -> String {
        let page = format!("{account}/settings/teammates");
        let id = account.trim_start_matches("/a/");
        let answer = by.post(&page, "invite", &[("account", id), ("email", email), ("access", access)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let page = by.get(&page).await.body;
        page.split("https://cairn.example.com").last().unwrap().split(['"', '\\']).next().unwrap().to_owned()
    }

    /// Somebody who accepted an invite, signed in.
    async fn teammate(&self, by: &mut Browser, account: &str, email: &str, access: &str) -> Browser {
        let link = self.invited(by, account, email, access).await;
        let mut parts = link.trim_start_matches("/invite/").split('/');
        let (invite, token) = (parts.next().unwrap(), parts.next().unwrap());
        let mut newcomer = self.browser();
        let fields = [("invite", invite), ("token", token), ("name", "Bob"), ("password", PASSWORD)];
        let answer = newcomer.post(&link, "invite_accept_as_newcomer", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        newcomer
    }
}

fn no_streams() -> Live {
    let (_, stopped) = shutdown::channel();
    Live::new(0, stopped)
}

fn settings() -> Settings {
    Settings {
        public_url: "https://cairn.example.com".to_owned(),
        secure_cookies: true,
        open_sign_up: false,
        setup_code: None,
        mail_from: None,
        network: Network::default(),
    }
}
