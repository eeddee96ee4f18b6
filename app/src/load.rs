//! How a page gets its data: on the server before the page is sent, later in the browser.

use std::{future::Future, str::FromStr};

use domain::id::{AccountId, EnvironmentId};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::{use_location, use_params_map};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, components::Skeleton, pages::failure::failure};

/// Counts the changes that were sent from this page, so that what was loaded before is loaded again.
#[derive(Clone, Copy)]
pub struct Changes(RwSignal<u32>);

impl Changes {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Loads again whatever is shown.
    pub fn bump(self) {
        self.0.update(|count| *count = count.wrapping_add(1));
    }

    /// How many there were.
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// The resource behind [`load`], for who shows it in another way.
pub fn resource<K, T, F>(key: impl Fn() -> Result<K, Error> + Send + Sync + 'static, fetch: impl Fn(K) -> F + Copy + Send + Sync + 'static) -> Resource<Result<T, Error>>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let changes = expect_context::<Changes>();
    Resource::new(
        move || (changes.get(), key()),
        move |(_, key)| async move {
            match key {
                Ok(key) => fetch(key).await,
                Err(error) => Err(error),
            }
        },
    )
}

/// Loads `fetch(key())` and shows it by `view`; loads again when the key changes and after a form was sent. A page loads once.
pub fn load<K, T, F, V>(
    key: impl Fn() -> Result<K, Error> + Send + Sync + 'static,
    fetch: impl Fn(K) -> F + Copy + Send + Sync + 'static,
    view: impl Fn(T) -> V + Copy + Send + Sync + 'static,
) -> AnyView
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
    V: IntoAny,
{
    // Counts the addresses. What was typed about one thing must not stay in the boxes of the next, so another address gets other elements.
    let path = use_location().pathname;
    let turn = Memo::new(move |before: Option<&u32>| {
        path.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let resource = resource(key, fetch);
    view! {
        <Transition fallback=|| view! { <Skeleton /> }>
            {move || Suspend::new(async move {
                match resource.await {
                    Ok(data) if turn.get_untracked() % 2 == 0 => Either::Left(view(data).into_any()),
                    Ok(data) => Either::Right(view(data).into_any()),
                    Err(error) => Either::Left(failure(&error)),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// A part of the path. What cannot be parsed names nothing, so it is not found.
pub fn param<T: FromStr>(name: &'static str) -> impl Fn() -> Result<T, Error> + Copy + Send + Sync + 'static {
    let params = use_params_map();
    move || params.with(|params| params.get_str(name).and_then(|text| text.parse().ok())).ok_or(Error::NotFound)
}

/// The account in the path.
pub fn account() -> impl Fn() -> Result<AccountId, Error> + Copy + Send + Sync + 'static {
    param("account")
}

/// The account and the environment in the path.
pub fn environment() -> impl Fn() -> Result<(AccountId, EnvironmentId), Error> + Copy + Send + Sync + 'static {
    let (account, environment) = (account(), param("environment"));
    move || Ok((account()?, environment()?))
}
