//! The archive of an export as an answer, for pages and for scripts.

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use http::header;
use store::{
    Console,
    access::{DeleteUsers, Granted},
    console::exports::{Export, PartPlace},
};

/// It was deleted while it was downloaded, which must not look like its end.
#[derive(Debug, thiserror::Error)]
#[error("the archive was deleted")]
struct Deleted;

/// Read a part at a time, as the other side takes it. Its name tells nothing but a date.
pub(crate) fn answer(console: Console, granted: Granted<DeleteUsers>, export: &Export) -> Response {
    let date = export.created_at.rfc3339();
    let name = format!("attachment; filename=\"cairn-export-{}.zip\"", date.get(..10).unwrap_or_default());
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_LENGTH, export.bytes.to_string()),
    ];
    let (id, left) = (export.id, export.bytes);
    let parts = stream::try_unfold((console, granted, PartPlace::START, left), move |(console, granted, place, left)| async move {
        if left == 0 {
            return Ok::<_, Box<dyn std::error::Error + Send + Sync>>(None);
        }
        let part = console.export_users(&granted).part(id, place).await?.ok_or(Deleted)?;
        let left = left.saturating_sub(part.bytes.len() as u64);
        Ok(Some((Bytes::from(part.bytes), (console, granted, part.place, left))))
    });
    (headers, Body::from_stream(parts)).into_response()
}
