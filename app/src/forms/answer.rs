//! What a server function answered to a form, for what is shown once and must stand in no address: a new key, a count before a deletion.

use leptos::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use server_fn::ServerFn;

/// A value that a server function answered to a form. It is shown on the page that the form is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The path of the server function.
    pub action: String,
    /// The value, as JSON.
    pub body: String,
}

impl Answered {
    /// What a server function answers that has nothing to say.
    pub const NOTHING: &str = "null";
}

/// The last answer to a form of this page, until somebody goes on to another.
#[derive(Clone, Copy)]
pub struct LastAnswer(RwSignal<Option<Answered>>);

impl LastAnswer {
    pub(crate) fn new(answered: Option<Answered>) -> Self {
        Self(RwSignal::new(answered))
    }

    pub(super) fn keep(self, answered: Answered) {
        self.0.set(Some(answered));
    }

    pub(crate) fn forget(self) {
        if self.0.with_untracked(Option::is_some) {
            self.0.set(None);
        }
    }
}

/// What the server function `F` answered to a form of this page, if it did.
pub fn answer<F>() -> impl Fn() -> Option<F::Output> + Copy + Send + Sync
where
    F: ServerFn,
    F::Output: DeserializeOwned,
{
    let last = expect_context::<LastAnswer>();
    move || last.0.with(|answered| serde_json::from_str(&answered.as_ref().filter(|answered| answered.action == F::PATH)?.body).ok())
}
