//! Calling a server function that reads. Its answer stays as it came until it is shown: so there is one resource for all, and the browser
//! holds neither the code that sends each kind of call nor a second reader of each kind of answer. It comes as postcard, which names no field:
//! readers of JSON were a sixth of the browser's module.

use std::{fmt, future::Future, pin::Pin, str::FromStr};

use leptos::{prelude::*, server::codee::string::FromToStringCodec};
use serde::{Serialize, de::DeserializeOwned};
use server_fn::{
    Http, ServerFn,
    codec::{Json, Postcard},
};

use super::base64;
use crate::Error;

/// How a server function that reads is asked and answers.
pub type Reading = Http<Json, Postcard>;

/// What was loaded, as postcard, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded(Result<Vec<u8>, Error>);

/// A [`Loaded`] on its way.
pub type Loading = Resource<Loaded, FromToStringCodec>;

type Answer = Pin<Box<dyn Future<Output = Result<Vec<u8>, Error>> + Send>>;

impl Loaded {
    /// # Errors
    /// Why it was not loaded.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        match &self.0 {
            Ok(bytes) => postcard::from_bytes(bytes).map_err(|_| Error::Unavailable { reference: None }),
            Err(error) => Err(error.clone()),
        }
    }
}

/// As it goes from the server to the browser within a page: an answer in base64 behind a sign that no error begins with, or an error as JSON.
impl fmt::Display for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(bytes) => {
                f.write_str("=")?;
                f.write_str(&base64::write(bytes))
            }
            Err(error) => f.write_str(&serde_json::to_string(error).map_err(|_| fmt::Error)?),
        }
    }
}

impl FromStr for Loaded {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        match text.strip_prefix('=') {
            Some(text) => Ok(Self(base64::read(text).ok_or(Error::Unavailable { reference: None }))),
            None => serde_json::from_str(text).map(|error| Self(Err(error))),
        }
    }
}

/// The arguments of a call, as JSON.
pub(super) fn arguments<S: Serialize>(call: &S) -> Result<String, Error> {
    serde_json::to_string(call).map_err(|_| Error::Malformed)
}

type Version = Box<dyn Fn() -> u32 + Send + Sync>;
type Arguments = Box<dyn Fn() -> Result<String, Error> + Send + Sync>;

pub(super) fn resource<S>(version: Version, call: Arguments) -> Loading
where
    S: ServerFn<Error = Error, Protocol = Reading> + DeserializeOwned,
    S::Output: Serialize,
{
    of(version, call, answer::<S>)
}

fn of(version: Version, call: Arguments, answer: fn(String) -> Answer) -> Loading {
    Resource::new_str(
        move || (version(), call()),
        move |(_, call)| async move {
            match call {
                Ok(arguments) => Loaded(answer(arguments).await),
                Err(error) => Loaded(Err(error)),
            }
        },
    )
}

#[cfg(feature = "ssr")]
fn answer<S>(arguments: String) -> Answer
where
    S: ServerFn<Error = Error, Protocol = Reading> + DeserializeOwned,
    S::Output: Serialize,
{
    Box::pin(async move {
        let call: S = serde_json::from_str(&arguments).map_err(|_| Error::Malformed)?;
        postcard::to_allocvec(&call.run_body().await?).map_err(|_| Error::Unavailable { reference: None })
    })
}

#[cfg(not(feature = "ssr"))]
fn answer<S: ServerFn>(arguments: String) -> Answer {
    Box::pin(send_wrapper::SendWrapper::new(crate::browser::ask(S::PATH, arguments)))
}

/// Calls once, in the browser, for what looks again by itself.
///
/// # Errors
/// What the server function answers.
pub async fn ask<S>(call: &S) -> Result<S::Output, Error>
where
    S: ServerFn<Error = Error, Protocol = Reading> + Serialize,
    S::Output: DeserializeOwned,
{
    Loaded(crate::browser::ask(S::PATH, arguments(call)?).await).read()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn what_was_loaded_arrives_as_it_left() {
        let all = [Ok(vec![0, 255, 61, 7]), Ok(Vec::new()), Err(Error::NotFound), Err(Error::TooMany { retry_after_seconds: 3 })];
        for loaded in all.map(Loaded) {
            assert_eq!(loaded.to_string().parse::<Loaded>().unwrap(), loaded);
        }
    }
}
