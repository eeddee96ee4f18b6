//! The binary `cairn`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::run()
}
