//! Connections of clients, none of which may keep one open and say nothing.

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use axum_server::{Handle, Server, accept::NoDelayAcceptor};
use tokio::net::TcpListener;

use crate::shutdown::Stopped;

/// The longest that a client may take for the head of a request, and that a connection may wait for the next one.
pub const LONGEST_HEAD: Duration = Duration::from_mins(1);

/// Serves until `stopped` and every request under way is answered.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, router: Router, longest_head: Duration, stopped: Stopped) -> std::io::Result<()> {
    let handle = Handle::<SocketAddr>::new();
    // Answers are small and wait for nothing.
    let mut server = Server::from_listener(listener).acceptor(NoDelayAcceptor::new()).handle(handle.clone()).http1_only();
    server = server.first_request_timeout(longest_head).accept_error_handler(|_, error| {
        tracing::warn!(%error, "a connection was not accepted");
    });
    server.http_builder().http1().header_read_timeout(longest_head);
    tokio::spawn(async move {
        stopped.wait().await;
        handle.graceful_shutdown(None);
    });
    server.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{convert::Infallible, net::Ipv4Addr};

    use axum::{body::Body, routing::get};
    use futures_util::stream;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
    };

    use super::*;
    use crate::shutdown;

    /// Sends `head` to a server that waits for a tenth of a second, and reads until the server hangs up.
    async fn answer_to(head: &str) -> String {
        answer_of(Router::new().route("/", get(async || "here")), head).await
    }

    async fn answer_of(router: Router, head: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = shutdown::channel();
        let serving = tokio::spawn(serve(listener, router, Duration::from_millis(100), stopped));
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        // Hanging up without an answer may look like a reset.
        let _read_or_reset = client.read_to_string(&mut answer).await;
        stop.now();
        serving.await.unwrap().unwrap();
        answer
    }

    #[tokio::test]
    async fn a_client_that_says_nothing_is_hung_up_on() {
        assert_eq!(answer_to("").await, "");
    }

    #[tokio::test]
    async fn a_client_that_does_not_end_its_request_is_hung_up_on() {
        let answer = answer_to("GET / HTTP/1.1\r\nhost: localhost\r\n").await;
        assert!(!answer.contains("here"), "{answer}");
    }

    #[tokio::test]
    async fn a_client_that_asks_and_then_says_no_more_is_answered_and_hung_up_on() {
        let answer = answer_to("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"), "{answer}");
    }

    #[tokio::test]
    async fn an_answer_may_take_longer_than_a_head() {
        let slow = Router::new().route("/", get(async || Body::from_stream(stream::unfold(0, piece))));
        let answer = answer_of(slow, "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
        assert!(answer.contains("piece 3") && answer.ends_with("0\r\n\r\n"), "{answer}");
    }

    /// Four pieces, each after a tenth of a second.
    async fn piece(number: u32) -> Option<(Result<String, Infallible>, u32)> {
        tokio::time::sleep(Duration::from_millis(100)).await;
        (number < 4).then(|| (Ok(format!("piece {number}")), number + 1))
    }
}
