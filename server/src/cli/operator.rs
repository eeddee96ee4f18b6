//! `cairn operator add`, `remove` and `list`.

use clap::{Args, Subcommand};
use domain::{
    email::EmailAddress,
    invalid::{Field, Invalid},
};
use store::Console;

use super::{Failure, open_existing, output};
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Let a person read the messages that people write by "Talk to us"
    Add(Person),
    /// Take that away again; the last operator stays
    Remove(Person),
    /// Print every operator: e-mail address and name
    List,
}

#[derive(Debug, Args)]
pub(super) struct Person {
    /// The person's e-mail address
    #[arg(long)]
    email: String,
}

pub(super) async fn run(config: &Config, command: Command) -> Result<(), Failure> {
    let email = match &command {
        Command::Add(person) | Command::Remove(person) => Some(parse(person)?),
        Command::List => None,
    };
    let (store, _) = open_existing(config).await?;
    let told = match (command, email) {
        (Command::Add(_), Some(email)) => add(&store.console, &email).await,
        (Command::Remove(_), Some(email)) => remove(&store.console, &email).await,
        (_, _) => list(&store.console).await,
    };
    store.close().await;
    match told {
        Ok(lines) => lines.iter().try_for_each(|line| output::line(line)),
        Err(store::Error::NotFound) => Err(Failure::NoSuchPerson),
        Err(other) => Err(other.into()),
    }
}

fn parse(person: &Person) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(&person.email).map_err(|problem| Invalid::one(Field::Email, problem).into())
}

async fn add(console: &Console, email: &EmailAddress) -> Result<Vec<String>, store::Error> {
    let is_new = console.unscoped_add_operator(email).await?;
    Ok(vec![format!("{email} is {} operator.", if is_new { "now an" } else { "already an" })])
}

async fn remove(console: &Console, email: &EmailAddress) -> Result<Vec<String>, store::Error> {
    let was = console.unscoped_remove_operator(email).await?;
    Ok(vec![format!("{email} {} operator.", if was { "is no longer an" } else { "was no" })])
}

async fn list(console: &Console) -> Result<Vec<String>, store::Error> {
    let operators = console.unscoped_operators().await?;
    Ok(operators.into_iter().map(|operator| format!("{}  {}", operator.email, operator.name)).collect())
}
