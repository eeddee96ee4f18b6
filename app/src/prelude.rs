//! What nearly every page needs.

pub use domain::{
    access::Access,
    id::{AccountId, EnvironmentId},
    invalid::Field,
};
pub use leptos::prelude::*;
pub use serde::{Deserialize, Serialize};
pub use server_fn::{
    ServerFn,
    codec::{Json, Postcard},
};

#[cfg(feature = "ssr")]
pub use crate::ssr;
pub use crate::{
    Error, Notice,
    components::{CopyField, EmptyState, ListState, Moment, PageHead, ReadOnlyNote, Section, When},
    forms::{
        AllTheSame, ButtonForm, Choice, Choices, FileField, FileForm, Form, HiddenField, OnConflict, PasswordField, SelectField, Submit,
        TextArea, TextField, Toggle, answer,
    },
    links,
    load::{account, ask, environment, load, load_live, load_part, param, query},
};
