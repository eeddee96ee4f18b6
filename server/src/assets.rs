//! The site inside the binary: what `cargo xtask build` made for the browser.

mod encoding;

use app::assets::Assets;
use axum::{
    Router,
    body::Body,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use encoding::Encoding;

/// Paths, sorted, and what is in the files; compressed forms stand beside them with `.br` and `.gz`.
#[derive(Clone, Copy)]
struct Site(&'static [(&'static str, &'static [u8])]);

/// The list comes from the build script.
static SITE: Site = Site(include!(concat!(env!("OUT_DIR"), "/site.rs")));

/// Names under `/pkg/` change with their content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The other names stay, so a browser asks again after an hour.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The addresses of the site, for the shell of every page; `None` in a build without a site.
pub fn manifest() -> Option<Assets> {
    SITE.manifest()
}

/// Serves the site: `/pkg/...`, and each public file at its own address.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    SITE.router()
}

impl Site {
    fn get(self, path: &str) -> Option<&'static [u8]> {
        let at = self.0.binary_search_by_key(&path, |(path, _)| path).ok()?;
        self.0.get(at).map(|(_, bytes)| *bytes)
    }

    fn manifest(self) -> Option<Assets> {
        serde_json::from_slice(self.get("manifest.json")?).ok()
    }

    fn router<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let package =
            get(move |Path(rest): Path<String>, headers: HeaderMap| async move { self.answer(&format!("pkg/{rest}"), &headers, FOREVER) });
        let public = self.0.iter().map(|(path, _)| *path).filter(|path| is_public(path));
        public.fold(Router::new().route("/pkg/{*rest}", package), |router, path| {
            let file = get(move |headers: HeaderMap| async move { self.answer(path, &headers, AN_HOUR) });
            router.route(&format!("/{path}"), file)
        })
    }

    fn answer(self, path: &str, headers: &HeaderMap, cache: HeaderValue) -> Response {
        let smallest = encoding::accepted(headers).into_iter().find_map(|encoding| {
            let bytes = self.get(&format!("{path}.{}", encoding.suffix()))?;
            Some((Some(encoding), bytes))
        });
        match smallest.or_else(|| Some((None, self.get(path)?))) {
            Some((encoding, bytes)) if !is_compressed(path) => found(path, encoding, bytes, cache),
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    }
}

fn is_public(path: &str) -> bool {
    !path.contains('/') && path != "manifest.json" && !is_compressed(path)
}

fn is_compressed(path: &str) -> bool {
    matches!(extension(path), "br" | "gz")
}

fn found(path: &str, encoding: Option<Encoding>, bytes: &'static [u8], cache: HeaderValue) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(header::CACHE_CONTROL, cache);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    response
}

fn content_type(path: &str) -> &'static str {
    match extension(path) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests;
