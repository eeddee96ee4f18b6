//! How a page gets its data: on the server before the page is sent, later in the browser.

mod again;
mod base64;
mod call;
mod changes;
mod follow;
mod packed;
mod params;
mod written;

use std::sync::Arc;

use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_location;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::ServerFn;

pub use again::look_again;
pub use call::{Loaded, Loading, Reading, ask};
pub use changes::Changes;
pub use follow::Follow;
pub use packed::Packed;
pub(crate) use params::settle;
pub use params::{account, environment, param, query};
#[cfg(feature = "ssr")]
pub(crate) use written::Address;
pub(crate) use written::here;
pub use written::{Html, Written};

use crate::{Error, components::Skeleton, pages::failure::failure};

/// Makes the view of what was loaded.
type Render = Box<dyn FnOnce(&Loaded) -> Result<AnyView, Error> + Send>;

/// Loads what the server function answers to `call` and shows it by `view`; loads again when the call changes and after a form was
/// sent. A page loads once.
pub fn load<S, V>(
    call: impl Fn() -> Result<S, Error> + Send + Sync + 'static,
    view: impl Fn(S::Output) -> V + Copy + Send + Sync + 'static,
) -> AnyView
where
    S: ServerFn<Error = Error, Protocol = Reading> + Serialize + DeserializeOwned,
    S::Output: Serialize + DeserializeOwned,
    V: IntoAny,
{
    load_part(call, || Ok(()), move |data, ()| Ok(view(data).into_any()))
}

/// The same for a view that needs something else as well, such as which row of a list it is about, and may find nothing to show.
pub fn load_part<S, P>(
    call: impl Fn() -> Result<S, Error> + Send + Sync + 'static,
    part: impl Fn() -> Result<P, Error> + Copy + Send + Sync + 'static,
    view: impl Fn(S::Output, P) -> Result<AnyView, Error> + Copy + Send + Sync + 'static,
) -> AnyView
where
    S: ServerFn<Error = Error, Protocol = Reading> + Serialize + DeserializeOwned,
    S::Output: Serialize + DeserializeOwned,
    P: Send + 'static,
{
    let changes = expect_context::<Changes>();
    load_live(move || changes.get(), call, part, view)
}

/// The same for what changes by itself: loads again whenever `version` changes.
pub fn load_live<S, P>(
    version: impl Fn() -> u32 + Send + Sync + 'static,
    call: impl Fn() -> Result<S, Error> + Send + Sync + 'static,
    part: impl Fn() -> Result<P, Error> + Copy + Send + Sync + 'static,
    view: impl Fn(S::Output, P) -> Result<AnyView, Error> + Copy + Send + Sync + 'static,
) -> AnyView
where
    S: ServerFn<Error = Error, Protocol = Reading> + Serialize + DeserializeOwned,
    S::Output: Serialize + DeserializeOwned,
    P: Send + 'static,
{
    let make = move || -> Render {
        let part = part();
        Box::new(move |loaded| view(loaded.read()?, part?))
    };
    show(call::resource::<S>(Box::new(version), Box::new(move || call::arguments(&call()?))), Arc::new(make))
}

/// What the server function answers to `call`, for who shows it in another way.
pub fn resource<S>(call: impl Fn() -> Result<S, Error> + Send + Sync + 'static) -> Loading
where
    S: ServerFn<Error = Error, Protocol = Reading> + Serialize + DeserializeOwned,
    S::Output: Serialize,
{
    let changes = expect_context::<Changes>();
    call::resource::<S>(Box::new(move || changes.get()), Box::new(move || call::arguments(&call()?)))
}

/// One for all pages, so that the browser holds the code for one.
fn show(resource: Loading, make: Arc<dyn Fn() -> Render + Send + Sync>) -> AnyView {
    // Counts the addresses. What was typed about one thing must not stay in the boxes of the next, so another address gets other elements.
    let path = use_location().pathname;
    let turn = Memo::new(move |before: Option<&u32>| {
        path.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton /> }>
            {move || {
                let render = make();
                Suspend::new(async move {
                    match render(&resource.await) {
                        Ok(view) if turn.get_untracked() % 2 == 0 => Either::Left(view),
                        Ok(view) => Either::Right(view),
                        Err(error) => Either::Left(failure(&error)),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
