//! The cookie that carries a sign-in.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::{HeaderMap, HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{State, state};
use crate::Error;

/// As long as the store keeps an unused sign-in.
const MAX_AGE_SECONDS: i64 = store::console::sign_ins::LIFETIME_DAYS * 86_400;

const RECEIPT_KEY: &str = "cairn-receipt";

/// With https the prefix makes browsers refuse the cookie from anywhere but this very host.
fn name(state: &State) -> &'static str {
    if state.settings.secure_cookies { "__Host-cairn" } else { "cairn" }
}

/// The token that the request brought.
pub fn token() -> Option<String> {
    token_in(&state().ok()?, &use_context::<Parts>()?.headers)
}

pub(super) fn token_in(state: &State, headers: &HeaderMap) -> Option<String> {
    Some(CookieJar::from_headers(headers).get(name(state))?.value().to_owned())
}

/// What signs in, as lists of sign-ins name it.
pub fn device() -> String {
    let agent = use_context::<Parts>().and_then(|parts| Some(parts.headers.get(header::USER_AGENT)?.to_str().ok()?.to_owned()));
    agent.unwrap_or_default()
}

/// Hands out a token.
///
/// # Errors
/// `Unavailable` outside of a request.
pub fn set_cookie(token: &str) -> Result<(), Error> {
    write(token.to_owned(), MAX_AGE_SECONDS)
}

/// Lets the cookie live on as long as the sign-in, whose expiry slides.
///
/// # Errors
/// `Unavailable` outside of a request.
pub fn renew_cookie() -> Result<(), Error> {
    token().map_or(Ok(()), |token| write(token, MAX_AGE_SECONDS))
}

/// Takes the token away.
///
/// # Errors
/// `Unavailable` outside of a request.
pub fn clear_cookie() -> Result<(), Error> {
    write(String::new(), 0)
}

/// Leaves the key of a receipt with the browser that made the request, at its page and those below. The server keeps it nowhere.
///
/// # Errors
/// `Unavailable` outside of a request.
pub fn keep_receipt_key(page: &str, key: &str) -> Result<(), Error> {
    const KEPT_SECONDS: i64 = 30 * 86_400;
    let mut cookie = Cookie::new(RECEIPT_KEY, key.to_owned());
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path(page.to_owned());
    cookie.set_secure(state()?.settings.secure_cookies);
    hand_out(&format!("{cookie}; Max-Age={KEPT_SECONDS}"))
}

/// The key of a receipt, from the browser that made the request.
pub fn receipt_key_in(headers: &HeaderMap) -> Option<String> {
    Some(CookieJar::from_headers(headers).get(RECEIPT_KEY)?.value().to_owned())
}

fn write(token: String, seconds: i64) -> Result<(), Error> {
    let state = state()?;
    let mut cookie = Cookie::new(name(&state), token);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(state.settings.secure_cookies);
    hand_out(&format!("{cookie}; Max-Age={seconds}"))
}

fn hand_out(cookie: &str) -> Result<(), Error> {
    let absent = Error::Unavailable { reference: None };
    let value = HeaderValue::from_str(cookie).map_err(|_| absent.clone())?;
    use_context::<ResponseOptions>().ok_or(absent)?.append_header(header::SET_COOKIE, value);
    Ok(())
}
