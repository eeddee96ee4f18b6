//! What every server function and page can reach, provided as context by the server.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::excluded_ip::TrustedProxies;
use leptos::prelude::use_context;
use store::{Console, surroundings::Surroundings};

use super::{Hasher, Limits};
use crate::Error;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct State(Arc<Shared>);

struct Shared {
    parts: StateParts,
    /// An installation that is set up stays so.
    set_up: AtomicBool,
}

/// What a [`State`] is made of.
pub struct StateParts {
    pub console: Console,
    pub hasher: Hasher,
    pub limits: Limits,
    /// How often a link may be mailed to an address.
    pub letter_limits: Limits,
    pub settings: Settings,
    pub surroundings: Surroundings,
}

/// What the operator chose, as far as pages care.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme, host and port, without a slash at the end: what links that leave the console begin with.
    pub public_url: String,
    /// The public URL is https.
    pub secure_cookies: bool,
    /// Anybody may make an account at `/sign-up`.
    pub open_sign_up: bool,
    /// Printed at start and asked for at `/setup`, unless only this machine can reach the server.
    pub setup_code: Option<String>,
    /// The address that letters come from, where mail is sent.
    pub mail_from: Option<String>,
    /// How clients come here.
    pub network: Network,
}

/// How clients come here. By default directly, and by one name.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// A name of this server that is reached over IPv4 alone, perhaps with a port.
    pub ipv4_host: Option<String>,
    /// The same for IPv6.
    pub ipv6_host: Option<String>,
    /// There is a database of where addresses are.
    pub locates: bool,
}

impl Settings {
    /// The origins that are reached over one family alone, with its name.
    pub fn origins_by_family(&self) -> Vec<(&'static str, String)> {
        let scheme = if self.secure_cookies { "https://" } else { "http://" };
        let hosts = [("IPv4", &self.network.ipv4_host), ("IPv6", &self.network.ipv6_host)];
        hosts.into_iter().filter_map(|(family, host)| Some((family, [scheme, host.as_deref()?].concat()))).collect()
    }
}

impl State {
    pub fn new(console: Console, surroundings: Surroundings, settings: Settings) -> Self {
        let hasher = Hasher::new(surroundings.clone());
        StateParts { console, hasher, limits: Limits::default(), letter_limits: Limits::of_letters(), settings, surroundings }.into()
    }

    /// Whether there is an account.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_set_up(&self) -> Result<bool, Error> {
        if self.0.set_up.load(Ordering::Relaxed) {
            return Ok(true);
        }
        // Demo data may be removed, also on another server.
        let lasts = self.console.is_in_use().await?;
        self.0.set_up.store(lasts, Ordering::Relaxed);
        Ok(lasts || !self.console.is_empty().await?)
    }
}

impl From<StateParts> for State {
    fn from(parts: StateParts) -> Self {
        Self(Arc::new(Shared { parts, set_up: AtomicBool::new(false) }))
    }
}

impl Deref for State {
    type Target = StateParts;

    fn deref(&self) -> &StateParts {
        &self.0.parts
    }
}

/// The state of the running server.
///
/// # Errors
/// `Unavailable` outside of a request, where there is none.
pub fn state() -> Result<State, Error> {
    use_context::<State>().ok_or(Error::Unavailable { reference: None })
}
