//! Puts on every request the address that counts.

use std::{net::SocketAddr, sync::Arc};

use app::ClientAddress;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use domain::excluded_ip::{TrustedProxies, client_address};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Fails without the socket's address, so that nobody is ever taken for somebody else.
pub(crate) async fn determine(
    State(trusted): State<Arc<TrustedProxies>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let hops = request.headers().get_all(FORWARDED_FOR);
    let address = client_address(peer.ip(), hops, &trusted);
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}
