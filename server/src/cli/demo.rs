//! `cairn demo`: an account of made-up data, in an empty installation.

mod crowd;
mod furnish;
mod send;

use app::Hasher;
use clap::Args;
use data_encoding::BASE32_NOPAD;
use domain::{
    email::EmailAddress,
    invalid::{Field, Invalid},
    name::{AccountName, PersonName},
    password::Password,
    zone::ZoneName,
};
use serde::Serialize;
use store::{
    Store,
    console::accounts::{NewAccount, Occasion},
    surroundings::Surroundings,
};

use super::{Failure, next, open, output};
use crate::config::Config;

const EMAIL: &str = "demo@example.com";

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// How many events to make up
    #[arg(long, value_name = "COUNT", default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    events: u32,
    /// The same number makes up the same events, as of the same day
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Do nothing, and succeed, when there is an account already
    #[arg(long)]
    if_empty: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The one JSON object.
#[derive(Debug, Serialize)]
struct Made {
    account_id: String,
    app_id: String,
    environment_id: String,
    email: String,
    password: String,
    api_key: String,
    events: usize,
}

pub(super) async fn run(config: &Config, demo: Demo) -> Result<(), Failure> {
    let (store, surroundings) = open(config).await?;
    let made = make(&store, &surroundings, &demo).await;
    store.close().await;
    match made {
        Err(Failure::NotEmpty) if demo.if_empty => Ok(()),
        made => print(&made?, demo.json, config),
    }
}

async fn make(store: &Store, surroundings: &Surroundings, demo: &Demo) -> Result<Made, Failure> {
    if !store.console.is_empty().await? {
        return Err(Failure::NotEmpty);
    }
    let typed = BASE32_NOPAD.encode(&surroundings.bytes::<10>()).to_lowercase();
    let new = newcomer(&typed, surroundings).await?;
    let created = match store.console.create_account(&new, Occasion::Demo).await {
        Err(store::Error::Conflict) => return Err(Failure::NotEmpty),
        created => created?,
    };
    let places = furnish::furnish(&store.console, &created).await?;
    let mut events = 0;
    for (place, (environment, share)) in (0_u64..).zip(places.shares(demo.events)) {
        let crowd = crowd::crowd(demo.seed.wrapping_add(place), surroundings.now(), share);
        events += send::send(&store.collector, environment, crowd).await?;
    }
    let environment = created.environment.to_string();
    Ok(Made {
        account_id: created.account.to_string(),
        app_id: environment.clone(),
        environment_id: environment,
        email: new.email.to_string(),
        password: typed,
        api_key: created.api_key.unwrap_or_default(),
        events,
    })
}

async fn newcomer(typed: &str, surroundings: &Surroundings) -> Result<NewAccount, Failure> {
    let invalid = |field| move |problem| Invalid::one(field, problem);
    let email = EmailAddress::parse(EMAIL).map_err(invalid(Field::Email))?;
    let password = Password::parse(typed, Some(&email)).map_err(invalid(Field::Password))?;
    Ok(NewAccount {
        name: AccountName::parse("Demo").map_err(invalid(Field::AccountName))?,
        person: PersonName::parse("Demo").map_err(invalid(Field::Name))?,
        email,
        password_hash: Hasher::new(surroundings.clone()).hash(&password).await?,
        zone: ZoneName::default(),
    })
}

fn print(made: &Made, json: bool, config: &Config) -> Result<(), Failure> {
    if json {
        let text = serde_json::to_string(made).map_err(|error| Failure::Output(error.into()))?;
        return output::line(&text);
    }
    let Made { app_id, email, password, api_key, events, .. } = made;
    output::line(&format!(
        "The demo account is made, with {events} made-up events.\n\n  e-mail    {email}\n  password  {password}\n  app ID    {app_id}\n  API key   {api_key}\n\nPassword and API key are shown this once. The console can remove the account again.\n{}",
        next::sign_in(config)
    ))
}
