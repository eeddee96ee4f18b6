//! Forms with a file. Server functions read plain forms alone, so the file becomes a field of text.

use std::{future::poll_fn, pin::Pin};

use app::Error;
use axum::body::{Body, Bytes, HttpBody};
use domain::invalid::{Field, Problem};
use http::{HeaderMap, HeaderValue, header};
use multer::Multipart;
use url::form_urlencoded::Serializer;

/// The one field that holds a file.
pub(super) const FILE: &str = Field::File.as_str();

/// 100,000 lines of 80 characters.
const LARGEST_MIB: u32 = 8;
/// Browsers show an answer only once they have sent everything, so more than that is read and dropped.
const MOST_DROPPED: usize = 64 << 20;

/// A form that no server function is given.
pub(super) struct Unread {
    /// Its fields as a plain form, as far as they are known.
    pub(super) body: Bytes,
    pub(super) error: Error,
}

pub(super) fn is_form_with_files(headers: &HeaderMap) -> bool {
    kind(headers).is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("multipart/"))
}

fn kind(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}

/// The fields as a plain form, whose type the headers name from now on.
pub(super) async fn as_plain_form(headers: &mut HeaderMap, body: Body) -> Result<Bytes, Unread> {
    let boundary = kind(headers).and_then(|kind| multer::parse_boundary(kind).ok());
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    headers.remove(header::CONTENT_LENGTH);
    let malformed = || Unread { body: Bytes::new(), error: Error::Malformed };
    let boundary = boundary.ok_or_else(malformed)?;
    let (bytes, whole) = read(body).await.ok_or_else(malformed)?;
    let mut form = Multipart::new(Body::from(bytes).into_data_stream(), boundary);
    let (mut fields, mut problem) = (Vec::new(), None);
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Err(_) if whole => return Err(malformed()),
            // Of a body that was cut, what comes first is known: browsers send fields in the order of the page.
            Ok(None) | Err(_) => break,
        };
        let name = field.name().unwrap_or_default().to_owned();
        match field.bytes().await {
            Ok(value) => match String::from_utf8(value.into()) {
                Ok(text) => fields.push((name, text)),
                Err(_) => problem = Some(Problem::NotText),
            },
            Err(_) if whole => return Err(malformed()),
            Err(_) => break,
        }
    }
    let body = Bytes::from(Serializer::new(String::new()).extend_pairs(fields).finish());
    let problem = if whole { problem } else { Some(Problem::FileTooLarge { max: LARGEST_MIB }) };
    match problem {
        None => Ok(body),
        Some(problem) => Err(Unread { body, error: Error::mistake(Field::File, problem) }),
    }
}

/// The beginning of a body, and whether it is all of it. `None` when it breaks off, or goes on for too long.
async fn read(mut body: Body) -> Option<(Bytes, bool)> {
    let largest = (LARGEST_MIB as usize) << 20;
    let (mut kept, mut seen) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        seen += data.len();
        if seen > MOST_DROPPED {
            return None;
        }
        let room = largest.saturating_sub(kept.len());
        kept.extend_from_slice(&data[..data.len().min(room)]);
    }
    Some((kept.into(), seen <= largest))
}
