//! Builds, runs and checks Cairn, with nothing but Rust and a C compiler; `test` needs Node besides.
#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod bench;
mod build;
mod check;
mod run;
mod serving;
mod shell;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{build::Profile, test::Part, workspace::Workspace};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and checks Cairn")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the site and the binary that carries it
    Build {
        #[arg(long, value_enum, default_value_t = Profile::Release)]
        profile: Profile,
    },
    /// Build the release and serve it on 127.0.0.1:3000, with its data in ./data
    Run {
        /// Arguments for `cairn serve`; with --demo an empty installation gets demo data first
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// The same with a build that is ready sooner and runs slower
    Dev {
        /// Arguments for `cairn serve`; with --demo an empty installation gets demo data first
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Formatting, lints, which crate may use which, and the size of the first load
    Check,
    /// Collection and erasing against floors that are taken in the same run
    Bench {
        /// Instead: processes that are killed a hundred times while they erase from 1,000,000 events, on both engines
        #[arg(long)]
        killed: bool,
        /// Arguments for the benchmark: --events N, --users N, --seconds N, --engine sqlite or postgresql
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Every check and every test
    Test {
        /// Only this part of it
        #[arg(long, value_enum)]
        only: Option<Part>,
        /// Arguments for Playwright, such as the name of a file
        #[arg(last = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task, &Workspace::here()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task, workspace: &Workspace) -> Result<()> {
    match task {
        Task::Build { profile } => {
            let binary = build::build(workspace, profile)?;
            println!("{}", binary.display());
            Ok(())
        }
        Task::Run { args } => run::run(workspace, Profile::Release, &args),
        Task::Dev { args } => run::run(workspace, Profile::E2e, &args),
        Task::Bench { killed: true, .. } => bench::killed(workspace),
        Task::Bench { args, .. } => bench::bench(workspace, &args),
        Task::Check => check::check(workspace),
        Task::Test { only, args } => test::test(workspace, only, &args),
    }
}
