//! Sends what the outbox holds.

mod letters;
mod smtp;

use std::{sync::Arc, time::Duration};

use store::{
    Maintenance,
    maintenance::outbox::{Letter, Outcome},
};

use crate::{logging::cause, shutdown::Stopped, worker::Wake};

use smtp::Connections;
pub use smtp::{MailError, Smtp};

/// Other servers queue letters too, so the postman looks for itself.
const PAUSE: Duration = Duration::from_secs(1);
/// For a database that is away.
const LONG_PAUSE: Duration = Duration::from_secs(10);

/// Sends letters for one installation.
pub struct Postman {
    maintenance: Maintenance,
    connections: Connections,
    public_url: Arc<str>,
}

impl Postman {
    /// `public_url` is what links begin with. Needs a runtime.
    pub fn new(maintenance: Maintenance, smtp: &Smtp, public_url: Arc<str>) -> Self {
        Self { maintenance, connections: smtp.connections(), public_url }
    }

    /// Sends until `stopped`, and stops between two letters.
    pub async fn run(self, wake: Wake, stopped: Stopped) {
        while !stopped.is_now() {
            match self.send_one().await {
                Ok(true) => {}
                Ok(false) => wake.rest(&stopped, PAUSE).await,
                Err(error) => {
                    tracing::error!(cause = cause(&error), "the outbox cannot be read; it will be tried again");
                    Wake::default().rest(&stopped, LONG_PAUSE).await;
                }
            }
        }
    }

    /// Sends the letter that has been due for the longest time. Answers whether there was one.
    ///
    /// # Errors
    /// Those of the store; what a mail server says is no error.
    pub async fn send_one(&self) -> Result<bool, store::Error> {
        let Some(letter) = self.maintenance.unscoped_next_letter().await? else { return Ok(false) };
        let outcome = self.deliver(&letter).await;
        // The words may name the recipient, so they are shown to who wrote the letter and not logged.
        match &outcome {
            Outcome::Accepted(_) => tracing::debug!("the mail server took a letter"),
            Outcome::Refused(_) => tracing::warn!("the mail server refused a letter; its words are with the letter"),
            Outcome::Later(_) => tracing::warn!("a letter could not be sent; it will be tried again"),
        }
        self.maintenance.unscoped_settle_letter(&letter, &outcome).await?;
        Ok(true)
    }

    async fn deliver(&self, letter: &Letter) -> Outcome {
        self.connections.send(letter, letters::write(letter, &self.public_url)).await
    }
}
