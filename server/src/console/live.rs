//! What an open page is told by server-sent events: that something changed. It then loads again as it always does, so nothing is read in two ways.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::{Error, State, ssr};
use axum::{
    Router,
    extract::{self, Path},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use domain::{
    deletion::{Counts, RequestState},
    id::{AccountId, RequestId},
};
use futures_util::stream;
use http::{HeaderMap, HeaderName, StatusCode, header};
use store::access::View;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::downloads::refused;
use crate::shutdown::Stopped;

/// How often a stream looks at the database.
const PAUSE: Duration = Duration::from_millis(500);
/// For who finds no place. Pages do not wait for it: they ask by themselves from then on.
const COME_AGAIN_SECONDS: u16 = 30;
/// Tells nginx to pass events on as they come.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");

/// How many streams may be open, and until when. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Live {
    places: Arc<Semaphore>,
    stopped: Stopped,
}

impl Live {
    /// Each reads three rows twice a second.
    pub const MOST: usize = 64;

    /// Streams end once the server is `stopped`, which would otherwise wait for them.
    pub fn new(most: usize, stopped: Stopped) -> Self {
        Self { places: Arc::new(Semaphore::new(most)), stopped }
    }
}

pub(super) fn routes(state: State, live: Live) -> Router {
    Router::new().route("/a/{account}/settings/deletion-requests/{request}/progress", get(progress)).with_state((state, live))
}

/// An event whenever a deletion request got on, the first at once: it may have got on since the page was made.
async fn progress(
    extract::State((state, live)): extract::State<(State, Live)>,
    Path((account, request)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let (Ok(account), Ok(request)) = (account.parse(), request.parse()) else { return refused(&Error::NotFound) };
    let looks = Looks { state, headers, account, request };
    if let Err(error) = looks.look().await {
        return refused(&error);
    }
    match live.places.try_acquire_owned() {
        Ok(place) => {
            let telling = Telling { looks, told: None, events: 0, stopped: live.stopped, _place: place };
            let events = Sse::new(stream::unfold(telling, Telling::next)).keep_alive(KeepAlive::default());
            ([UNBUFFERED], events).into_response()
        }
        Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, COME_AGAIN_SECONDS)], "Too many pages look on\n").into_response()
        }
    }
}

/// One person's looks at one request.
struct Looks {
    state: State,
    headers: HeaderMap,
    account: AccountId,
    request: RequestId,
}

impl Looks {
    /// The right is judged each time: it may have ended.
    async fn look(&self) -> Result<(RequestState, Counts), Error> {
        let granted = ssr::grant_by_cookie::<View>(&self.state, &self.headers, self.account).await?;
        let request = self.state.console.deletion_request(&granted, self.request).await?;
        Ok((request.state, request.erased))
    }
}

struct Telling {
    looks: Looks,
    /// What was told of last.
    told: Option<(RequestState, Counts)>,
    /// How many there were.
    events: u32,
    stopped: Stopped,
    _place: OwnedSemaphorePermit,
}

impl Telling {
    /// The next event; nothing once there can be none, or nobody may hear of it any more.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            match &self.told {
                Some((state, _)) if state.is_over() => return None,
                Some(_) if self.stops_within(PAUSE).await => return None,
                _ => {}
            }
            let now = self.looks.look().await.ok()?;
            if self.told.as_ref() != Some(&now) {
                self.told = Some(now);
                self.events += 1;
                return Some((Ok(Event::default().data(self.events.to_string())), self));
            }
        }
    }

    async fn stops_within(&self, pause: Duration) -> bool {
        timeout(pause, self.stopped.clone().wait()).await.is_ok()
    }
}
