//! Nothing is changed from another site's page. Cookies are `SameSite=Lax` besides; this also holds where they are not needed.

use app::State;
use axum::{
    extract::{self, Request},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, Uri, header};

const SITE: &str = "sec-fetch-site";

/// Lets an unsafe request pass if its browser says that it comes from this very site, or if no browser sent it.
pub(super) async fn refuse_foreign(extract::State(state): extract::State<State>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_own(request.headers(), &state.settings.public_url) {
        next.run(request).await
    } else {
        // Without the origin, which may be anybody's: the operator knows where Cairn is reached.
        tracing::warn!(
            public_url = state.settings.public_url,
            "a request of another site was refused; is CAIRN_PUBLIC_URL where browsers reach Cairn?"
        );
        let error = app::Error::Foreign;
        let by_script = request.headers().get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
        if by_script {
            (StatusCode::FORBIDDEN, axum::Json(error)).into_response()
        } else {
            (StatusCode::FORBIDDEN, app::words::error(&error) + "\n").into_response()
        }
    }
}

fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let site = text(http::HeaderName::from_static(SITE)).is_none_or(|site| site == "same-origin");
    let origin = text(header::ORIGIN)
        .is_none_or(|origin| origin == public_url || authority(origin).is_some_and(|host| Some(host) == text(header::HOST)));
    site && origin
}

/// Host and port of an origin.
fn authority(origin: &str) -> Option<&str> {
    let uri: Uri = origin.parse().ok()?;
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"))?;
    (uri.authority()?.as_str() == host).then_some(host)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        is_own(&headers, "https://cairn.example.com")
    }

    #[test]
    fn a_request_of_this_site_or_of_no_browser_passes() {
        assert!(own(&[]));
        assert!(own(&[("origin", "https://cairn.example.com"), ("sec-fetch-site", "same-origin")]));
        assert!(own(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
    }

    #[test]
    fn a_request_of_another_site_does_not() {
        assert!(!own(&[("origin", "https://evil.example"), ("host", "cairn.example.com")]));
        assert!(!own(&[("origin", "null"), ("host", "null")]));
        assert!(!own(&[("origin", "https://cairn.example.com"), ("sec-fetch-site", "cross-site")]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("sec-fetch-site", "none")]));
        assert!(!own(&[("origin", "https://cairn.example.com.evil.example")]));
    }
}
