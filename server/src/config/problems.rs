//! What is wrong with the configuration, all of it at once.

use std::fmt;

/// Why a value was refused, in a sentence that says what to write instead. Never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(pub String);

impl<T: Into<String>> From<T> for Problem {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

/// Every mistake, by the name of its variable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<(&'static str, Problem)>);

impl Problems {
    /// Keeps the value, or notes why there is none.
    pub(super) fn take<T>(&mut self, name: &'static str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.0.push((name, problem))).ok()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The configuration cannot be used:")?;
        for (name, Problem(sentence)) in &self.0 {
            write!(f, "\n  {name}: {sentence}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
