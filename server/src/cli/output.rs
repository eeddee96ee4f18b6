//! What commands print: answers on standard output, complaints on standard error.

use std::{
    fmt::Display,
    io::{self, Write},
};

use super::Failure;

/// One line of the answer.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Why there is none. Where nobody listens, nothing more can be done.
pub(super) fn complain(failure: &dyn Display) {
    let _nobody_listens = writeln!(io::stderr().lock(), "{failure}");
}
