//! Exports of what was collected of a user, for scripts.

mod about;

use axum::{
    Json,
    body::Bytes,
    extract::{
        DefaultBodyLimit, Path, State,
        rejection::{BytesRejection, PathRejection},
    },
    response::{IntoResponse, Response},
};
use domain::{deletion, export::ExportState, id::ExportId, invalid::Problem, time::Millis};
use http::StatusCode;
use serde::Serialize;
use store::{
    access::{DeleteUsers, View},
    console::exports::Export,
};

use super::{Refusal, Script};
use crate::{api::openapi::Api, archive, router::Services};

/// An identity of 255 characters fits in however it is written.
const LARGEST_BODY: usize = 64 * 1024;

pub(super) fn routes() -> Api {
    let order =
        Api::new().post("/api/manage/v1/exports", ask, about::ask()).through(|routes| routes.layer(DefaultBodyLimit::max(LARGEST_BODY)));
    Api::new()
        .merge(order)
        .get("/api/manage/v1/exports", list, about::list())
        .get("/api/manage/v1/exports/{id}", one, about::one())
        .get("/api/manage/v1/exports/{id}/archive", file, about::file())
        .post("/api/manage/v1/exports/{id}/delete", delete, about::delete())
}

#[derive(Serialize)]
struct Told {
    id: ExportId,
    state: &'static str,
    requested_at: String,
    requested_by: String,
    users_found: u64,
    environments: u64,
    events: u64,
    bytes: u64,
    expires_at: Option<String>,
    failure: Option<String>,
}

#[derive(Serialize)]
struct Asked {
    export: Option<Told>,
}

#[derive(Serialize)]
struct Exports {
    exports: Vec<Told>,
}

async fn ask(State(services): State<Services>, script: Script, body: Result<Bytes, BytesRejection>) -> Result<Response, Refusal> {
    let targets = deletion::parse_api_body(&body?)?;
    let [user] = targets.as_slice() else { return Err(Refusal::NotOneUser) };
    let console = &services.store.console;
    let granted = console.grant::<DeleteUsers>(&script.actor, script.account).await?;
    let asked = match console.export_users(&granted).ask(user).await {
        Ok(export) => Some(told(&services, &script, export).await?.0),
        Err(store::Error::Invalid(invalid)) => match invalid.mistakes.first().map(|mistake| mistake.problem) {
            Some(Problem::Missing) => None,
            _ => return Err(Refusal::TooManyExports),
        },
        Err(error) => return Err(error.into()),
    };
    services.wake.now();
    let status = if asked.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(Asked { export: asked })).into_response())
}

async fn list(State(services): State<Services>, script: Script) -> Result<Json<Exports>, Refusal> {
    let console = &services.store.console;
    let granted = console.grant::<View>(&script.actor, script.account).await?;
    Ok(Json(Exports { exports: console.exports(&granted).await?.into_iter().map(Told::from).collect() }))
}

type Id = Result<Path<ExportId>, PathRejection>;

fn known(id: Id) -> Result<ExportId, Refusal> {
    id.map(|Path(id)| id).map_err(|_| Refusal::NoSuchExport)
}

/// What is not there is not a matter of the token, which was judged before.
fn found<T>(asked: Result<T, store::Error>) -> Result<T, Refusal> {
    asked.map_err(|error| match error {
        store::Error::NotFound => Refusal::NoSuchExport,
        other => Refusal::from(other),
    })
}

async fn one(State(services): State<Services>, script: Script, id: Id) -> Result<Json<Told>, Refusal> {
    told(&services, &script, known(id)?).await
}

async fn told(services: &Services, script: &Script, id: ExportId) -> Result<Json<Told>, Refusal> {
    let console = &services.store.console;
    let granted = console.grant::<View>(&script.actor, script.account).await?;
    Ok(Json(found(console.export(&granted, id).await)?.into()))
}

async fn file(State(services): State<Services>, script: Script, id: Id) -> Result<Response, Refusal> {
    let id = known(id)?;
    let console = &services.store.console;
    let viewing = console.grant::<View>(&script.actor, script.account).await?;
    if found(console.export(&viewing, id).await)?.state != ExportState::Ready {
        return Err(Refusal::NoArchive);
    }
    let granted = console.grant::<DeleteUsers>(&script.actor, script.account).await?;
    let export = found(console.export_users(&granted).download(id).await)?;
    Ok(archive::answer(console.clone(), granted, &export))
}

async fn delete(State(services): State<Services>, script: Script, id: Id) -> Result<Json<Told>, Refusal> {
    let id = known(id)?;
    let console = &services.store.console;
    let granted = console.grant::<DeleteUsers>(&script.actor, script.account).await?;
    match console.export_users(&granted).delete(id).await {
        Err(store::Error::Invalid(_)) => Err(Refusal::NoArchive),
        done => {
            found(done)?;
            services.wake.now();
            told(&services, &script, id).await
        }
    }
}

impl From<Export> for Told {
    fn from(export: Export) -> Self {
        Self {
            id: export.id,
            state: export.state.as_str(),
            requested_at: export.created_at.rfc3339(),
            requested_by: export.requested_by_name,
            users_found: export.users_found,
            environments: export.environments,
            events: export.events,
            bytes: export.bytes,
            expires_at: export.expires_at.map(Millis::rfc3339),
            failure: export.failure,
        }
    }
}
