//! A server for the length of a task, with a database of its own.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

pub(crate) struct Serving {
    process: Child,
    port: u16,
    // Removed when the server is dropped.
    _data: TempDir,
}

impl Serving {
    /// Starts the binary on a free port and waits until it is ready.
    pub(crate) fn start(binary: &Path) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let port = free_port()?;
        let process = Command::new(binary)
            .arg("serve")
            .env("CAIRN_DATA_DIR", data.path())
            .env("CAIRN_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let mut serving = Self { process, port, _data: data };
        serving.wait_until_ready()?;
        Ok(serving)
    }

    /// The body of a page, compressed if the server compresses it.
    pub(crate) fn page_as_sent(&self, path: &str) -> Result<Vec<u8>> {
        let answer = self.get(path)?;
        let head_ends = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").context("an answer without an end of its head")?;
        if !answer.starts_with(b"HTTP/1.0 200") && !answer.starts_with(b"HTTP/1.1 200") {
            bail!("{path} was answered {}", String::from_utf8_lossy(&answer[..head_ends]));
        }
        Ok(answer[head_ends + 4..].to_vec())
    }

    fn get(&self, path: &str) -> Result<Vec<u8>> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        // With HTTP/1.0 the body ends with the connection.
        write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nAccept: text/html\r\nAccept-Encoding: br\r\n\r\n", self.port)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        for _ in 0..300 {
            if self.page_as_sent("/health/ready").is_ok() {
                return Ok(());
            }
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended before it was ready ({status})");
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("the server was not ready after 30 seconds")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Its data goes with it, so nothing is lost by not asking it to finish.
        let _already_gone = self.process.kill();
        let _status = self.process.wait();
    }
}

/// A port that nobody listens on at the moment.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
