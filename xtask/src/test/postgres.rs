//! A PostgreSQL for the length of the tests.

mod owner;

use std::{
    fs::{self, File},
    hash::{BuildHasher, RandomState},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Result, bail};
use tempfile::TempDir;

use crate::{serving::free_port, shell::apt_install, workspace::on_path};
use owner::Owner;

/// Whether what is committed is on the disk. Tests stop Cairn and never PostgreSQL, so they need not wait for it; what is measured does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    AsInProduction,
    ForTests,
}

/// Small, and with room for many tests at once.
const SETTINGS: [&str; 5] =
    ["listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=64MB", "max_wal_size=256MB", "max_connections=200"];

pub(crate) struct Postgres {
    server: Child,
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    password: String,
}

impl Postgres {
    /// Makes a cluster in a temporary folder and starts it on a free port.
    ///
    /// The server stays in this process's group, and where `setpriv` is there it is told of this process's death too: Ctrl-C
    /// and a kill stop both.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs = find()?;
        let folder = tempfile::Builder::new().prefix("cairn-postgres-").tempdir()?;
        let password = password();
        fs::write(folder.path().join("password"), &password)?;
        let log = File::create(folder.path().join("log"))?;
        let owner = Owner::new()?;
        owner.give(folder.path())?;
        owner.give(&folder.path().join("password"))?;

        let mut initdb = owner.command(&programs.join("initdb"), folder.path());
        initdb.args(["--pgdata=data", "--username=postgres", "--pwfile=password", "--auth=scram-sha-256"]);
        initdb.args(["--encoding=UTF8", "--locale=C", "--no-sync"]).stdout(Stdio::null());
        if !initdb.status()?.success() {
            bail!("initdb failed");
        }

        let port = free_port()?;
        let mut server = owner.command(&programs.join("postgres"), folder.path());
        server.args(["-D", "data", "-p", &port.to_string()]);
        for setting in SETTINGS {
            server.args(["-c", setting]);
        }
        server.args(["-c", if durability == Durability::AsInProduction { "fsync=on" } else { "fsync=off" }]);
        let server = server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn()?;
        let mut postgres = Self { server, programs, folder, port, password };
        postgres.wait_until_ready()?;
        Ok(postgres)
    }

    /// Of a database whose user may make others.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres:{}@127.0.0.1:{}/postgres", self.password, self.port)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        for _ in 0..300 {
            let ready = Command::new(self.programs.join("pg_isready"))
                .args(["--quiet", "--host=127.0.0.1", "--port", &self.port.to_string()])
                .status()?;
            if ready.success() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        bail!("PostgreSQL did not start:\n{log}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // As whoever runs this: pg_ctl refuses to be root, but root may kill. Children of the server end with it.
        let _already_gone = self.server.kill();
        let _status = self.server.wait();
    }
}

/// The folder with `initdb` and `postgres`, installed from Debian if there is none.
pub(super) fn find() -> Result<PathBuf> {
    if let Some(programs) = installed() {
        return Ok(programs);
    }
    if apt_install(&["postgresql"])?
        && let Some(programs) = installed()
    {
        return Ok(programs);
    }
    bail!("the tests need PostgreSQL: install it, so that initdb is on PATH or in /usr/lib/postgresql/*/bin")
}

fn installed() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(|version| Some(version.ok()?.path().join("bin"))).collect();
    folders.sort();
    // A link on PATH leads to the folder in which the other programs are.
    let linked = on_path("initdb").and_then(|initdb| Some(initdb.canonicalize().ok()?.parent()?.to_owned()));
    linked
        .into_iter()
        .chain(folders.into_iter().rev())
        .find(|folder| ["initdb", "postgres", "pg_isready"].iter().all(|program| folder.join(program).is_file()))
}

/// Nobody else on this machine shall get at a database whose user may do everything.
fn password() -> String {
    format!("{:016x}{:016x}", RandomState::new().hash_one(0), RandomState::new().hash_one(1))
}
