//! A plain post whose sign-in had ended: the form for signing in carries it, and afterwards its page is shown with what was typed.

use app::{FailedPost, Notice, forms::INTERRUPTED, links, pages::sign_in::SignIn};
use axum::{
    Router,
    body::Bytes,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts};
use server_fn::ServerFn;
use url::form_urlencoded;

use super::render;

/// A post on its way through the form for signing in.
pub(super) struct Interrupted {
    page: Uri,
    post: FailedPost,
}

/// The page for signing in, which carries the post.
pub(super) async fn ask(pages: Router, from: Parts, page: &Uri, post: FailedPost) -> Response {
    let carried = serde_json::to_string(&FailedPost { error: None, ..post }).unwrap_or_default();
    let values = vec![(INTERRUPTED.to_owned(), carried)];
    match links::sign_in(&page.to_string()).parse() {
        Ok(sign_in) => render(pages, from, sign_in, FailedPost { action: SignIn::PATH.to_owned(), values, error: None }).await,
        Err(_) => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// The post that this one carries, if it is one for signing in and carries any.
pub(super) fn carried(to: &Uri, body: &Bytes) -> Option<Interrupted> {
    if to.path() != SignIn::PATH {
        return None;
    }
    let field = |name| form_urlencoded::parse(body).find(|(typed, _)| typed == name).map(|(_, value)| value);
    let post = serde_json::from_str(&field(INTERRUPTED)?).ok()?;
    let next = field("next")?;
    let page = links::local(&next)?;
    let sign = if page.contains('?') { '&' } else { '?' };
    let page = format!("{page}{sign}notice={}", Notice::SignedInAgain.as_str()).parse().ok()?;
    Some(Interrupted { page, post })
}

impl Interrupted {
    /// The page that it came from, for the sign-in that `cookies` have just been set for.
    pub(super) async fn show(self, pages: Router, mut from: Parts, cookies: &HeaderMap) -> Response {
        from.headers.remove(header::COOKIE);
        for cookie in cookies.get_all(header::SET_COOKIE) {
            let pair = cookie.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
            if let Ok(pair) = HeaderValue::from_bytes(pair) {
                from.headers.append(header::COOKIE, pair);
            }
        }
        render(pages, from, self.page, self.post).await
    }
}
