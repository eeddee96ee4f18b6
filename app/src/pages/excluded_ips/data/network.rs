//! How this request came here, and as whom the collector would judge it.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use domain::excluded_ip::Pattern;
use http::request::Parts;
use store::{
    access::{Granted, View},
    console::Console,
};

use super::{Diagnosis, Visitor};
use crate::prelude::*;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// How much of a header is shown.
const LONGEST: usize = 300;

pub(super) async fn here(
    console: &Console,
    granted: &Granted<View>,
    environment: Option<EnvironmentId>,
) -> Result<(Option<Visitor>, Diagnosis), Error> {
    let state = ssr::state()?;
    let mut facts = Vec::new();
    let mut fact = |what: &str, said: String| facts.push((what.to_owned(), said));
    let parts = use_context::<Parts>();
    let peer = parts.as_ref().and_then(|parts| parts.extensions.get::<ConnectInfo<SocketAddr>>()).map(|peer| peer.0.ip().to_canonical());
    let forwarded = parts.as_ref().map(forwarded_for).unwrap_or_default();
    let is_proxy = peer.is_some_and(|peer| state.settings.network.trusted_proxies.contains(peer));
    if let Some(peer) = peer {
        let what = if is_proxy { "a trusted proxy, whose X-Forwarded-For is believed" } else { "not a trusted proxy" };
        fact("Connected from", format!("{peer}: {what}"));
    }
    let unread = if is_proxy { "" } else { " (not read)" };
    fact("X-Forwarded-For", if forwarded.is_empty() { "not sent".to_owned() } else { forwarded.clone() + unread });
    let mut visitor = None;
    if let Some(address) = ssr::client() {
        let decision = console.judge_address(granted, environment, address).await?.decision;
        let excluded_by = decision.map(|decision| decision.line.pattern);
        let address = Pattern::from(address).to_string();
        let becomes = excluded_by.as_ref().map_or("is collected".to_owned(), |by| format!("is refused by {by}"));
        fact("Judged as", format!("{address}: data from it {becomes}"));
        visitor = Some(Visitor { address, excluded_by });
    }
    let hint = peer.filter(|_| !is_proxy && !forwarded.is_empty()).map(|peer| {
        format!("A proxy at {peer} named another address, and this server does not believe it. If the proxy is yours, start Cairn with CAIRN_TRUSTED_PROXIES={peer}: until then every visitor who comes through it is judged by the proxy's address.")
    });
    let ask = |(family, origin): (&str, String)| (family.to_owned(), origin + links::OWN_ADDRESS);
    let elsewhere = state.settings.origins_by_family().into_iter().map(ask).collect();
    Ok((visitor, Diagnosis { facts, hint, elsewhere }))
}

/// The header's lines as received, joined and cut.
fn forwarded_for(parts: &Parts) -> String {
    let lines: Vec<_> = parts.headers.get_all(FORWARDED_FOR).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    let joined = lines.join(", ");
    match joined.char_indices().nth(LONGEST) {
        Some((end, _)) => joined[..end].to_owned() + "…",
        None => joined,
    }
}
