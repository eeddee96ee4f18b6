//! The real binary, as a process of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
};

use serde_json::Value;

use super::Database;

/// A running server, killed when it is dropped.
pub(crate) struct Binary {
    process: Child,
    /// Held open, since a server that cannot print may fail.
    _output: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
}

/// The binary with nothing but an installation's place in its environment.
pub(crate) fn cairn(database: &Database) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
    command
        .env_clear()
        .env("CAIRN_DATA_DIR", database.folder())
        .env("CAIRN_DATABASE_URL", &database.url)
        .env("CAIRN_LISTEN", "127.0.0.1:0")
        .env("CAIRN_LOG", "error");
    command
}

/// Runs a command to its end with this on its standard input.
pub(crate) fn run(command: &mut Command, input: &str) -> Output {
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that refuses its flags does not read.
    let _not_read = process.stdin.take().unwrap().write_all(input.as_bytes());
    process.wait_with_output().unwrap()
}

/// Makes an account by the command line; the one JSON object.
pub(crate) fn account(database: &Database, email: &str) -> Value {
    let mut command = cairn(database);
    command.args(["account", "create", "--name", "Acme", "--email", email, "--password-stdin", "--json"]);
    let output = run(&mut command, "correct horse battery\n");
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

impl Binary {
    /// Starts `cairn serve` and waits until it says where it listens.
    pub(crate) fn serve(database: &Database) -> Self {
        Self::start(&mut cairn(database))
    }

    /// The same, with what else stands in the command.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut process = command.arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Cairn is running at http://").expect("the first line says where");
        Self { address: address.parse().unwrap(), process, _output: output }
    }

    pub(crate) fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub(crate) fn wait(mut self) -> ExitStatus {
        self.process.wait().unwrap()
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _status = self.process.wait();
    }
}

/// A connection that is kept alive.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        Self(BufReader::new(TcpStream::connect(address).unwrap()))
    }

    pub(crate) fn write(&mut self, text: &str) -> std::io::Result<()> {
        self.0.get_mut().write_all(text.as_bytes())
    }

    /// Posts JSON; the status, or `None` when the server went away.
    pub(crate) fn post(&mut self, path: &str, body: &str) -> Option<u16> {
        let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n", body.len());
        self.write(&(head + body)).ok()?;
        self.read().map(|(status, _)| status)
    }

    /// One answer: status and body.
    pub(crate) fn read(&mut self) -> Option<(u16, String)> {
        let mut line = String::new();
        self.0.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut length = 0;
        loop {
            line.clear();
            self.0.read_line(&mut line).ok()?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).ok()?;
        Some((status, String::from_utf8(body).ok()?))
    }
}
