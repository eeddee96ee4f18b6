//! Collection by servers: `track`, `identify`, `add_user_properties`, `add_account_properties`. No media type is asked for: the body is JSON or is refused.

mod about;
mod client;
mod ignored;

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State, rejection::BytesRejection},
    middleware,
    response::{IntoResponse, Response},
};
use domain::{
    collect::{self, CollectError, Who},
    id::EnvironmentId,
};
use http::{StatusCode, header};
use store::collector::{Outcome, Submission, What};

use self::{client::Client, ignored::Ignored};
use super::{cors, openapi::Api};
use crate::{collect_queue::Unavailable, router::Services};

/// 5 MiB.
const LARGEST_BODY: usize = 5 * 1024 * 1024;

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

async fn track(State(services): State<Services>, client: Client, body: Body) -> Result<Response, Refusal> {
    let body = body?;
    let track = collect::parse_track(&body)?;
    let ignored = submit(&services, track.environment, client, What::Events(track.events), body.len()).await?;
    Ok(match ignored {
        Some(ignored) => ([ignored.header()], "OK").into_response(),
        None => "OK".into_response(),
    })
}

async fn identify(State(services): State<Services>, client: Client, body: Body) -> Result<&'static str, Refusal> {
    let body = body?;
    let collect::Identify { environment, user_id, identity, .. } = collect::parse_identify(&body)?;
    let ignored = submit(&services, environment, client, What::Identify { user_id, identity }, body.len()).await?;
    ok_unless(ignored)
}

async fn add_user_properties(State(services): State<Services>, client: Client, body: Body) -> Result<&'static str, Refusal> {
    let body = body?;
    let added = collect::parse_add_user_properties(&body)?;
    let users = added.users.into_iter().map(|user| (Who::Identity(user.identity), user.properties)).collect();
    let ignored = submit(&services, added.environment, client, What::Properties(users), body.len()).await?;
    ok_unless(ignored)
}

async fn add_account_properties(State(services): State<Services>, client: Client, body: Body) -> Result<&'static str, Refusal> {
    let body = body?;
    let added = collect::parse_add_account_properties(&body)?;
    let companies = added.companies.into_iter().map(|company| (company.company, company.properties)).collect();
    let ignored = submit(&services, added.environment, client, What::Companies(companies), body.len()).await?;
    ok_unless(ignored)
}

/// Answers what was left out on purpose.
async fn submit(
    services: &Services,
    environment: EnvironmentId,
    Client { address, sender }: Client,
    what: What,
    body_bytes: usize,
) -> Result<Option<Ignored>, Refusal> {
    let submission = Submission { sender, ..services.store.collector.submission(environment, address, what) };
    let outcome = services.queue.submit(submission, body_bytes).await?;
    if outcome == Outcome::UnknownEnvironment { Err(Refusal::UnknownEnvironment) } else { Ok(Ignored::of(outcome)) }
}

fn ok_unless(ignored: Option<Ignored>) -> Result<&'static str, Refusal> {
    ignored.map_or(Ok("OK"), |ignored| Err(Refusal::Ignored(ignored)))
}

/// Why nothing was stored, in plain text.
#[derive(Debug)]
enum Refusal {
    TooLarge,
    NotRead,
    Body(CollectError),
    UnknownEnvironment,
    Ignored(Ignored),
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
            Self::Ignored(_) => StatusCode::FORBIDDEN,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::TooLarge => format!("postBody should NOT be larger than {} MiB", LARGEST_BODY / 1024 / 1024),
            Self::NotRead => "postBody ended too early".to_owned(),
            Self::Body(error) => error.to_string(),
            Self::UnknownEnvironment => "postBody.app_id should be the id of an environment that exists".to_owned(),
            Self::Ignored(ignored) => ignored.message().to_owned(),
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
