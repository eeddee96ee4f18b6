//! The command line.

mod account;
mod demo;
mod failure;
mod help;
mod next;
mod open;
mod operator;
mod output;
mod password;
mod person;
mod receipt;

use std::process::ExitCode;

use clap::{FromArgMatches, Parser, Subcommand};
use tracing::Level;

use crate::{
    config::{Config, Raw},
    logging, serve,
};

pub use failure::Failure;
pub(crate) use open::{open, open_existing};
pub(crate) use output::line;

/// Product analytics that you host: the console and the collector it administers.
#[derive(Debug, Parser)]
#[command(name = "cairn", version, subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    config: Raw,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server until it is told to stop (SIGTERM, Ctrl-C)
    Serve,
    /// Accounts
    #[command(subcommand)]
    Account(account::Command),
    /// Persons, who sign in
    #[command(subcommand)]
    Person(person::Command),
    /// Operators, who read what people write to this installation
    #[command(subcommand)]
    Operator(operator::Command),
    /// Receipts of completed deletion requests
    #[command(subcommand)]
    Receipt(receipt::Command),
    /// Make an account of made-up data in an empty installation, to look around
    Demo(demo::Demo),
    /// Bring the database up to date without running the server
    Migrate,
    /// Print the effective configuration, secrets redacted
    Config,
}

/// Runs the command of this process. Mistakes end it with 1, misuse with 2.
pub fn run() -> ExitCode {
    let cli = match Cli::from_arg_matches_mut(&mut help::command().get_matches()) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match execute(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure);
            ExitCode::FAILURE
        }
    }
}

fn execute(cli: Cli) -> Result<(), Failure> {
    // Wherever it is run, also where nothing is configured.
    if let Command::Receipt(command) = cli.command {
        return receipt::run(command);
    }
    let config = Config::resolve(&cli.config)?;
    // Short commands speak through their output; only what is wrong goes to the log.
    logging::init(if matches!(cli.command, Command::Serve) { config.log } else { Level::WARN });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::serve(&config).await,
            Command::Account(command) => account::run(&config, command).await,
            Command::Person(command) => person::run(&config, command).await,
            Command::Operator(command) => operator::run(&config, command).await,
            Command::Demo(demo) => demo::run(&config, demo).await,
            Command::Receipt(command) => receipt::run(command),
            Command::Migrate => migrate(&config).await,
            Command::Config => show(&config),
        }
    })
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    let (store, _) = open(config).await?;
    store.close().await;
    let version = store::migrations().map(|(version, _)| version).max().unwrap_or_default();
    output::line(&format!("The database is up to date: version {version}."))
}

fn show(config: &Config) -> Result<(), Failure> {
    for (name, value) in config.effective() {
        output::line(&format!("{name}={value}"))?;
    }
    Ok(())
}
