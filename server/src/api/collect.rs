//! Collection by servers: `track`, `identify`, `add_user_properties`, `add_account_properties`. No media type is asked for: the body is JSON or is refused.

use app::ClientAddress;
use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State, rejection::BytesRejection},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use domain::{
    collect::{self, CollectError, Who},
    id::EnvironmentId,
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use store::collector::{Outcome, What};

use super::cors;
use crate::{collect_queue::Unavailable, router::Services};

/// 5 MiB.
const LARGEST_BODY: usize = 5 * 1024 * 1024;

/// On an answer of 200 to events that were not stored, with the reason.
const IGNORED: HeaderName = HeaderName::from_static("x-cairn-ignored");
const EXCLUDED_IP: HeaderValue = HeaderValue::from_static("excluded-ip");

/// A full queue is empty again within a second or two.
const COME_AGAIN_SECONDS: u32 = 2;

pub(super) fn routes() -> Router<Services> {
    let readable = middleware::from_fn(cors::readable);
    Router::new()
        .route("/api/track", post(track))
        .route("/api/v1/identify", post(identify).layer(readable.clone()))
        // How properties of users were set until 2016; clients of that time still do.
        .route("/api/identify", post(add_user_properties).layer(readable.clone()))
        .route("/api/add_user_properties", post(add_user_properties).layer(readable.clone()))
        .route("/api/add_account_properties", post(add_account_properties).layer(readable))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}

type Body = Result<Bytes, BytesRejection>;
type Client = Extension<ClientAddress>;

async fn track(State(services): State<Services>, Extension(client): Client, body: Body) -> Result<Response, Refusal> {
    let body = body?;
    let track = collect::parse_track(&body)?;
    let outcome = submit(&services, track.environment, client, What::Events(track.events), body.len()).await?;
    Ok(match outcome {
        Outcome::Excluded => ([(IGNORED, EXCLUDED_IP)], "OK").into_response(),
        Outcome::Stored | Outcome::UnknownEnvironment => "OK".into_response(),
    })
}

async fn identify(State(services): State<Services>, Extension(client): Client, body: Body) -> Result<&'static str, Refusal> {
    let body = body?;
    let collect::Identify { environment, user_id, identity, .. } = collect::parse_identify(&body)?;
    let outcome = submit(&services, environment, client, What::Identify { user_id, identity }, body.len()).await?;
    ok_unless_excluded(outcome)
}

async fn add_user_properties(State(services): State<Services>, Extension(client): Client, body: Body) -> Result<&'static str, Refusal> {
    let body = body?;
    let added = collect::parse_add_user_properties(&body)?;
    let users = added.users.into_iter().map(|user| (Who::Identity(user.identity), user.properties)).collect();
    let outcome = submit(&services, added.environment, client, What::Properties(users), body.len()).await?;
    ok_unless_excluded(outcome)
}

async fn add_account_properties(State(services): State<Services>, Extension(client): Client, body: Body) -> Result<&'static str, Refusal> {
    let body = body?;
    let added = collect::parse_add_account_properties(&body)?;
    let companies = added.companies.into_iter().map(|company| (company.company, company.properties)).collect();
    let outcome = submit(&services, added.environment, client, What::Companies(companies), body.len()).await?;
    ok_unless_excluded(outcome)
}

async fn submit(
    services: &Services,
    environment: EnvironmentId,
    ClientAddress(address): ClientAddress,
    what: What,
    body_bytes: usize,
) -> Result<Outcome, Refusal> {
    let submission = services.store.collector.submission(environment, address, what);
    let outcome = services.queue.submit(submission, body_bytes).await?;
    if outcome == Outcome::UnknownEnvironment { Err(Refusal::UnknownEnvironment) } else { Ok(outcome) }
}

fn ok_unless_excluded(outcome: Outcome) -> Result<&'static str, Refusal> {
    match outcome {
        Outcome::Excluded => Err(Refusal::Excluded),
        Outcome::Stored | Outcome::UnknownEnvironment => Ok("OK"),
    }
}

/// Why nothing was stored, in plain text.
#[derive(Debug)]
enum Refusal {
    TooLarge,
    NotRead,
    Body(CollectError),
    UnknownEnvironment,
    Excluded,
    Unavailable(Unavailable),
}

impl From<BytesRejection> for Refusal {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::NotRead }
    }
}

impl From<CollectError> for Refusal {
    fn from(error: CollectError) -> Self {
        Self::Body(error)
    }
}

impl From<Unavailable> for Refusal {
    fn from(unavailable: Unavailable) -> Self {
        Self::Unavailable(unavailable)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "postBody should NOT be larger than 5 MiB").into_response(),
            Self::NotRead => (StatusCode::BAD_REQUEST, "postBody ended too early").into_response(),
            Self::Body(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
            Self::UnknownEnvironment => {
                (StatusCode::BAD_REQUEST, "postBody.app_id should be the id of an environment that exists").into_response()
            }
            Self::Excluded => (StatusCode::FORBIDDEN, "Nothing is collected from this address").into_response(),
            Self::Unavailable(why) => {
                let again = [(header::RETRY_AFTER, HeaderValue::from(COME_AGAIN_SECONDS))];
                (StatusCode::SERVICE_UNAVAILABLE, again, format!("Nothing was stored: {why}; try again")).into_response()
            }
        }
    }
}
