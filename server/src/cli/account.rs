//! `cairn account create`.

use app::Hasher;
use clap::{Args, Subcommand};
use domain::{
    email::EmailAddress,
    invalid::{Field, Mistakes},
    name::{AccountName, PersonName},
    password::Password,
    zone::ZoneName,
};
use serde::Serialize;
use store::console::accounts::{CreatedAccount, NewAccount, Occasion};

use super::{Failure, next, open, output, password};
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an account with its first teammate, Main, Production and an API key
    Create(Create),
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// The account's name
    #[arg(long)]
    name: String,
    /// The first teammate's e-mail address
    #[arg(long)]
    email: String,
    /// The first teammate's name [default: what stands before the @]
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// The IANA time zone of Production
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    time_zone: String,
    /// Read the password from the first line of standard input
    #[arg(long, required = true)]
    password_stdin: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The one JSON object.
#[derive(Debug, Serialize)]
struct Created {
    account_id: String,
    app_id: String,
    environment_id: String,
    api_key: String,
}

pub(super) async fn run(config: &Config, command: Command) -> Result<(), Failure> {
    let Command::Create(create) = command;
    let typed = password::read()?;
    let (account, person, email, zone, password) = parse(&create, &typed)?;
    let (store, surroundings) = open(config).await?;
    let password_hash = Hasher::new(surroundings).hash(&password).await?;
    let new = NewAccount { name: account, person, email, password_hash, zone };
    let created = store.console.create_account(&new, Occasion::CommandLine).await;
    store.close().await;
    print(&created?.into(), create.json, config)
}

type Parsed = (AccountName, PersonName, EmailAddress, ZoneName, Password);

fn parse(create: &Create, typed: &str) -> Result<Parsed, Failure> {
    let mut mistakes = Mistakes::new();
    let account = mistakes.take(Field::AccountName, AccountName::parse(&create.name));
    let email = mistakes.take(Field::Email, EmailAddress::parse(&create.email));
    let before_at = create.email.split('@').next().unwrap_or_default();
    let person = mistakes.take(Field::Name, PersonName::parse(create.person.as_deref().unwrap_or(before_at)));
    let zone = mistakes.take(Field::TimeZone, ZoneName::parse(&create.time_zone));
    let password = mistakes.take(Field::Password, password::parse(typed, email.as_ref()));
    match (account, person, email, zone, password) {
        (Some(account), Some(person), Some(email), Some(zone), Some(password)) => Ok((account, person, email, zone, password)),
        _ => Err(mistakes.into_invalid().into()),
    }
}

impl From<CreatedAccount> for Created {
    fn from(created: CreatedAccount) -> Self {
        let environment = created.environment.to_string();
        Self {
            account_id: created.account.to_string(),
            app_id: environment.clone(),
            environment_id: environment,
            api_key: created.api_key.unwrap_or_default(),
        }
    }
}

fn print(created: &Created, json: bool, config: &Config) -> Result<(), Failure> {
    let Created { account_id, app_id, environment_id, api_key } = created;
    if json {
        let text = serde_json::to_string(created).map_err(|error| Failure::Output(error.into()))?;
        return output::line(&text);
    }
    output::line(&format!(
        "The account is made.\n\n  account id      {account_id}\n  app id          {app_id}\n  environment id  {environment_id} (Main, Production)\n  API key         {api_key}\n\nThe API key is shown this once.\n{}",
        next::sign_in(config)
    ))
}
