//! A mail server on a socket: the protocol by `mailin`, and a mailbox to look into.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use mailin::{Action, Handler, Response, SessionBuilder};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A letter as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Received {
    pub(crate) recipients: Vec<String>,
    /// Head and body.
    pub(crate) text: String,
}

impl Received {
    /// The path of the only link that begins with `public_url` and goes on behind its root.
    pub(crate) fn path(&self, public_url: &str) -> String {
        let mut links = self.text.lines().filter_map(|line| line.strip_prefix(public_url)).filter(|path| path.starts_with('/'));
        let path = links.next().unwrap();
        assert_eq!(links.next(), None, "{}", self.text);
        path.trim_end().to_owned()
    }
}

/// Refuses `nobody@...` for good and `full@...` for now; takes everything else.
#[derive(Clone)]
pub(crate) struct MailServer {
    address: SocketAddr,
    mailbox: Arc<Mutex<Vec<Received>>>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), mailbox: Arc::default() };
        let mailbox = Arc::clone(&server.mailbox);
        tokio::spawn(async move {
            while let Ok((stream, peer)) = listener.accept().await {
                // A client that hangs up is no matter of the test.
                tokio::spawn(converse(stream, peer.ip(), Arc::clone(&mailbox)));
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What came so far, oldest first.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.mailbox.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn converse(stream: TcpStream, peer: IpAddr, mailbox: Arc<Mutex<Vec<Received>>>) -> io::Result<()> {
    let mut session = SessionBuilder::new("mail.example.test").build(peer, Box { letter: Received::default(), mailbox });
    let mut stream = BufReader::new(stream);
    answer(&mut stream, &session.greeting()).await?;
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line).await? > 0 {
        let response = session.process(&line);
        line.clear();
        match response.action {
            Action::Reply => answer(&mut stream, &response).await?,
            Action::NoReply => {}
            Action::Close | Action::UpgradeTls => return answer(&mut stream, &response).await,
        }
    }
    Ok(())
}

async fn answer(stream: &mut BufReader<TcpStream>, response: &Response) -> io::Result<()> {
    let mut bytes = Vec::new();
    response.write_to(&mut bytes)?;
    stream.get_mut().write_all(&bytes).await
}

struct Box {
    letter: Received,
    mailbox: Arc<Mutex<Vec<Received>>>,
}

impl Handler for Box {
    fn rcpt(&mut self, to: &str) -> Response {
        match to.split('@').next() {
            Some("nobody") => Response::custom(550, "5.1.1 no such mailbox here".to_owned()),
            Some("full") => Response::custom(452, "4.2.2 the mailbox is full".to_owned()),
            _ => mailin::response::OK,
        }
    }

    fn data_start(&mut self, _domain: &str, _from: &str, _is8bit: bool, to: &[String]) -> Response {
        self.letter = Received { recipients: to.to_vec(), text: String::new() };
        mailin::response::OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.letter.text.push_str(&String::from_utf8_lossy(bytes));
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mut letter = std::mem::take(&mut self.letter);
        // Quoted-printable as far as our letters need it.
        letter.text = letter.text.replace("=\r\n", "").replace("=3D", "=");
        self.mailbox.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
        Response::custom(250, "queued as 4711".to_owned())
    }
}
