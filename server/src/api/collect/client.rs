//! Who sends, as the socket and the head of the request tell it.

use std::net::IpAddr;

use app::ClientAddress;
use axum::{Extension, RequestPartsExt, extract::FromRequestParts, extract::rejection::ExtensionRejection};
use domain::privacy::Sender;
use http::{HeaderName, header, request::Parts};

use crate::router::Services;

const GLOBAL_PRIVACY_CONTROL: HeaderName = HeaderName::from_static("sec-gpc");

/// The sender of a request.
pub(super) struct Client {
    pub(super) address: IpAddr,
    pub(super) sender: Sender,
}

impl FromRequestParts<Services> for Client {
    type Rejection = ExtensionRejection;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        let Extension(ClientAddress(address)) = parts.extract().await?;
        let text = |name: HeaderName| parts.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let [gpc, agent, origin, referer] = [GLOBAL_PRIVACY_CONTROL, header::USER_AGENT, header::ORIGIN, header::REFERER].map(text);
        let [gpc, agent, origin, referer] = [&gpc, &agent, &origin, &referer].map(|text| text.as_deref());
        let location = services.locator.locate(address);
        Ok(Self { address, sender: Sender { location, ..Sender::of_headers(gpc, agent, origin, referer) } })
    }
}
