//! The fields: label above, hint below, error beside.

mod frame;
mod inputs;
mod picks;

pub use inputs::{FileField, HiddenField, PasswordField, TextArea, TextField};
pub use picks::{Choice, Choices, SelectField};
