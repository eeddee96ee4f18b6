//! Light or dark, as this browser was told: a cookie, because pages without a sign-in follow too.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::{HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::state;
use crate::Error;

const NAME: &str = "cairn-theme";
const THEMES: [&str; 2] = ["light", "dark"];
const YEAR_SECONDS: i64 = 365 * 86_400;

/// The theme that was chosen, if it was; else the system decides.
pub fn theme() -> Option<&'static str> {
    let jar = CookieJar::from_headers(&use_context::<Parts>()?.headers);
    let value = jar.get(NAME)?.value().to_owned();
    THEMES.into_iter().find(|theme| *theme == value)
}

/// Keeps the choice for a year; anything that is no theme forgets it.
///
/// # Errors
/// `Unavailable` outside of a request.
pub fn set_theme(theme: &str) -> Result<(), Error> {
    let chosen = THEMES.into_iter().find(|known| *known == theme);
    let mut cookie = Cookie::new(NAME, chosen.unwrap_or_default());
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(state()?.settings.secure_cookies);
    let seconds = chosen.map_or(0, |_| YEAR_SECONDS);
    let absent = Error::Unavailable { reference: None };
    let value = HeaderValue::from_str(&format!("{cookie}; Max-Age={seconds}")).map_err(|_| absent.clone())?;
    use_context::<ResponseOptions>().ok_or(absent)?.append_header(header::SET_COOKIE, value);
    Ok(())
}
