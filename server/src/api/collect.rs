//! Collection by servers: `track`, `identify`, `add_user_properties`, `add_account_properties`. No media type is asked for: the body is JSON or is refused.

mod about;

use app::ClientAddress;
use axum::{
    Extension,
    body::Bytes,
    extract::{DefaultBodyLimit, State, rejection::BytesRejection},
    middleware,
    response::{IntoResponse, Response},
};
use domain::{
    collect::{self, CollectError, Who},
    id::EnvironmentId,
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use store::collector::{Outcome, What};

use super::{cors, openapi::Api};
use crate::{collect_queue::Unavailable, router::Services};

/// 5 MiB.
const LARGEST_BODY: usize = 5 * 1024 * 1024;

/// On an answer of 200 to events that were not stored, with the reason.
const IGNORED: HeaderName = HeaderName::from_static("x-cairn-ignored");
const EXCLUDED_IP: HeaderValue = HeaderValue::from_static("excluded-ip");

/// A full queue is empty again within a second or two.
const COME_AGAIN_SECONDS: u32 = 2;

pub(super) fn routes() -> Api {
    let readable = Api::new()
        .post("/api/v1/identify", identify, about::identify())
        .post("/api/add_user_properties", add_user_properties, about::add_user_properties())
        .post("/api/add_account_properties", add_account_properties, about::add_account_properties())
        // How properties of users were set until 2016; clients of that time still do.
        .post("/api/identify", add_user_properties, about::old_identify())
        .through(|routes| routes.layer(middleware::from_fn(cors::readable)));
    let all = Api::new().post("/api/track", track, about::track()).merge(readable);
    all.through(|routes| routes.layer(DefaultBodyLimit::max(LARGEST_BODY)))
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

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotRead | Self::Body(_) | Self::UnknownEnvironment => StatusCode::BAD_REQUEST,
            Self::Excluded => StatusCode::FORBIDDEN,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::TooLarge => format!("postBody should NOT be larger than {} MiB", LARGEST_BODY / 1024 / 1024),
            Self::NotRead => "postBody ended too early".to_owned(),
            Self::Body(error) => error.to_string(),
            Self::UnknownEnvironment => "postBody.app_id should be the id of an environment that exists".to_owned(),
            Self::Excluded => "Nothing is collected from this address".to_owned(),
            Self::Unavailable(why) => format!("Nothing was stored: {why}; try again"),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.message()).into_response();
        if matches!(self, Self::Unavailable(_)) {
            response.headers_mut().insert(header::RETRY_AFTER, COME_AGAIN_SECONDS.into());
        }
        response
    }
}
