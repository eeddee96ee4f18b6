//! Who calls: an app id with its API key, or the token that they were traded for.

use app::ClientAddress;
use axum::extract::FromRequestParts;
use data_encoding::{BASE64, BASE64_NOPAD};
use domain::id::{AccountId, EnvironmentId};
use http::{header, request::Parts};
use store::access::Actor;

use super::answer::Refusal;
use crate::router::Services;

/// `Authorization: Basic`, judged by its form only.
pub(super) struct Pair {
    pub(super) app: EnvironmentId,
    pub(super) key: String,
}

impl FromRequestParts<Services> for Pair {
    type Rejection = Refusal;

    /// Every attempt counts, also one without a well-formed pair.
    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Refusal> {
        let client = parts.extensions.get::<ClientAddress>().map(|address| address.0);
        services.api_limits.client(client).map_err(|error| match error {
            app::Error::TooMany { retry_after_seconds } => Refusal::TooManyAttempts { retry_after_seconds },
            _ => Refusal::TooManyAttempts { retry_after_seconds: 60 },
        })?;
        credentials(parts, "Basic").and_then(pair).ok_or(Refusal::WrongPair)
    }
}

fn pair(encoded: &str) -> Option<Pair> {
    let decoded = BASE64.decode(encoded.as_bytes()).or_else(|_| BASE64_NOPAD.decode(encoded.as_bytes())).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (app, key) = text.split_once(':')?;
    Some(Pair { app: app.parse().ok()?, key: key.to_owned() })
}

/// The script behind a living token.
pub(super) struct Script {
    pub(super) actor: Actor,
    pub(super) account: AccountId,
}

impl FromRequestParts<Services> for Script {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Refusal> {
        let token = credentials(parts, "Bearer").ok_or(Refusal::WrongToken)?;
        let (actor, account) = services.store.console.script(token).await?;
        Ok(Self { actor, account })
    }
}

/// What stands after the scheme, whose case does not matter.
fn credentials<'a>(parts: &'a Parts, scheme: &str) -> Option<&'a str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (given, credentials) = value.trim().split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| credentials.trim())
}
