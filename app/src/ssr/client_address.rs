//! Where a request came from.

use std::net::IpAddr;

use http::request::Parts;
use leptos::prelude::use_context;

/// The client's address, after trusted proxies: the server's outermost middleware puts it on every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The address of this request's client.
pub fn client() -> Option<IpAddr> {
    use_context::<Parts>()?.extensions.get::<ClientAddress>().map(|address| address.0)
}
