//! `cairn serve`: everything that runs, from start to stop.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::{Network, Settings};
use data_encoding::BASE32_NOPAD;
use store::{Store, journal::Journal, surroundings::Surroundings};
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};
use url::{Host, Url};

use crate::{
    cli::{self, Failure, line},
    collect_queue::{self, Size},
    config::{Config, PublicUrl},
    connections,
    console::Live,
    locator::Locator,
    mail::{Postman, Smtp},
    router::{Services, router},
    shutdown::{self, Signals},
    worker,
};

const MINUTES_A_DAY: i64 = 24 * 60;

/// Requests that are under way when the server is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(20);
/// Batches and chunks after that.
const LAST_WRITES: Duration = Duration::from_secs(10);

/// Runs until SIGTERM or SIGINT, finishes what is under way, and returns. A second signal returns at once.
///
/// # Errors
/// Whatever keeps the server from starting.
pub async fn serve(config: &Config) -> Result<(), Failure> {
    let mut signals = Signals::listen().map_err(Failure::Runtime)?;
    // Starting may have to wait, for the lock of a migration that runs elsewhere.
    let running = tokio::select! {
        running = start(config) => running?,
        () = signals.next() => return Ok(()),
    };
    signals.next().await;
    tracing::info!("stopping");
    tokio::select! {
        () = running.finish() => {}
        () = signals.next() => tracing::warn!("stopped at once; what was not answered may not be stored"),
    }
    Ok(())
}

async fn start(config: &Config) -> Result<Running, Failure> {
    // Before the database, so that a second server on the same address touches nothing.
    let failed = |source| Failure::Listen { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let locator = locator(config)?;
    let (mut store, surroundings) = cli::open(config).await?;
    if config.smtp.is_some() {
        store.console = store.console.with_mail(config.support_email.clone());
    }
    if let Some(file) = &config.erasure_journal {
        store.maintenance = store.maintenance.with_journal(Journal::at(file));
        let since = surroundings.now().plus_minutes(-i64::from(config.backup_days) * MINUTES_A_DAY);
        let again = store.maintenance.unscoped_erase_again(since).await?;
        for request in &again.requests {
            tracing::warn!(%request, "the database is older than the erasure journal; what this request had erased was erased again");
        }
        if again.unreadable > 0 {
            tracing::warn!(lines = again.unreadable, "lines of the erasure journal are no entries; a crash leaves one that is cut off");
        }
    }
    let public_url = config.public_url_at(address);
    let setup_code = setup_code(config, address, &store, &surroundings).await?;
    let settings = Settings {
        public_url: public_url.to_string(),
        secure_cookies: public_url.is_https(),
        open_sign_up: config.open_sign_up,
        setup_code: setup_code.clone(),
        mail_from: config.smtp.as_ref().map(Smtp::from),
        network: Network {
            trusted_proxies: config.trusted_proxies.clone(),
            ipv4_host: config.ipv4_host.clone(),
            ipv6_host: config.ipv6_host.clone(),
            locates: config.geoip_path.is_some(),
        },
    };
    let is_empty = store.console.is_empty().await?;
    let running = Running::start(config, listener, store, locator, surroundings, settings);
    announce(&public_url, setup_code.as_deref(), is_empty)?;
    Ok(running)
}

/// What has to come to an end.
struct Running {
    store: Store,
    stop: shutdown::Stop,
    stop_writing: shutdown::Stop,
    serving: JoinHandle<std::io::Result<()>>,
    working: JoinHandle<()>,
    writing: JoinHandle<()>,
    mailing: Option<JoinHandle<()>>,
}

impl Running {
    fn start(
        config: &Config,
        listener: TcpListener,
        store: Store,
        locator: Locator,
        surroundings: Surroundings,
        settings: Settings,
    ) -> Self {
        let (stop, stopped) = shutdown::channel();
        let (stop_writing, writing_stopped) = shutdown::channel();
        let (queue, writer) = collect_queue::queue(Size::default());
        let mut wake = worker::Wake::default();
        let mailing = config.smtp.as_ref().map(|smtp| {
            let postman = Postman::new(store.maintenance.clone(), smtp, settings.public_url.as_str().into());
            tokio::spawn(postman.run(wake.beside(), stopped.clone()))
        });
        let services = Services {
            store: store.clone(),
            queue,
            wake: wake.clone(),
            public_url: settings.public_url.as_str().into(),
            trusted_proxies: Arc::new(config.trusted_proxies.clone()),
            locator: Arc::new(locator),
            api_limits: Arc::default(),
            app: app::State::new(store.console.clone(), surroundings, settings),
            live: Live::new(Live::MOST, stopped.clone()),
        };
        let writing = tokio::spawn(writer.run(store.collector.clone(), writing_stopped));
        let working = tokio::spawn(worker::run(store.maintenance.clone(), wake, stopped.clone()));
        let serving = tokio::spawn(connections::serve(listener, router(services), connections::LONGEST_HEAD, stopped));
        Self { store, stop, stop_writing, serving, working, writing, mailing }
    }

    /// Requests first, since they wait for batches; then batches; then the database.
    async fn finish(self) {
        self.stop.now();
        if timeout(LAST_REQUESTS, self.serving).await.is_err() {
            tracing::warn!("some requests were not finished in time");
        }
        self.stop_writing.now();
        let mailing = async {
            match self.mailing {
                Some(mailing) => mailing.await,
                None => Ok(()),
            }
        };
        let writes = async { tokio::join!(self.writing, self.working, mailing) };
        if timeout(LAST_WRITES, writes).await.is_err() {
            tracing::warn!("some work was not finished in time; it goes on at the next start");
        }
        if timeout(LAST_WRITES, self.store.close()).await.is_err() {
            tracing::warn!("the database was not closed in time");
        }
    }
}

fn locator(config: &Config) -> Result<Locator, Failure> {
    let Some(file) = &config.geoip_path else { return Ok(Locator::default()) };
    Locator::open(file).map_err(|source| Failure::Locator { file: file.clone(), source })
}

/// An empty installation belongs to whoever comes first, so where others could come first they must know what was printed here. One with demo data is empty once that is
/// removed.
async fn setup_code(config: &Config, address: SocketAddr, store: &Store, surroundings: &Surroundings) -> Result<Option<String>, Failure> {
    let only_from_here = address.ip().is_loopback() && config.public_url.as_ref().is_none_or(is_local);
    if only_from_here || store.console.is_in_use().await? {
        return Ok(None);
    }
    let code = BASE32_NOPAD.encode(&surroundings.bytes::<10>());
    Ok(Some(code.to_ascii_lowercase()))
}

fn is_local(public_url: &PublicUrl) -> bool {
    let url = Url::parse(public_url.as_str());
    match url.as_ref().ok().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => v6.is_loopback(),
        None => false,
    }
}

fn announce(public_url: &PublicUrl, setup_code: Option<&str>, is_empty: bool) -> Result<(), Failure> {
    line(&format!("Cairn is running at {public_url}"))?;
    let when = if is_empty { "To set it up" } else { "Once the demo data is removed" };
    match setup_code {
        Some(code) => line(&format!("{when}, go to {public_url}/setup and type this code: {code}")),
        None => Ok(()),
    }
}
