//! A password from standard input, where no list of processes and no shell's history shows it.

use std::io::{self, Read};

use domain::{email::EmailAddress, invalid::Problem, password::Password};

use super::Failure;

/// Far more than the longest password takes.
const MOST_BYTES: u64 = 4_096;

/// The first line.
pub(super) fn read() -> Result<String, Failure> {
    let mut text = String::new();
    io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text).map_err(Failure::Input)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

pub(super) fn parse(text: &str, email: Option<&EmailAddress>) -> Result<Password, Problem> {
    Password::parse(text, email)
}
