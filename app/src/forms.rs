//! The one way of forms. Each posts to a server function and works before, and without, the WASM: see `docs/adding.md`.

mod all_the_same;
mod answer;
mod conflict;
mod fields;
mod form;
mod send;
mod state;
mod summary;

use serde::{Deserialize, Serialize};

pub use all_the_same::AllTheSame;
pub use answer::{Answered, LastAnswer, answer};
pub use conflict::OnConflict;
pub use fields::{Choice, Choices, FileField, HiddenField, PasswordField, SelectField, TextArea, TextField};
pub use form::{ButtonForm, FileForm, Form, Submit, Toggle};
pub use state::{LastPost, typed};

use crate::Error;

/// The name of the hidden field that tells forms of one action on one page apart.
pub const KEY: &str = "form_key";

/// The name of the hidden field that tells on which page a form is. The address does not always: a refused plain post is answered under its own.
pub const PAGE: &str = "form_page";

/// The name of the hidden field in which the form for signing in carries a plain post that came without a live sign-in.
pub const INTERRUPTED: &str = "interrupted";

/// A plain post that was refused: the page is rendered again with what was typed, secrets apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedPost {
    /// The path of the server function.
    pub action: String,
    /// What was typed, by name of the field.
    pub values: Vec<(String, String)>,
    /// Why it was refused. Nothing when it was only interrupted: then it is to be sent once more.
    pub error: Option<Error>,
}

impl FailedPost {
    /// Drops the secrets from what was typed.
    pub fn new(action: String, mut values: Vec<(String, String)>, error: Error) -> Self {
        values.retain(|(name, _)| !name.contains("password"));
        Self { action, values, error: Some(error) }
    }

    fn key(&self) -> &str {
        self.value(KEY).unwrap_or_default()
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(typed, _)| typed == name).map(|(_, value)| value.as_str())
    }
}
