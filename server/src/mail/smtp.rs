//! The connection to the mail server.

use std::{fmt, net::IpAddr, time::Duration};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::{self, AsyncSmtpTransportBuilder},
};
use store::maintenance::outbox::{Letter, Outcome};
use tokio::time::timeout;
use url::{Host, Url};

use super::letters::Text;

/// One command of the conversation.
const COMMAND: Duration = Duration::from_secs(30);
/// The whole conversation; less than the lease of a letter.
const CONVERSATION: Duration = Duration::from_mins(2);

/// A mail server, and as whom to write.
#[derive(Clone)]
pub struct Smtp {
    server: AsyncSmtpTransportBuilder,
    from: Mailbox,
}

/// The connections to it. They need a runtime, which configuration has not.
pub(super) struct Connections {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a mail server's address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Not `smtp://` or `smtps://` with a host.
    #[error("write smtp://user:password@host:587, or smtps://user:password@host for a server that speaks TLS from the start")]
    Url,
    /// Not an address to write from.
    #[error("write an address such as cairn@example.com or \"Cairn <cairn@example.com>\"")]
    From,
}

impl Smtp {
    /// `url` is `smtp://` or `smtps://`, perhaps with user, password, port and `?tls=required|opportunistic|none`; `from` an address, perhaps with a name. Over `smtp://` to another
    /// machine, a password is sent only once STARTTLS has succeeded, and a letter without one where the server offers it.
    ///
    /// # Errors
    /// [`MailError`], which repeats neither.
    pub fn new(url: &str, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::From)?;
        let url = with_tls(url).ok_or(MailError::Url)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| MailError::Url)?;
        Ok(Self { server: builder.timeout(Some(COMMAND)), from })
    }

    /// The address that letters come from.
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    pub(super) fn connections(&self) -> Connections {
        Connections { transport: self.server.clone().build(), from: self.from.clone() }
    }
}

impl Connections {
    pub(super) async fn send(&self, letter: &Letter, text: Text) -> Outcome {
        let message = match self.message(letter, text) {
            Ok(message) => message,
            Err(words) => return Outcome::Refused(words),
        };
        match timeout(CONVERSATION, self.converse(message)).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Later("The mail server took too long.".to_owned()),
        }
    }

    async fn converse(&self, message: Message) -> Outcome {
        // A server that cannot be reached, or that refuses the password, refuses no letter: the operator can mend that.
        match self.transport.test_connection().await {
            Ok(true) => {}
            Ok(false) => return Outcome::Later("The mail server closed the connection.".to_owned()),
            Err(error) => return Outcome::Later(words(&error)),
        }
        match self.transport.send(message).await {
            Ok(response) => Outcome::Accepted(format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))),
            Err(error) if error.is_permanent() => Outcome::Refused(words(&error)),
            Err(error) => Outcome::Later(words(&error)),
        }
    }

    fn message(&self, letter: &Letter, text: Text) -> Result<Message, String> {
        let unusable = || "This address cannot be written to.".to_owned();
        let recipient: Address = letter.recipient.parse().map_err(|_| unusable())?;
        let domain = self.from.email.domain();
        let mut message = Message::builder();
        // What was typed as an address may be none that a mailer accepts; it stands in the text as well.
        if let Some(reply_to) = text.reply_to.and_then(|address| address.parse::<Address>().ok()) {
            message = message.reply_to(Mailbox::new(None, reply_to));
        }
        message
            .from(self.from.clone())
            .to(Mailbox::new(None, recipient))
            .subject(text.subject)
            // The same from try to try, so that a letter that arrives twice is known as one.
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(text.body)
            .map_err(|_| unusable())
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Says what the address leaves open: TLS, unless the server is on this machine.
fn with_tls(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok()?;
    let host = url.host()?.to_owned();
    let says = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
    let tls = match (url.scheme(), says.as_deref()) {
        ("smtps", None) | ("smtp", Some("none")) => None,
        ("smtp", Some(known @ ("required" | "opportunistic"))) => Some(known.to_owned()),
        ("smtp", None) if is_here(&host) => None,
        ("smtp", None) if url.password().is_some() => Some("required".to_owned()),
        ("smtp", None) => Some("opportunistic".to_owned()),
        _ => return None,
    };
    match tls {
        Some(tls) => url.set_query(Some(&format!("tls={tls}"))),
        None => url.set_query(None),
    }
    Some(url)
}

fn is_here(host: &Host<String>) -> bool {
    match host {
        // Addresses of version 4 are names here, since the scheme is none that browsers know.
        Host::Domain(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        Host::Ipv4(v4) => v4.is_loopback(),
        Host::Ipv6(v6) => v6.is_loopback(),
    }
}

/// The error with its causes: the outermost says little.
fn words(error: &smtp::Error) -> String {
    let mut words = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words.push_str(": ");
            words.push_str(&inner_words);
        }
        source = inner.source();
    }
    words
}

/// Keeps holiday notices from being answered (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn tls(text: &str) -> Option<String> {
        Some(with_tls(text)?.query().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_password_leaves_the_machine_only_under_tls() {
        assert_eq!(tls("smtp://cairn:secret@mail.example.com:587").as_deref(), Some("tls=required"));
        assert_eq!(tls("smtp://mail.example.com").as_deref(), Some("tls=opportunistic"));
        assert_eq!(tls("smtp://cairn:secret@127.0.0.1:2525").as_deref(), Some(""));
        assert_eq!(tls("smtps://cairn:secret@mail.example.com").as_deref(), Some(""));
        assert_eq!(tls("smtp://mail.example.com?tls=none").as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_mail_server_is_refused_without_being_repeated() {
        for bad in ["", "mail.example.com", "http://mail.example.com", "smtp:secret", "smtp://mail.example.com?tls=perhaps"] {
            assert_eq!(Smtp::new(bad, "cairn@example.com").unwrap_err(), MailError::Url, "{bad}");
        }
        assert_eq!(Smtp::new("smtp://localhost", "nobody").unwrap_err(), MailError::From);
        assert_eq!(Smtp::new("smtp://localhost", "Cairn <cairn@example.com>").unwrap().from(), "Cairn <cairn@example.com>");
    }
}
