//! Forms without script. A plain post is handed to its server function as the script would; success leads on with 303, and a
//! refusal renders the page that the post came from once more, with what was typed. So does an answer that is shown once and has no page
//! of its own. The script's own posts get their status here.

mod files;
mod sign_in_again;

use app::{Answered, FailedPost, forms::PAGE, links};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use tower::ServiceExt;
use url::{Url, form_urlencoded};

/// Above what any form sends: the largest is a list of 10,000 users.
const LARGEST: usize = 4 << 20;

pub(super) async fn answer(State(pages): State<Router>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let plain = accepts_html(request.headers());
    let (mut parts, body) = request.into_parts();
    let body = if files::is_form_with_files(&parts.headers) {
        match files::as_plain_form(&mut parts.headers, body).await {
            Ok(body) => body,
            Err(files::Unread { body, error }) if plain => return refused(pages, parts, &body, error).await,
            Err(files::Unread { error, .. }) => return told(&error),
        }
    } else {
        let Ok(body) = to_bytes(body, LARGEST).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
        body
    };
    let from = parts.clone();
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    match (refusal(response).await, plain) {
        (Ok(response), false) => response,
        (Ok(response), true) => accepted(pages, from, &body, response).await,
        (Err(error), false) => told(&error),
        (Err(error), true) => refused(pages, from, &body, error).await,
    }
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// The error that a server function answered, if it did.
async fn refusal(response: Response) -> Result<Response, app::Error> {
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return Ok(response);
    }
    let body = to_bytes(response.into_body(), LARGEST).await.unwrap_or_default();
    Err(serde_json::from_slice(&body).unwrap_or(app::Error::Unavailable { reference: None }))
}

/// To the script: the error as JSON, with its status.
fn told(error: &app::Error) -> Response {
    with_status(axum::Json(error).into_response(), error)
}

fn with_status(mut response: Response, error: &app::Error) -> Response {
    *response.status_mut() = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    if let app::Error::TooMany { retry_after_seconds } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
    response
}

/// After success: wherever the server function said, else back, with its answer if it gave one. Its cookies go along.
async fn accepted(pages: Router, from: Parts, body: &Bytes, response: Response) -> Response {
    let (parts, answer) = response.into_parts();
    let page = came_from(&from.headers, body);
    let interrupted = sign_in_again::carried(&from.uri, body);
    let mut shown = match (parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()), page) {
        (Some(to), _) => match interrupted {
            Some(interrupted) => interrupted.show(pages, from, &parts.headers).await,
            None => Redirect::to(to).into_response(),
        },
        (None, None) => Redirect::to("/").into_response(),
        (None, Some(page)) => match to_bytes(answer, LARGEST).await.ok().and_then(|answer| String::from_utf8(answer.into()).ok()) {
            Some(answer) if answer != Answered::NOTHING => {
                let answered = Answered { action: from.uri.path().to_owned(), body: answer };
                render(pages, from, page, answered).await
            }
            _ => Redirect::to(&page.to_string()).into_response(),
        },
    };
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        shown.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    shown
}

/// After a refusal: the page again. Where the browser does not say which, the error alone.
async fn refused(pages: Router, from: Parts, body: &Bytes, error: app::Error) -> Response {
    let Some(page) = came_from(&from.headers, body) else { return told(&error) };
    let post = FailedPost::new(from.uri.path().to_owned(), typed(body), error.clone());
    let response = match error {
        app::Error::SignInRequired => sign_in_again::ask(pages, from, &page, post).await,
        _ => render(pages, from, page, post).await,
    };
    // A page that leads elsewhere, or that cannot be shown either, speaks for itself.
    if response.status() == StatusCode::OK { with_status(response, &error) } else { response }
}

/// What was typed. A file was not: no page shows it again.
fn typed(body: &Bytes) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().filter(|(name, _)| name != files::FILE).collect()
}

/// The page, knowing how the post went.
async fn render<T: Clone + Send + Sync + 'static>(pages: Router, mut from: Parts, page: Uri, post: T) -> Response {
    from.method = Method::GET;
    from.uri = page;
    from.headers.remove(header::CONTENT_TYPE);
    from.headers.remove(header::CONTENT_LENGTH);
    from.extensions.insert(post);
    let Ok(response) = pages.oneshot(Request::from_parts(from, Body::empty())).await;
    response
}

/// Path and query of the page that the post came from. The form says it; a form that does not is not one of ours, but the guard has seen that its page is.
fn came_from(headers: &HeaderMap, body: &Bytes) -> Option<Uri> {
    let said = form_urlencoded::parse(body).find(|(name, _)| name == PAGE);
    if let Some(page) = said.and_then(|(_, page)| links::local(&page)?.parse().ok()) {
        return Some(page);
    }
    let url = Url::parse(headers.get(header::REFERER)?.to_str().ok()?).ok()?;
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    path.parse().ok()
}
