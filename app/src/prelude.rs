//! What nearly every page needs.

pub use domain::{
    access::Access,
    id::{AccountId, EnvironmentId},
    invalid::Field,
};
pub use leptos::prelude::*;
pub use serde::{Deserialize, Serialize};
pub use server_fn::{ServerFn, codec::Json};

pub use crate::{
    Error, Notice,
    components::{CopyButton, EmptyState, Moment, PageHead, ReadOnlyNote, Section, When},
    forms::{ButtonForm, Checkbox, Choice, Choices, Form, HiddenField, OnConflict, PasswordField, SelectField, Submit, TextArea, TextField, Toggle, answer},
    links,
    load::{account, environment, load, param},
};
#[cfg(feature = "ssr")]
pub use crate::ssr;
