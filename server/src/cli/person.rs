//! `cairn person reset-password`.

use app::Hasher;
use clap::{Args, Subcommand};
use domain::{
    email::EmailAddress,
    invalid::{Field, Mistakes},
};

use super::{Failure, open_existing, output, password};
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Set a person's password and end every sign-in of that person
    ResetPassword(ResetPassword),
}

#[derive(Debug, Args)]
pub(super) struct ResetPassword {
    /// The person's e-mail address
    #[arg(long)]
    email: String,
    /// Read the password from the first line of standard input
    #[arg(long, required = true)]
    password_stdin: bool,
}

pub(super) async fn run(config: &Config, command: Command) -> Result<(), Failure> {
    let Command::ResetPassword(reset) = command;
    let typed = password::read()?;
    let mut mistakes = Mistakes::new();
    let email = mistakes.take(Field::Email, EmailAddress::parse(&reset.email));
    let password = mistakes.take(Field::Password, password::parse(&typed, email.as_ref()));
    let (Some(email), Some(password)) = (email, password) else {
        return Err(mistakes.into_invalid().into());
    };
    let (store, surroundings) = open_existing(config).await?;
    let hash = Hasher::new(surroundings).hash(&password).await?;
    let done = store.console.unscoped_reset_password(&email, &hash).await;
    store.close().await;
    match done {
        Ok(()) => output::line("The password is set; every sign-in of this person has ended."),
        Err(store::Error::NotFound) => Err(Failure::NoSuchPerson),
        Err(other) => Err(other.into()),
    }
}
