//! Who asks, and what they may do.

use domain::id::AccountId;
use http::HeaderMap;
use store::access::{Actor, Capability, Granted, Operator};

use super::{State, cookie, state};
use crate::Error;

/// The person behind the cookie.
///
/// # Errors
/// `SignInRequired` without a live sign-in.
pub async fn caller() -> Result<Actor, Error> {
    let token = cookie::token().ok_or(Error::SignInRequired)?;
    state()?.console.actor(&token).await?.ok_or(Error::SignInRequired)
}

/// Proof that the caller may use `C` in `account`.
///
/// # Errors
/// `SignInRequired`; `NotFound` for strangers; `Forbidden` for members without the right.
pub async fn grant<C: Capability>(account: AccountId) -> Result<Granted<C>, Error> {
    let actor = caller().await?;
    Ok(state()?.console.grant::<C>(&actor, account).await?)
}

/// Proof that the caller runs the installation.
///
/// # Errors
/// `SignInRequired`; `NotFound` for everybody else.
pub async fn operator() -> Result<Operator, Error> {
    let actor = caller().await?;
    Ok(state()?.console.operator(&actor).await?)
}

/// The same for routes that are neither pages nor server functions.
///
/// # Errors
/// As [`grant`].
pub async fn grant_by_cookie<C: Capability>(state: &State, headers: &HeaderMap, account: AccountId) -> Result<Granted<C>, Error> {
    let token = cookie::token_in(state, headers).ok_or(Error::SignInRequired)?;
    let actor = state.console.actor(&token).await?.ok_or(Error::SignInRequired)?;
    Ok(state.console.grant::<C>(&actor, account).await?)
}

/// Whether a member may use `C`, for pages that show their controls by it.
pub fn may<C: Capability>(granted: &Granted<super::View>) -> bool {
    domain::access::allows(granted.access(), C::CAPABILITY)
}
