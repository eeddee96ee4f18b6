//! What the path says.

use std::str::FromStr;

use domain::id::{AccountId, EnvironmentId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::Error;

/// A part of the path. What cannot be parsed names nothing, so it is not found.
pub fn param<T: FromStr>(name: &'static str) -> impl Fn() -> Result<T, Error> + Copy + Send + Sync + 'static {
    let params = use_params_map();
    settle(params);
    move || params.with(|params| params.get_str(name).and_then(|text| text.parse().ok())).ok_or(Error::NotFound)
}

/// A parameter of the query, as it stands there; empty where there is none. Who reads it judges it.
pub fn query(name: &'static str) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let query = use_query_map();
    move || query.with(|query| query.get(name)).unwrap_or_default()
}

/// Computes a memo here and now. On the server a page is made on several threads at once, and one that reads a memo while another computes it for
/// the first time is told that it is gone (`reactive_graph` 0.2: its guards only try the lock).
pub(crate) fn settle<T: Send + Sync + 'static>(memo: Memo<T>) {
    memo.with_untracked(|_| ());
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
