//! How often a sign-in may be tried, a message sent or a help page judged: a few times in a row, then slowly.
//!
//! One client has few attempts on one address, all clients together have many: so nobody guesses a password, and nobody keeps its owner out by
//! guessing wrong from one place.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    time::Duration,
};

use domain::email::EmailAddress;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::Error;

/// Past so many keys those that are full again are forgotten.
const MANY: usize = 10_000;

/// Messages of one client in a row; then one a minute.
const MESSAGES: u32 = 10;

/// Answers to help pages of one client in a row; then one a minute.
const ANSWERS: u32 = 10;

/// Attempts in a row, and the pause for each further one.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub burst: NonZeroU32,
    pub pause: Duration,
}

impl Pace {
    pub fn new(burst: u32, pause: Duration) -> Self {
        Self { burst: NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN), pause }
    }
}

/// How fast each may go.
#[derive(Debug, Clone, Copy)]
pub struct Paces {
    /// One client on one address.
    pub pair: Pace,
    /// Everybody on one address.
    pub address: Pace,
    /// One client on all addresses.
    pub client: Pace,
}

/// Limits of one server.
pub struct Limits {
    pairs: DefaultKeyedRateLimiter<u64>,
    addresses: DefaultKeyedRateLimiter<u64>,
    clients: DefaultKeyedRateLimiter<u64>,
    messages: DefaultKeyedRateLimiter<u64>,
    answers: DefaultKeyedRateLimiter<u64>,
    /// Addresses are personal, so only their hashes are kept, under a key that dies with the process.
    hashes: RandomState,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(Paces {
            pair: Pace::new(10, Duration::from_secs(20)),
            address: Pace::new(100, Duration::from_secs(5)),
            client: Pace::new(60, Duration::from_secs(2)),
        })
    }
}

impl Limits {
    /// For what leads to a letter: who gets many that they did not ask for stops reading them.
    pub fn of_letters() -> Self {
        Self::new(Paces {
            pair: Pace::new(5, Duration::from_mins(5)),
            address: Pace::new(10, Duration::from_mins(5)),
            client: Pace::new(20, Duration::from_mins(1)),
        })
    }

    pub fn new(paces: Paces) -> Self {
        Self {
            pairs: limiter(paces.pair),
            addresses: limiter(paces.address),
            clients: limiter(paces.client),
            messages: limiter(Pace::new(MESSAGES, Duration::from_mins(1))),
            answers: limiter(Pace::new(ANSWERS, Duration::from_mins(1))),
            hashes: RandomState::new(),
        }
    }

    /// Counts one attempt to sign in as `email`.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn sign_in(&self, email: &EmailAddress, client: Option<IpAddr>) -> Result<(), Error> {
        self.client(client)?;
        // First, so that one client's attempts beyond its own limit take nothing from the others.
        check(&self.pairs, self.hashes.hash_one((email, client.map(network))))?;
        check(&self.addresses, self.hashes.hash_one(email))
    }

    /// Counts one costly request of a client.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn client(&self, client: Option<IpAddr>) -> Result<(), Error> {
        check(&self.clients, self.hashes.hash_one(client.map(network)))
    }

    /// Counts one message of a client.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn message(&self, client: Option<IpAddr>) -> Result<(), Error> {
        check(&self.messages, self.hashes.hash_one(client.map(network)))
    }

    /// Counts one answer of a client to a help page.
    ///
    /// # Errors
    /// `TooMany`.
    pub fn answer(&self, client: Option<IpAddr>) -> Result<(), Error> {
        check(&self.answers, self.hashes.hash_one(client.map(network)))
    }
}

/// Who has one IPv6 address has 2^64 of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn limiter(pace: Pace) -> DefaultKeyedRateLimiter<u64> {
    let quota = Quota::with_period(pace.pause).unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN));
    RateLimiter::keyed(quota.allow_burst(pace.burst))
}

fn check(limiter: &DefaultKeyedRateLimiter<u64>, key: u64) -> Result<(), Error> {
    if limiter.len() > MANY {
        limiter.retain_recent();
    }
    limiter.check_key(&key).map_err(|refused| {
        let wait = refused.wait_time_from(DefaultClock::default().now());
        Error::TooMany { retry_after_seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1) }
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn limits() -> Limits {
        let pace = |burst| Pace::new(burst, Duration::from_mins(1));
        Limits::new(Paces { pair: pace(2), address: pace(3), client: pace(3) })
    }

    fn email(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn who_guesses_from_one_place_keeps_nobody_out_elsewhere() {
        let limits = limits();
        for _ in 0..2 {
            limits.sign_in(&email("ada@example.com"), "10.0.0.1".parse().ok()).unwrap();
        }
        assert!(limits.sign_in(&email("Ada@example.com"), "10.0.0.1".parse().ok()).is_err());
        limits.sign_in(&email("ada@example.com"), "10.0.0.2".parse().ok()).unwrap();
    }

    #[test]
    fn attempts_on_one_address_are_limited_from_whatever_client() {
        let limits = limits();
        for client in ["10.0.0.1", "10.0.0.2", "10.0.0.4"] {
            limits.sign_in(&email("ada@example.com"), client.parse().ok()).unwrap();
        }
        let refused = limits.sign_in(&email("Ada@example.com"), "10.0.0.3".parse().ok());
        assert!(matches!(refused, Err(Error::TooMany { retry_after_seconds: 1..=61 })));
        limits.sign_in(&email("bob@example.com"), "10.0.0.3".parse().ok()).unwrap();
    }

    #[test]
    fn attempts_of_one_client_are_limited_on_whatever_address() {
        let limits = limits();
        for (name, client) in [("a", "2001:db8::1"), ("b", "2001:db8::2"), ("c", "2001:db8::3")] {
            limits.sign_in(&email(&format!("{name}@example.com")), client.parse().ok()).unwrap();
        }
        assert!(limits.sign_in(&email("d@example.com"), "2001:db8::4".parse().ok()).is_err());
        limits.sign_in(&email("d@example.com"), "2001:db8:0:1::1".parse().ok()).unwrap();
    }

    #[test]
    fn answers_of_one_client_are_limited_and_take_nothing_from_its_messages() {
        let limits = limits();
        for _ in 0..ANSWERS {
            limits.answer("10.0.0.1".parse().ok()).unwrap();
        }
        assert!(matches!(limits.answer("10.0.0.1".parse().ok()), Err(Error::TooMany { .. })));
        limits.answer("10.0.0.2".parse().ok()).unwrap();
        limits.message("10.0.0.1".parse().ok()).unwrap();
    }

    #[test]
    fn messages_of_one_client_are_limited_and_take_nothing_from_its_sign_ins() {
        let limits = limits();
        for _ in 0..MESSAGES {
            limits.message("10.0.0.1".parse().ok()).unwrap();
        }
        assert!(matches!(limits.message("10.0.0.1".parse().ok()), Err(Error::TooMany { .. })));
        limits.message("10.0.0.2".parse().ok()).unwrap();
        limits.sign_in(&email("ada@example.com"), "10.0.0.1".parse().ok()).unwrap();
    }
}
