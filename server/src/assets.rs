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
use rust_embed::{EmbeddedFile, RustEmbed};

use encoding::Encoding;

#[derive(RustEmbed)]
#[folder = "$CAIRN_SITE_DIR"]
#[allow_missing = true]
struct Site;

/// Names under `/pkg/` change with their content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The other names stay, so a browser asks again after an hour.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The addresses of the site, for the shell of every page; `None` in a build without a site.
pub fn manifest() -> Option<Assets> {
    manifest_of::<Site>()
}

/// Serves the site: `/pkg/...`, and each public file at its own address.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    router_of::<Site, S>()
}

fn manifest_of<E: RustEmbed>() -> Option<Assets> {
    serde_json::from_slice(&E::get("manifest.json")?.data).ok()
}

fn router_of<E: RustEmbed + 'static, S: Clone + Send + Sync + 'static>() -> Router<S> {
    let package = get(|Path(rest): Path<String>, headers: HeaderMap| async move {
        answer::<E>(&format!("pkg/{rest}"), &headers, FOREVER)
    });
    E::iter().filter(|path| is_public(path)).fold(
        Router::new().route("/pkg/{*rest}", package),
        |router, path| {
            let address = format!("/{path}");
            let file = get(move |headers: HeaderMap| async move { answer::<E>(&path, &headers, AN_HOUR) });
            router.route(&address, file)
        },
    )
}

fn is_public(path: &str) -> bool {
    !path.contains('/') && path != "manifest.json" && !is_compressed(path)
}

fn is_compressed(path: &str) -> bool {
    matches!(extension(path), "br" | "gz")
}

fn answer<E: RustEmbed>(path: &str, headers: &HeaderMap, cache: HeaderValue) -> Response {
    let climbs = path.split('/').any(|step| step == "..");
    if climbs || is_compressed(path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let compressed = encoding::accepted(headers)
        .into_iter()
        .find_map(|encoding| Some((Some(encoding), E::get(&format!("{path}.{}", encoding.suffix()))?)));
    let Some((encoding, file)) = compressed.or_else(|| Some((None, E::get(path)?))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    found(path, encoding, file, cache)
}

fn found(path: &str, encoding: Option<Encoding>, file: EmbeddedFile, cache: HeaderValue) -> Response {
    let mut response = Response::new(Body::from(file.data.into_owned()));
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
